"""Through the relay a browser reaches what is public, and nothing else."""

import socket
import time
from contextlib import suppress

import pytest

from marra.links.relay import Limits, Relay
from tests.links.hostile import GOOD, SITE, Site, net, site


def said(relay: Relay, request: bytes) -> bytes:
    """What the relay answers to bytes, until it closes."""
    host, port = relay.address.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(request)
        told = b""
        with suppress(OSError):
            while piece := line.recv(65536):
                told += piece
        return told


@pytest.fixture
def port():
    with site() as number:
        yield number


def test_a_page_comes_through_with_the_head_the_server_expects(port):
    with Relay(net(port)) as relay:
        told = said(
            relay,
            f"GET http://{SITE}:{port}/a?b=1 HTTP/1.1\r\nHost: {SITE}:{port}\r\n"
            "Proxy-Connection: keep-alive\r\n\r\n".encode(),
        )

    assert told.endswith(GOOD)
    assert Site.asked == [("/a?b=1", f"{SITE}:{port}")]
    assert relay.refused == []


def test_a_tunnel_passes_bytes_both_ways(port):
    with Relay(net(port)) as relay:
        host, number = relay.address.split(":")
        with socket.create_connection((host, int(number)), timeout=5) as line:
            line.sendall(f"CONNECT {SITE}:{port} HTTP/1.1\r\n\r\n".encode())
            assert line.recv(100).startswith(b"HTTP/1.1 200")
            line.sendall(f"GET / HTTP/1.0\r\nHost: {SITE}\r\n\r\n".encode())
            told = b""
            while piece := line.recv(65536):
                told += piece

    assert told.endswith(GOOD)


@pytest.mark.parametrize(
    "request_line",
    [
        "GET http://127.0.0.1:{port}/",
        "GET http://localhost:{port}/",
        "GET http://[::1]/",
        "GET http://169.254.169.254/latest/",
        "GET http://10.0.0.1/",
        "GET http://user@xizmat.example/",
        "GET file:///etc/passwd",
        "CONNECT 127.0.0.1:{port}",
        "CONNECT 127.0.0.1:443",
        "CONNECT [::ffff:127.0.0.1]:443",
        "CONNECT xizmat.example:22",
        "CONNECT xizmat.example:25",
        "CONNECT nowhere.example:443",
        "CONNECT ",
        "GET /",
    ],
)
def test_whatever_is_not_public_is_refused_and_noted(port, request_line):
    with site() as other, Relay(net(other)) as relay:
        told = said(relay, request_line.format(port=port).encode() + b" HTTP/1.1\r\n\r\n")

    assert told.startswith(b"HTTP/1.1 403")
    assert len(relay.refused) == 1
    assert Site.asked == []


def test_what_is_no_request_is_closed(port):
    with Relay(net(port)) as relay:
        assert said(relay, b"x" * 70_000) == b""


def test_bytes_and_connections_are_limited(port):
    request = f"GET http://{SITE}:{port}/huge HTTP/1.1\r\nHost: {SITE}\r\n\r\n".encode()
    limits = Limits(seconds=10, most_bytes=1_000_000, connections=2)
    with Relay(net(port), limits) as relay:
        first = said(relay, request)
        rest = [said(relay, request) for _ in range(2)]

    assert 0 < len(first) <= 1_000_000
    assert rest[-1] == b""


def test_the_time_of_everything_is_limited(port):
    request = f"GET http://{SITE}:{port}/slow HTTP/1.1\r\nHost: {SITE}\r\n\r\n".encode()
    began = time.monotonic()
    with Relay(net(port), Limits(seconds=1)) as relay:
        said(relay, request)

    assert time.monotonic() - began < 4

"""Read pages as people do: by what they say."""

import re
from html import unescape

from django.http import HttpResponse


def text(answer: HttpResponse) -> str:
    """The words of a page's content, one line."""
    body = answer.content.decode()
    main = body[body.index("<main") : body.index("</main>")] if "<main" in body else body
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def heading(answer: HttpResponse) -> str:
    """The page's heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split()) if found else ""


def field(answer: HttpResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no field {name}"
    return unescape(found.group(1))


def links(answer: HttpResponse) -> list[str]:
    """Where the page's content leads."""
    body = answer.content.decode()
    return [unescape(url) for url in re.findall(r'href="([^"#]+)', body[body.index("<main") :])]

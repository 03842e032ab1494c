"""The locks hold what pyproject.toml asks for, each package with hashes, and no address."""

import json
import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.commands.make import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.M)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def group(name: str) -> Iterator[Requirement]:
    for each in PROJECT["dependency-groups"][name]:
        if isinstance(each, str):
            yield Requirement(each)
        else:
            yield from group(each["include-group"])


@pytest.mark.parametrize(("name", "part"), [("run", "build"), ("test", "test")])
def test_a_lock_holds_what_is_asked_for(name, part):
    asked = [*map(Requirement, PROJECT["project"]["dependencies"]), *group(part)]
    pins = {
        canonicalize_name(found["name"]): found["version"] for found in PIN.finditer(lock(name))
    }

    stale = [
        str(each)
        for each in asked
        if not each.specifier.contains(pins.get(canonicalize_name(each.name), "0"))
    ]

    assert stale == [], "Renew the locks: make lock"


@pytest.mark.parametrize("name", ["run", "test", "uv"])
def test_every_package_of_a_lock_has_hashes_and_none_an_address(name):
    text = lock(name)
    packages = re.split(r"^(?=\S)", text, flags=re.M)[1:]

    assert len(packages) == len(PIN.findall(text))
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_the_lock_of_the_front_end_has_hashes_and_no_address():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]

    bought = {name: package for name, package in packages.items() if name}

    assert all(package.get("integrity", "").startswith("sha512-") for package in bought.values())
    assert not any("resolved" in package for package in bought.values())

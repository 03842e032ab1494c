"""What the package ships beside its code is built once, and again only when its sources change."""

import os

import hatch_build
import polib

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_catalogue_is_compiled_and_left_alone_until_it_changes(tmp_path):
    source, compiled = tmp_path / "django.po", tmp_path / "django.mo"
    source.write_text(PO + 'msgid "Rank"\nmsgstr "Oʻrin"\n', "utf-8")

    hatch_build.compile_catalogues(tmp_path)
    os.utime(compiled, (1, 1))
    hatch_build.compile_catalogues(tmp_path)

    assert compiled.stat().st_mtime == 1
    assert polib.mofile(str(compiled)).find("Rank").msgstr == "Oʻrin"

    source.write_text(PO + 'msgid "Rank"\nmsgstr "Joy"\n', "utf-8")
    hatch_build.compile_catalogues(tmp_path)

    assert polib.mofile(str(compiled)).find("Rank").msgstr == "Joy"


def test_the_digest_follows_names_and_contents_but_not_the_order(tmp_path):
    one, two = tmp_path / "one.css", tmp_path / "two.css"
    one.write_text("a", "ascii")
    two.write_text("b", "ascii")
    before = hatch_build.digest([one, two])

    assert hatch_build.digest([two, one, tmp_path]) == before

    one.write_text("b", "ascii")
    two.write_text("a", "ascii")

    assert hatch_build.digest([one, two]) != before


def test_assets_that_are_those_of_the_present_sources_are_not_built_again(tmp_path):
    modules, built = tmp_path / "frontend/node_modules", tmp_path / hatch_build.BUILT
    modules.mkdir(parents=True)
    built.mkdir(parents=True)
    (tmp_path / "frontend/main.js").write_text("export {};\n", "ascii")
    (built / "manifest.json").write_text("{}", "ascii")
    (modules / "axe-core").mkdir()
    for name in ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"):
        (modules / "axe-core" / name).write_text(name, "ascii")
    (modules / ".marra-built").write_text(hatch_build._state(tmp_path), "ascii")

    hatch_build.build_assets(tmp_path)  # would fail: there is no lock to install from

    assert (built / "manifest.json").read_text("ascii") == "{}"
    assert (tmp_path / hatch_build.AXE / "axe.min.js").read_text("ascii") == "axe.min.js"

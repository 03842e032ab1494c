"""Papers of results: the job that makes and seals them, and `marra portal verify`.

A result is issued at once and its paper follows within seconds: a seal may come from a service
that is away, and nobody's application waits for it.
"""

from pathlib import Path

import click
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marra.cli.figures import AS_JSON, show_json
from marra.door import terminal_stamp
from marra.journal.queries.keys import signing_key
from marra.kit.errors import Refusal
from marra.links import papers, seal
from marra.people.rules.rights import Stamp
from marra.portal.actions.results import keep_paper
from marra.portal.queries import results as queries
from marra.portal.queries.results import Shown
from marra.portal.rules import results as rules

AT_ONCE = 100


def write_papers(stamp: Stamp) -> int:
    """Make and seal the papers of results that have none yet; how many."""
    made = 0
    for each in queries.without_paper(AT_ONCE, stamp.at.date()):
        try:
            content = papers.pdf(_paper(each))
        except papers.PaperNotMade as refusal:  # the others are not held up by one
            click.echo(f"{each.row.code}: {refusal} {refusal.__cause__}", err=True)
            continue
        keep_paper(stamp, each.row.code, content=seal.sealed(content, at=stamp.at))
        made += 1
    return made


def _paper(shown: Shown) -> papers.Paper:
    """What stands on the paper, in the language the applicant read."""
    row, told = shown.row, shown.told
    with translation.override(row.language):
        until = [(_("Valid until"), f"{told.until:%d.%m.%Y}")] if told.until else []
        address = f"{settings.ADDRESS}/{row.language}/check/{told.number}/"
        return papers.Paper(
            language=row.language,
            body=told.body,
            title=told.service,
            day=told.issued_on,
            heads=(_("What"), _("Value")),
            rows=[
                (_("Holder"), told.holder),
                *((each.label, each.value) for each in told.facts),
                (_("Issued"), f"{told.issued_on:%d.%m.%Y}"),
                *until,
            ],
            number_label=_("Number of the document"),
            number=told.number,
            how=_(
                "Scan the square or type the number at this address to see whether it is valid:"
            ),
            address=address,
            scanned=f"{address}#{queries.note_of(told)}",
            alt=_("Square to scan; it leads to the address beside it"),
            page=_("page"),
            stand_in="" if seal.has_force() else _(STAND_IN),
        )


STAND_IN = gettext_noop("This document is sealed by a stand-in and has no legal force.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def verify(file: Path, *, as_json: bool) -> None:
    """Check a document of this portal without a line: FILE is its PDF, or a text with its code."""
    try:
        told = _checked(file.read_bytes())
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    if as_json:
        show_json(told)
        return
    for name, value in told.items():
        click.echo(f"{name}: {value}")


def _checked(content: bytes) -> dict[str, object]:
    if content.startswith(b"%PDF"):
        found = seal.checked(content, at=terminal_stamp().at)
        return {
            "intact": found.is_intact and found.covers_all,
            "sealed_here": found.is_known,
            "signer": found.signer,
            "at": found.at.isoformat() if found.at else None,
        }
    note = rules.noted(
        content[: rules.LONGEST * 4].decode(errors="replace"), signing_key().public_key()
    )
    return {
        "number": note.number,
        "service": note.service,
        "holder": note.holder,
        "issued_on": note.issued_on.isoformat(),
        "until": note.until.isoformat() if note.until else None,
        "digest": note.digest,
    }

"""Issue results, keep their papers, and revoke them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from marra.archive.actions import keep_file
from marra.journal.actions import record
from marra.kit import frozen
from marra.people.rules.rights import Stamp, rights
from marra.portal.models.catalogue import Service
from marra.portal.models.results import Result
from marra.portal.queries import results as queries
from marra.portal.rules import results as rules
from marra.portal.rules.results import Fact, Told
from marra.store import short_code


@transaction.atomic
def issue(
    stamp: Stamp,
    service: Service,
    *,
    case_code: str,
    account: str,
    holder: str,
    language: str,
    facts: Sequence[Fact],
    until: date | None = None,
) -> Result:
    """Issue the result of a case; its paper is made after. Refuses with `TooMuchSaid`."""
    stamp.require(*rights("portal")["result.issued"], of=(account, _body(service)))
    told = Told(
        number=short_code(),
        service=service.name.into(language),
        body=service.body.name.into(language) if service.body else service.body_named,
        holder=holder,
        issued_on=timezone.localtime(stamp.at).date(),
        until=until,
        facts=rules.checked_facts(tuple(facts)),
    )
    text = frozen.written(told)
    made = Result.objects.create(
        code=told.number,
        case_code=case_code,
        account=account,
        service=service,
        language=language,
        told=text,
        digest=frozen.digest(text),
        until=until,
        issued_at=stamp.at,
        issued_by=stamp.by,
    )
    record(stamp, "result.issued", made.code, digest=made.digest, case=case_code)
    return made


@transaction.atomic
def keep_paper(stamp: Stamp, code: str, *, content: bytes) -> Result:
    """Keep the signed paper of a result; a second one is not taken."""
    row = _locked(stamp, code)
    stamp.require(*rights("portal")["result.written"])
    if row.file is None:
        row.file = keep_file(stamp, name=f"{row.code}.pdf", content=content)
        row.save(update_fields=["file"])
        record(stamp, "result.written", code, digest=row.file.digest)
    return row


@transaction.atomic
def revoke(stamp: Stamp, code: str, *, why: str) -> Result:
    """Revoke a result: whoever checks it from now on reads why. Refuses what was revoked."""
    row = _locked(stamp, code)
    stamp.require(*rights("portal")["result.revoked"], of=_body(row.service))
    before = timezone.localtime(row.revoked_at).date() if row.revoked_at else None
    row.revoked_why = rules.checked_revoking(why, before)
    row.revoked_at, row.revoked_by = stamp.at, stamp.by
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    record(stamp, "result.revoked", code)
    return row


def _locked(stamp: Stamp, code: str) -> Result:
    """A result that this person may know of, held until the end."""
    return queries.visible_to(stamp).select_for_update(of=("self",)).named(code)


def _body(service: Service) -> str:
    return service.body.code if service.body else ""

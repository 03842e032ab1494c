"""Make quarterly reports, and publish them: what was reported stays as it was."""

from django.db import transaction

from marra.commission.models.notices import QuarterReport
from marra.commission.queries import reports as queries
from marra.commission.rules import reports as rules
from marra.commission.rules.assignments import checked_text
from marra.commission.rules.execution import quarter_named
from marra.journal.actions import record
from marra.kit import frozen
from marra.people.rules.rights import Stamp, rights
from marra.store import fresh_code


@transaction.atomic
def make_report(
    stamp: Stamp, written: str, *, own_problems: str = "", own_tasks: str = ""
) -> QuarterReport:
    """Make the report of a quarter such as 2026Q3 and keep it as it is now."""
    year, number = quarter_named(written)
    stamp.require(*rights("commission")["report.made"])
    found = queries.report(
        stamp,
        year,
        number,
        own_problems=checked_text(own_problems),
        own_tasks=checked_text(own_tasks),
    )
    document = frozen.written(found)
    made = QuarterReport.objects.create(
        code=fresh_code("report"),
        year=year,
        quarter=number,
        document=document,
        digest=frozen.digest(document),
        made_at=stamp.at,
        made_by=stamp.by,
    )
    record(stamp, "report.made", made.code, digest=made.digest, total=found.execution.total.total)
    return made


@transaction.atomic
def publish_report(stamp: Stamp, code: str) -> QuarterReport:
    """Publish a report of a quarter that is over; from then on its figures count for everybody."""
    row = QuarterReport.all().filter(pk__in=queries.visible_to(stamp).values("pk"))
    found = row.select_for_update().named(code)
    stamp.require(*rights("commission")["report.published"])
    is_public = found.published_at is not None
    rules.checked_publishing(queries.read(found), published=is_public)
    found.published_at, found.published_by = stamp.at, stamp.by
    found.save(update_fields=["published_at", "published_by"])
    record(stamp, "report.published", code, digest=found.digest)
    return found

"""What is said about a case: messages both ways, a rating, an appeal."""

from django.db import transaction

from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights
from marra.portal.actions.keeping import InHand
from marra.portal.models.cases import Case, CaseMessage
from marra.portal.queries import cases
from marra.portal.rules import casework, writing
from marra.portal.rules.casework import Outcome, Stage
from marra.portal.rules.happenings import Happening


@transaction.atomic
def say(stamp: Stamp, code: str, *, text: str) -> CaseMessage:
    """Write a message about an application: the applicant to the body, or an official back."""
    row = cases.locked(stamp, code)
    body = row.service.body.code if row.service.body else ""
    stamp.require(*rights("portal")["case.message-sent"], of=(row.applicant, body))
    if row.stage == Stage.DRAFT:
        raise casework.NotSent
    is_own = row.applicant == stamp.by
    made = CaseMessage.objects.create(
        case=row,
        at=stamp.at,
        by=stamp.by,
        is_own=is_own,
        text=writing.checked_text(text),
    )
    record(stamp, "case.message-sent", code, own=is_own)
    return made


@transaction.atomic
def rate(stamp: Stamp, code: str, *, mark: int, words: str = "") -> Case:
    """Rate a service after its end, from 1 to 5; the last mark counts."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.rated"], of=row.applicant)
    if row.stage != Stage.ENDED or row.sent_at is None:
        raise casework.NotOver
    row.rating = writing.checked_rating(mark)
    row.rating_words = writing.checked_text(words) if words.strip() else ""
    hand = InHand(stamp, row)
    hand.note(Happening.RATED)
    hand.keep()
    record(stamp, "case.rated", code, mark=mark)
    return row


@transaction.atomic
def appeal(stamp: Stamp, code: str, *, why: str) -> Case:
    """Appeal against a refusal, once; who reads appeals is for the body to say."""
    row = cases.locked(stamp, code)
    stamp.require(*rights("portal")["case.appealed"], of=row.applicant)
    if row.stage != Stage.ENDED:
        raise casework.NotOver
    if row.outcome != Outcome.REFUSED:
        raise casework.NotRefused
    if row.appealed_at is not None:
        raise casework.Appealed
    row.appeal, row.appealed_at = writing.checked_text(why), stamp.at
    hand = InHand(stamp, row)
    hand.note(Happening.APPEALED)
    hand.keep()
    record(stamp, "case.appealed", code)
    return row

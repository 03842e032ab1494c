"""Take in a file of features, whole or not at all: an assessor's answers, or what bodies say."""

from hashlib import sha256

from django.db import transaction

from marra.inventory.actions.features import Held
from marra.inventory.queries import feature_files as files
from marra.inventory.queries import features as queries
from marra.inventory.queries.feature_files import Fate, Prepared
from marra.inventory.rules.feature_files import Of
from marra.inventory.rules.features import State
from marra.journal.actions import record
from marra.people.rules.rights import Stamp, rights


@transaction.atomic
def import_answers(stamp: Stamp, *, name: str, content: bytes) -> Prepared:
    """Give the own verdicts of a file; refuses it whole with all its faults.

    What this person has answered so already stays as it is, also where the round was settled.
    """
    told = files.told_in(name, content, Of.ANSWERS)
    stamp.require(*rights("inventory")["features.answered"], of=files.scopes(told, Of.ANSWERS))
    found = files.prepare(stamp, name, told, Of.ANSWERS)
    for each in found.plan:
        if each.fate is Fate.SAME:
            continue
        says = {name: str(each.told.says.get(name, "")) for name in ("verdict", "address", "note")}
        row = queries.locked(stamp, each.told.code)
        Held(row).give(stamp, State(says["verdict"]), address=says["address"], note=says["note"])
    count = len(found.plan) - found.count(Fate.SAME)
    digest = sha256(content).hexdigest()
    record(stamp, "features.answered", "features", count=count, digest=digest)
    return found


@transaction.atomic
def import_facts(stamp: Stamp, *, name: str, content: bytes) -> Prepared:
    """Say of features what a file says: addresses, efforts, how often a machine looks, notes."""
    told = files.told_in(name, content, Of.FACTS)
    stamp.require(*rights("inventory")["features.written"], of=files.scopes(told, Of.FACTS))
    found = files.prepare(stamp, name, told, Of.FACTS)
    changed = [each for each in found.plan if each.fate is not Fate.SAME]
    for each in changed:
        row = queries.locked(stamp, each.told.code)
        Held(row).say(each.told.says)
        row.version += 1
        row.save()
    meant = {each.told.code: True for each in changed}
    digest = sha256(content).hexdigest()
    record(stamp, "features.written", "features", count=len(meant), digest=digest, **meant)
    return found

"""Let the journal break off, as a machine does whose power is cut in the middle of a deed."""

from typing import Final

from django.db import connection

CUT: Final = {
    "sqlite": (
        (
            "CREATE TRIGGER cut BEFORE INSERT ON journal_entry WHEN NEW.deed = '{deed}' "
            "BEGIN SELECT RAISE(ABORT, 'power is cut'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'power is cut'; END $$"
        ),
        (
            "CREATE TRIGGER cut BEFORE INSERT ON journal_entry FOR EACH ROW "
            "WHEN (NEW.deed = '{deed}') EXECUTE FUNCTION cut()"
        ),
    ),
}


def cut_at(deed: str) -> None:
    """From now on in this test, the entry of such a deed, its last row, does not come to be."""
    with connection.cursor() as cursor:
        for statement in CUT[connection.vendor]:
            cursor.execute(statement.replace("{deed}", deed))

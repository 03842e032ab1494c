"""The database itself refuses to change or remove an entry of the journal."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER journal_entry_{deed} BEFORE {deed} ON journal_entry
BEGIN SELECT RAISE(ABORT, 'An entry of the journal stays as it was written.'); END
"""
POSTGRESQL = """
CREATE FUNCTION journal_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'An entry of the journal stays as it was written.'; END $$;
CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_entry_stays();
"""


def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)
    else:
        for deed in ("UPDATE", "DELETE"):
            editor.execute(SQLITE.format(deed=deed))


def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION journal_entry_stays CASCADE")
    else:
        for deed in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER journal_entry_{deed}")


class Migration(migrations.Migration):
    """After the table, its guards."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]

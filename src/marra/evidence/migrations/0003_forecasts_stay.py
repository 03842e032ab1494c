"""The database itself refuses to change or remove a sealed forecast or its score."""

from typing import Final

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES: Final = ("evidence_forecast", "evidence_score")
SQLITE: Final = """
CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'A sealed forecast and its scores stay as they were written.'); END
"""
FUNCTION: Final = """
CREATE FUNCTION evidence_forecast_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'A sealed forecast and its scores stay as they were written.'; END $$
"""
POSTGRESQL: Final = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION evidence_forecast_stays()
"""


def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(FUNCTION)
        for table in TABLES:
            editor.execute(POSTGRESQL.format(table=table))
        return
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            editor.execute(SQLITE.format(table=table, deed=deed))


def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION evidence_forecast_stays CASCADE")
        return
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER {table}_{deed}")


class Migration(migrations.Migration):
    """After the tables, their guards."""

    dependencies = [("evidence", "0002_forecasts")]
    operations = [migrations.RunPython(guard, unguard)]

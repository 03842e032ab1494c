"""The tree over the journal and its signed heads; they stay as the entries do."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("journal_leaf", "journal_head")
SQLITE = """
CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'A seal of the journal stays as it was written.'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION journal_entry_stays();
"""


def guard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRESQL.format(table=table))
        else:
            for deed in ("UPDATE", "DELETE"):
                editor.execute(SQLITE.format(table=table, deed=deed))


def unguard(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_stays ON {table}")
        else:
            for deed in ("UPDATE", "DELETE"):
                editor.execute(f"DROP TRIGGER {table}_{deed}")


class Migration(migrations.Migration):
    """Two tables and their guards."""

    dependencies = [("journal", "0002_entries_stay")]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
                ("settled", models.BigIntegerField()),
                ("ahead", models.BigIntegerField()),
                ("horizon", models.BigIntegerField()),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=160)),
            ],
            options={"verbose_name": "head", "ordering": ["-size"]},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry", models.BigIntegerField(unique=True)),
                ("nodes", models.BinaryField()),
            ],
            options={"verbose_name": "leaf", "ordering": ["position"]},
        ),
        migrations.RunPython(guard, unguard),
    ]

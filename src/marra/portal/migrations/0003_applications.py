import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0006_room_for_verdicts"),
        ("portal", "0002_passports_taken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True)),
                ("applicant", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=80)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("origin", models.CharField(default="web", max_length=12)),
                ("stage", models.CharField(default="draft", max_length=12)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("ground", models.CharField(blank=True, max_length=2000)),
                ("answers", models.JSONField(default=dict)),
                ("state", models.BinaryField()),
                ("result", models.JSONField(null=True)),
                ("term", models.PositiveSmallIntegerField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("waits_since", models.DateField(null=True)),
                ("wakes_at", models.DateTimeField(db_index=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("rating", models.PositiveSmallIntegerField(null=True)),
                ("rating_words", models.CharField(blank=True, max_length=2000)),
                ("appeal", models.CharField(blank=True, max_length=2000)),
                ("appealed_at", models.DateTimeField(null=True)),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="portal.definition",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="portal.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("what", models.CharField(max_length=12)),
                ("is_public", models.BooleanField()),
                ("text", models.CharField(blank=True, max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="portal.case",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("is_own", models.BooleanField()),
                ("text", models.CharField(max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="portal.case",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("element", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=8)),
                ("lane", models.CharField(blank=True, max_length=200)),
                ("name", models.CharField(blank=True, max_length=500)),
                ("does", models.CharField(blank=True, max_length=200)),
                ("inputs", models.JSONField(default=dict)),
                ("outputs", models.JSONField(default=dict)),
                ("state", models.CharField(default="open", max_length=8)),
                ("since", models.DateTimeField()),
                ("taken_by", models.CharField(blank=True, max_length=80)),
                ("taken_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=80)),
                ("why", models.CharField(blank=True, max_length=2000)),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.statebody",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="portal.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "work on an application",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["applicant", "-started_at"], name="case_of_applicant"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["service", "stage"], name="case_of_service"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("applicant", "key"), name="case_key_once"),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(fields=["state", "kind", "body"], name="case_task_open"),
        ),
        migrations.AddConstraint(
            model_name="casetask",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="case_task_number_once"
            ),
        ),
    ]

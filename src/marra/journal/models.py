"""The table of the journal."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One deed. Written once: triggers in the database refuse to change or remove it."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=80, db_index=True)
    deed = models.CharField(max_length=80, db_index=True)
    thing = models.CharField(max_length=80, db_index=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = "journal entry"
        verbose_name_plural = "journal entries"

    def __str__(self) -> str:
        return f"{self.deed} {self.thing}"


class Leaf(models.Model):
    """The trace of an entry in the tree; stays when the entry is gone.

    `nodes` are the hashes of every complete subtree that ends with this leaf, its own first.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)  # no foreign key: an entry cannot take it along
    nodes = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = "leaf"

    def __str__(self) -> str:
        return str(self.position)


class Head(models.Model):
    """A signed head of the tree."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    settled = models.BigIntegerField()  # no entry up to this id will come any more
    ahead = models.BigIntegerField()  # the last id given out when this head was made
    horizon = models.BigIntegerField()  # transactions of PostgreSQL from here on began later
    note = models.TextField()
    key = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar = ["-size"]
        verbose_name = "head"

    def __str__(self) -> str:
        return str(self.size)

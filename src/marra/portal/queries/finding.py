"""Find services by what people write: an index for each state of the catalogue, not for a request.

A process keeps one index for everybody and one with the drafts for those who read them. When the
catalogue has changed, a small one is made ready at once; a large one is made beside, and until it
is there questions are answered from the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log1p
from threading import Lock, Thread
from typing import Final

from django.db import connection

from marra.journal.queries.entries import newest_of
from marra.language.grams import Index, Text, find, index
from marra.people.rules.rights import Stamp
from marra.portal.models.catalogue import Service
from marra.portal.queries.catalogue import READERS, published
from marra.portal.rules.services import State

DEEDS: Final = (
    "catalogue.entered", "catalogue.described", "catalogue.imported", "catalogue.adopted",
    "catalogue.published", "catalogue.paused", "catalogue.resumed", "catalogue.withdrawn",
)  # fmt: skip
"""Deeds that change what is found."""

AT_ONCE: Final = 3_000
"""Services that are made ready within a request: about half a second."""

MOST_USED: Final = 1e7


@dataclass(frozen=True, slots=True)
class Found:
    """A service that answers, and how well, up to 1."""

    service: Service
    score: float


@dataclass(frozen=True, slots=True)
class Ready:
    """An index and the state of the catalogue it was made from."""

    state: int
    index: Index
    keys: tuple[int, ...]


class Shelf:
    """One index, and whether a newer one is being made."""

    def __init__(self, *, drafts: bool) -> None:
        self.drafts = drafts
        self.ready: Ready | None = None
        self.lock = Lock()
        self.making = False

    def current(self) -> Ready:
        """The index of this state, or the one before while a large one is being made."""
        state = newest_of(DEEDS)
        before = self.ready
        if before is not None and before.state == state:
            return before
        if before is None or before.index.count <= AT_ONCE:
            with self.lock:
                if self.ready is None or self.ready.state != state:
                    self.ready = self._made(state)
                return self.ready
        self._make_beside(state)
        return before

    def _make_beside(self, state: int) -> None:
        with self.lock:
            if self.making:
                return
            self.making = True
        Thread(target=self._beside, args=(state,), daemon=True).start()

    def _beside(self, state: int) -> None:
        try:
            self.ready = self._made(state)
        finally:
            self.making = False
            connection.close()

    def _made(self, state: int) -> Ready:
        rows = Service.all().exclude(state=State.WITHDRAWN) if self.drafts else published()
        told = list(rows.select_related("body").order_by("pk"))
        return Ready(
            state,
            index([list(_texts(row)) for row in told], [_used(row) for row in told]),
            tuple(row.pk for row in told),
        )


SHELVES: Final = {drafts: Shelf(drafts=drafts) for drafts in (False, True)}


def found(stamp: Stamp, words: str, most: int = 20) -> list[Found]:
    """The services that answer, the best first; nothing where none does.

    Those who read every draft find drafts too.
    """
    shelf = SHELVES[any(stamp.holds(role) for role in READERS)]
    ready = shelf.current()
    hits = find(ready.index, words, most)
    keys = [ready.keys[hit.place] for hit in hits]
    rows = Service.all() if shelf.drafts else published()
    by_key = rows.select_related("body").in_bulk(keys)
    return [
        Found(by_key[key], hit.score) for key, hit in zip(keys, hits, strict=True) if key in by_key
    ]


def _texts(row: Service) -> Iterator[Text]:
    """What a service is found by: names, then what it gives, then who gives it."""
    for language in ("uz", "ru", "en"):
        if name := row.names.get(language):
            yield name, 1.0
    for language in ("uz", "ru", "en"):
        if about := row.about.get(language):
            yield about[:400], 0.6
    names = row.body.names if row.body else {"uz": row.body_named}
    for language in ("uz", "ru", "en"):
        if name := names.get(language):
            yield name, 0.5


def _used(row: Service) -> float:
    return float(min(1.0, log1p(row.uses or 0) / log1p(MOST_USED)))

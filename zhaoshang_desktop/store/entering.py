"""The search entries that a transaction has to make: of which records, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store import entries, search
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.tables import ENTRIES

_OWNERS = search.owner_types()


class Entering:
    """Most are made at the end; those of very many new records are begun while more of them are written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: defaultdict[str, set[int]] = defaultdict(set)
        self.beside: search.Beside | None = None

    def touch(
        self, record: type[Record], key: int, stored: Mapping[str, Stored], changed: Iterable[str] | None
    ) -> None:
        """A record is another now; `changed` are the fields that are, None for all of them."""
        if changed is not None and entries.matters(record.NOUN).isdisjoint(changed):
            return
        if record.NOUN in ENTRIES:
            self._keys[record.NOUN].add(key)
        if record.NOUN in _OWNERS and (owner := stored.get(record.OWNER)):
            self._keys[_OWNERS[record.NOUN].NOUN].add(owner)

    def meanwhile(self, most: int) -> None:
        """Begins with those of what was made so far; worth it where there will be very many, `most` (SQLite)."""
        if most >= search.MANY and self._connection.dialect.name == "sqlite":
            self.beside = self.beside or search.Beside(self._connection)
            for noun, keys in self._keys.items():
                keys -= self.beside.enter(RECORDS[noun], keys)

    def make(self, noun: str) -> None:
        """All that are to be made of that noun."""
        if self.beside is not None:
            self.beside.finish()
        if keys := self._keys.get(noun):
            search.refresh(self._connection, RECORDS[noun], keys)
            keys.clear()

    def finish(self) -> None:
        """Makes what is still wanted, then ends."""
        for noun in self._keys:
            self.make(noun)
        self.end()

    def end(self) -> None:
        """The second process goes, whatever became of the transaction."""
        if self.beside is not None:
            self.beside.close()
            self.beside = None

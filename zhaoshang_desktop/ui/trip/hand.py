"""Single changes of a trip's records, sent one after another without waiting for the picture to follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.record import edit_record

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.sight import Sight


class Hand:
    """Keeps the version of every record last seen, so that two quick changes are not taken for two people's.

    The versions are read and moved on by the worker, one job after the other; the window only
    raises them to what it has been shown since.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.visit = 0  # the one in hand, when one step sends the clerk to another
        self._versions: dict[tuple[str, int], int] = {}

    def saw(self, sight: Sight) -> None:
        """The records on screen are these now."""
        book = sight.book
        for record in (book.trip, *book.teams, *book.visits, *book.legs, *book.budget):
            key = (record.NOUN, record.id)
            self._versions[key] = max(record.version, self._versions.get(key, 0))

    def edit(self, record: Record, changes: Mapping[str, Any]) -> None:
        """Set fields of a record; nothing is sent when they hold these values already."""
        wanted = {name: value for name, value in changes.items() if getattr(record, name) != value}
        if wanted:
            self._desk.run(_edit, type(record), record.id, wanted, self._versions)


def _edit(
    office: Office, record: type[Record], key: int, changes: dict[str, Any], versions: dict[tuple[str, int], int]
) -> Changes:
    seen = versions[record.NOUN, key]
    done = edit_record(office, record, key, changes, seen)
    if done.of(record.NOUN):
        versions[record.NOUN, key] = seen + 1
    return done

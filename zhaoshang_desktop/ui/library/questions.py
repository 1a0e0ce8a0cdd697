"""What a table asks the office; run on the reader's thread, so they hold values and no windows."""

from __future__ import annotations

import importlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui.library.values import link_keys

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

FIRST = 48
"""More rows than a usual screen shows."""


@dataclass(frozen=True)
class Answer:
    """`keys` in order (all of them when `complete`), the rows that were read with them, titles of linked records."""

    keys: array[int]
    rows: Sequence[Record]
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    complete: bool = True


LATER = (
    "zhaoshang_desktop.ui.library.record_page",
    "zhaoshang_desktop.ui.library.overview",
    "zhaoshang_desktop.ui.trip.page",
    "zhaoshang_desktop.ui.reception.page",
    "zhaoshang_desktop.ui.workbench",
    "zhaoshang_desktop.ui.office.page",
    "zhaoshang_desktop.ui.importing.wizard",
)
"""What the first picture does without, and a first visit should not wait for."""


def opening(query: Query, links: Sequence[Field]) -> Callable[[Office], Answer]:
    """The first keys and the rows on the first screen, as fast as a keystroke."""

    def question(office: Office) -> Answer:
        keys = array("q", office.first_ids(query, FIRST + 1))
        rows = office.rows(query.record, keys[:FIRST].tolist())
        return Answer(keys[:FIRST], rows, titles_of(office, rows, links), len(keys) <= FIRST)

    return question


def warm_up(record: type[Record]) -> Callable[[Office], Iterator[None]]:
    """What the first letters typed would otherwise wait for: the table of sounds, the first pages of the index;
    then the modules of the pages that nobody has looked at yet."""

    def question(office: Office) -> Iterator[None]:
        office.first_ids(Query(record, words="z"), FIRST)
        yield
        for module in LATER:
            importlib.import_module(module)

    return question


def everything(query: Query) -> Callable[[Office], Answer]:
    """All keys, for the scroll bar and the count."""

    def question(office: Office) -> Answer:
        return Answer(array("q", office.listed(query)), ())

    return question


def again(query: Query, links: Sequence[Field], first: int, last: int) -> Callable[[Office], Answer]:
    """All keys and the rows on screen now, after something has changed."""

    def question(office: Office) -> Answer:
        keys = array("q", office.listed(query))
        rows = office.rows(query.record, keys[first:last].tolist())
        return Answer(keys, rows, titles_of(office, rows, links))

    return question


def some(record: type[Record], keys: Sequence[int], links: Sequence[Field]) -> Callable[[Office], Answer]:
    """The rows that have come into sight."""

    def question(office: Office) -> Answer:
        rows = office.rows(record, keys)
        return Answer(array("q"), rows, titles_of(office, rows, links))

    return question


def titles_of(office: Office, rows: Iterable[Record], links: Sequence[Field]) -> dict[tuple[str, int], str]:
    """What the records are called to which these rows point."""
    from zhaoshang_desktop.domain.libraries import RECORDS  # all record types; the first window has one

    wanted: dict[str, set[int]] = {}
    for row in rows:
        for link in links:
            for noun, key in link_keys(row, link):
                wanted.setdefault(noun, set()).add(key)
    found: dict[tuple[str, int], str] = {}
    for noun, keys in wanted.items():
        found |= {(noun, row.id): row.title for row in office.rows(RECORDS[noun], sorted(keys))}
        found |= {(noun, key): "（已删除）" for key in keys if (noun, key) not in found}
    return found


def sums(record: type[Record], keys: Sequence[int], names: Sequence[str]) -> Callable[[Office], dict[str, Money]]:
    """The sums in 人民币 of these fields over these records; foreign money is left out."""

    def question(office: Office) -> dict[str, Money]:
        rows = office.rows(record, keys)
        return {name: total(getattr(row, name) for row in rows) for name in names}

    return question


def total(values: Iterable[Money | None]) -> Money:
    """The sum of what is in 人民币."""
    return Money(sum(value.fen for value in values if value is not None and value.currency == "CNY"))

"""What a row says that the library does not, cell by cell, for the record it means and for what belongs to that.

Every cell that differs is kept, whatever is to become of it: `settling` decides which are taken. A cell that is
empty in the row says nothing, so that no policy ever empties a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.kinds import Phone
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

WHOLE = ""
"""The name of the one cell that a new child is: it comes whole or not at all."""
_CHUNK = 500
_MARK = "、"


@dataclass(frozen=True, slots=True)
class NewCell:
    """A field with what the library has and what the row says.

    `beside` is the text that stands beside the field because nobody understood it; `unread` says that `said` is
    such a text. `adds` is what filling makes of the field, None where filling must leave it alone.
    """

    name: str
    had: Any
    said: Any
    adds: Any = None
    beside: str = ""
    unread: bool = False


@dataclass(slots=True)
class News:
    """What a row says of one record: the one it means, or a child of that; `known` is its key, 0 for a new child."""

    record: Record
    known: int
    cells: tuple[NewCell, ...]
    name: str = ""
    """What the known child is called; "" for the record itself."""
    taken: dict[str, Any] = field(default_factory=dict)
    """The fields to be stored, with their values; set when the plan is settled."""

    def cell(self, name: str) -> NewCell:
        """What is said of that field, which is among them."""
        return next(cell for cell in self.cells if cell.name == name)


def news_of(current: Record, said: Record, leave: Iterable[str] = ()) -> tuple[NewCell, ...]:
    """Every field, but those to `leave`, of which `said` says something else than `current`."""
    left = frozenset(leave)
    found = (_new_cell(current, said, one) for one in fields_of(type(current)) if one.name not in left)
    return tuple(cell for cell in found if cell is not None)


def _new_cell(current: Record, said: Record, one: Field) -> NewCell | None:
    name, empty = one.name, one.kind.empty
    had, new, beside = getattr(current, name), getattr(said, name), current.raw.get(name, "")
    if new == empty:
        text = said.raw.get(name, "")
        return NewCell(name, had, text, text, unread=True) if text and had == empty and not beside else None
    if new == had or one.spec.derived or _is_default(type(said), name, new):
        return None
    if isinstance(one.kind, Phone):
        more = [number for number in new.split(_MARK) if number not in _numbers(current)]
        return NewCell(name, had, new, _MARK.join(filter(None, (had, *more))), beside) if more else None
    return NewCell(name, had, new, new if had == empty else None, beside)


def _is_default(record: type[Record], name: str, value: Any) -> bool:
    return bool(value == record.__dataclass_fields__[name].default)


def _numbers(record: Record) -> set[str]:
    """All numbers of a record, in whichever field."""
    texts = (getattr(record, one.name) for one in fields_of(type(record)) if isinstance(one.kind, Phone))
    return {number for text in texts for number in text.split(_MARK) if number}


def put(record: Record, news: News, name: str, value: Any) -> None:
    """Sets a field, or the text beside it where nobody understood what the row says."""
    if news.cell(name).unread:
        record.raw[name] = value
    else:
        setattr(record, name, value)
        record.raw.pop(name, None)


def children_news(known: Sequence[Record], said: Iterable[Record]) -> Iterator[News]:
    """What the row's children say that the known ones do not; a new one among them is one cell."""
    for child in said:
        twin = next((one for one in known if is_same_child(one, child)), None)
        if twin is None:
            yield News(child, 0, (NewCell(WHOLE, None, child.title, child.title),))
        elif cells := news_of(twin, child, _not_told(twin)):
            yield News(child, twin.id, cells, called(twin))


def _not_told(twin: Record) -> Iterable[str]:
    """Whose it is and what it is called is how it was found; that a step is reached its day says already."""
    yield twin.OWNER
    yield _name_field(type(twin))
    if isinstance(twin, Milestone) and twin.is_reached:
        yield "reached"


def is_same_child(one: Record, other: Record) -> bool:
    """Children of one owner are the same when what they are called is; a stage said without
    a date (在谈, as a list shows it) is any reached step of that stage (对接)."""
    if isinstance(one, Milestone) and isinstance(other, Milestone) and not other.actual and not other.planned:
        behind = one.is_reached and one.stage == other.stage == other.step != ""
        return behind or folded(called(one)) == folded(called(other))
    return type(one) is type(other) and folded(called(one)) == folded(called(other))


def called(child: Record) -> str:
    """A contact's name, a stake's investor, a milestone's step: the first field after the owner."""
    name = _name_field(type(child))
    return str(getattr(child, name) or child.raw.get(name, ""))


def _name_field(record: type[Record]) -> str:
    return next(one.name for one in fields_of(record) if one.name != record.OWNER)


def children_of(office: Office, kinds: Iterable[type[Record]], owners: Sequence[int]) -> dict[int, list[Record]]:
    """The children of these types by the key of whose they are."""
    found: dict[int, list[Record]] = {}
    for kind in kinds:
        for start in range(0, len(owners), _CHUNK):
            where = Where(kind.OWNER, "in", tuple(owners[start : start + _CHUNK]))
            for child in office.find(Query(kind, where=(where,))):
                found.setdefault(getattr(child, kind.OWNER), []).append(child)
    return found

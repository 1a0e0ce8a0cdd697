"""全局搜索: one question to every library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.titles import FindTitle, titles_of
from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_PARTS = 4


@dataclass(frozen=True)
class Hit:
    """A record that answers, with the library it is in; `line` says what it is besides its title."""

    library: str
    record: Record
    line: str

    @property
    def title(self) -> str:
        return self.record.title


@dataclass(frozen=True)
class Hits:
    """What one library has: the first ones, and how many there are in all."""

    library: str
    first: tuple[Hit, ...]
    count: int


def search_all(office: Office, words: str, *, libraries: tuple[str, ...] = (), limit: int = 0) -> list[Hits]:
    """What answers in each of the libraries (all four when none is named), at most `limit` of each if given."""
    found = []
    for library in libraries or tuple(LIBRARIES):
        question = Query(LIBRARIES[library], words=words)
        keys = office.first_ids(question, limit) if limit else office.ids(question)
        records = office.rows(question.record, keys)
        find = titles_of(office, records)
        hits = tuple(Hit(library, record, line_of(record, find)) for record in records)
        found.append(Hits(library, hits, office.count(question) if limit and len(keys) == limit else len(hits)))
    return found


def line_of(record: Record, find: FindTitle) -> str:
    """The record in one line: what its list shows in the first columns after the title."""
    columns = sorted((one for one in fields_of(type(record)) if one.spec.column), key=lambda one: one.spec.column)
    parts = []
    for field in columns:
        value = getattr(record, field.name)
        if field.name == record.TITLE or value == field.kind.empty or field.spec.sensitive:
            continue
        if isinstance(field.kind, Link):
            parts.append(find(field.kind.noun, value))
        elif not isinstance(field.kind, Links):
            parts.append(field.kind.write(value))
    return " · ".join([part for part in parts if part][:_PARTS])

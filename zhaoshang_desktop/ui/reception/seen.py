"""A reception as the window shows it: its records, what is wrong with it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.attachment import Filed, files_of
from zhaoshang_desktop.actions.reception_book import Look, look_at
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.library.questions import titles_of
from zhaoshang_desktop.ui.library.relations import link_fields

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

NOUNS = (
    "reception",
    "reception_item",
    "reception_person",
    "reception_meal",
    "reception_car",
    "reception_cost",
    "reception_rule",
    "visit",
    "trip",
    "team",
    "member",
    "absence",
    "attachment",
)
"""Whose changes can be seen on a reception."""


@dataclass(frozen=True)
class Seen:
    """`titles` names what its rows point to."""

    look: Look
    visits: Sequence[Visit] = ()
    files: Sequence[Filed] = ()
    titles: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def key(self) -> int:
        return self.look.book.reception.id

    @property
    def record(self) -> Reception:
        return self.look.book.reception


def seen(key: int) -> Callable[[Office], Seen]:
    """The question for a reception as it is now."""

    def question(office: Office) -> Seen:
        look = look_at(office, key)
        visits = office.find(Query(Visit, where=(Where("reception", "=", key),), order=("id",)))
        titles = titles_of(office, visits, link_fields(Visit)) | titles_of(
            office, [look.book.reception], link_fields(Reception)
        )
        return Seen(look, visits, files_of(office, Reception, key), titles)

    return question

"""What belongs to a record and what speaks of it; together they are its portrait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.attachment import Filed, files_of
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.changes import Line
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.ui.library.questions import titles_of

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


@dataclass(frozen=True)
class Relation:
    """Records of type `noun` whose `field` points here; `own` ones can be added and changed from here."""

    noun: str
    field: str
    title: str
    order: tuple[str, ...] = ()
    own: bool = True


RELATIONS: dict[str, tuple[Relation, ...]] = {
    "investor": (
        Relation("contact", "investor", "联系人"),
        Relation("visit", "investor", "往来", ("-day",)),
        Relation("stake", "investor", "项目"),
        Relation("lead", "investor", "信息", ("-day",), own=False),
        Relation("concern", "investor", "问题", ("-raised_on",)),
    ),
    "project": (
        Relation("stake", "project", "投资方"),
        Relation("milestone", "project", "阶段"),
        Relation("visit", "project", "往来", ("-day",), own=False),
        Relation("progress", "project", "进展", ("-month",)),
        Relation("receipt", "project", "到位资金", ("-day",)),
        Relation("concern", "project", "问题", ("-raised_on",)),
        Relation("joint_unit", "project", "联合招商"),
        Relation("application", "project", "列入计划"),
        Relation("lead", "project", "信息", ("-day",), own=False),
    ),
    "expert": (
        Relation("service", "expert", "服务记录", ("-day",)),
        Relation("lead", "expert", "信息", ("-day",), own=False),
    ),
    "unit": (Relation("member", "unit", "人员"),),
    "member": (
        Relation("absence", "member", "不在的日子", ("-start",)),
        Relation("investor", "owner", "客商", own=False),
        Relation("project", "owner", "项目", own=False),
    ),
}


@dataclass(frozen=True)
class Portrait:
    """A record with everything its pane shows."""

    record: Record
    related: dict[Relation, Sequence[Record]] = field(default_factory=dict)
    files: Sequence[Filed] = ()
    history: Sequence[Line] = ()
    titles: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, noun: str) -> Sequence[Record]:
        """The related records of that type."""
        return next((rows for relation, rows in self.related.items() if relation.noun == noun), ())


def portrait(record: type[Record], key: int) -> Callable[[Office], Portrait | None]:
    """The question for a record and all that belongs to it; None when it is gone."""

    def question(office: Office) -> Portrait | None:
        found = office.rows(record, [key])
        if not found:
            return None
        related = {relation: _related(office, relation, key) for relation in RELATIONS.get(record.NOUN, ())}
        titles = titles_of(office, found, link_fields(record))
        for relation, rows in related.items():
            titles |= titles_of(office, rows, link_fields(RECORDS[relation.noun]))
        return Portrait(found[0], related, files_of(office, record, key), office.history(record, key), titles)

    return question


def link_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields that point to other records."""
    return tuple(one for one in fields_of(record) if isinstance(one.kind, kinds.Link | kinds.Links))


def _related(office: Office, relation: Relation, key: int) -> Sequence[Record]:
    where = (Where(relation.field, "=", key),)
    order = relation.order or ("id",) if relation.noun not in ("contact", "member") else ()
    return list(office.find(Query(RECORDS[relation.noun], where=where, order=order)))

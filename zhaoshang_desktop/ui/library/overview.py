"""概况: the next step, the facts one needs before picking up the telephone, what happened last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.day import WEEKDAYS
from zhaoshang_desktop.domain.phone import mask
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.relations import Portrait
from zhaoshang_desktop.ui.library.timeline import Timeline, events_of
from zhaoshang_desktop.ui.library.values import Titles, shown, with_unit
from zhaoshang_desktop.ui.pieces import text_label

FACTS: dict[str, tuple[str, ...]] = {
    "investor": (
        "business",
        "plans",
        "needs",
        "local_ties",
        "registered_capital",
        "revenue",
        "honours",
        "address",
        "credit_code",
        "owner",
        "tags",
    ),
    "project": ("content", "total", "fixed", "contracted", "company", "carrier", "land", "unit", "owner", "sponsor"),
    "lead": ("content", "channel", "provider", "kind", "place", "investor", "project", "state", "owner", "due"),
    "expert": ("skills", "languages", "phone", "kind", "term", "honours", "available", "handed", "note"),
    "unit": ("kind", "category", "assessed", "phone", "note"),
    "member": ("unit", "duty", "rank", "phone", "skills", "languages", "experience", "authority"),
}
LONG = 140


class Overview(QWidget):
    """Built anew for every record."""

    def __init__(self, portrait: Portrait, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 16, 16)
        column.setSpacing(8)
        step = _next_step(portrait, desk, self)
        if step is not None:
            column.addWidget(step)
        facts = [*_people(portrait), *_facts(portrait.record, desk.titles)]
        if facts:
            column.addWidget(_card(facts, self))
        column.addWidget(Timeline(events_of(portrait, desk.titles), desk.today(), self))
        column.addStretch(1)


def due_words(due: date, today: date) -> str:
    """ "11-26（周四） · 还有 4 天"."""
    left = (due - today).days
    words = "就是今天" if left == 0 else f"还有 {left} 天" if left > 0 else f"逾期 {-left} 天"
    return f"{due:%m-%d}（周{WEEKDAYS[due.weekday()]}） · {words}"


def _next_step(portrait: Portrait, desk: Desk, parent: QWidget) -> QWidget | None:
    waiting: list[Any] = [
        visit
        for visit in portrait.of("visit")
        if getattr(visit, "next_step", "") and not visit.next_done  # type: ignore[attr-defined]
    ]
    if not waiting:
        return None
    visit = waiting[0]
    late = visit.next_due is not None and visit.next_due < desk.today()
    card = QFrame(parent)
    card.setObjectName("next")
    card.setProperty("state", "late" if late else "open")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(2)
    column.addWidget(text_label(f"下一步　{visit.next_step}", "value"))
    owner = desk.titles.get(("member", visit.next_owner), "") if visit.next_owner else ""
    parts = [owner, due_words(visit.next_due, desk.today()) if visit.next_due else "没有定时限"]
    column.addWidget(text_label(" · ".join(part for part in parts if part), "wrong" if late else "secondary"))
    return card


def _people(portrait: Portrait) -> Iterator[tuple[str, str, str]]:
    """The one who decides, else the first person, and how to reach them."""
    people: Sequence[Any] = portrait.of("contact")
    deciding = [person for person in people if person.decides]
    for person in (deciding or people)[:1]:
        number = mask(person.mobile or person.phone)
        yield ("决策人" if deciding else "联系人"), "　".join(filter(None, (person.name, person.post, number))), "value"
        habits = "；".join(filter(None, (person.working_habits, person.smoke_drink_tea, person.diet, person.taboos)))
        if habits:
            yield "习惯", habits, "value"


def _facts(record: Record, titles: Titles) -> Iterator[tuple[str, str, str]]:
    names = FACTS.get(record.NOUN, ())
    for name in names:
        field = field_of(type(record), name)
        text = with_unit(shown(record, field, titles))
        if text:
            yield field.label, text if len(text) <= LONG else text[:LONG] + "…", "value"
    for name, raw in record.raw.items():
        yield field_of(type(record), name).label, f"？{raw}（原文看不懂，待弄清）", "proposed"


def _card(facts: Sequence[tuple[str, str, str]], parent: QWidget) -> QWidget:
    card = QFrame(parent)
    card.setObjectName("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(12, 10, 12, 10)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (label, text, role) in enumerate(facts):
        name = text_label(label, "label")
        name.setWordWrap(False)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text_label(text, role), row, 1)
    return card

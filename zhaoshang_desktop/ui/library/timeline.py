"""往来: what happened with a record, newest first, along a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.relations import Portrait
from zhaoshang_desktop.ui.library.values import Titles
from zhaoshang_desktop.ui.pieces import rich

SHOWN = 12
INDENT = 20
QUOTED = 120


@dataclass(frozen=True)
class Event:
    """One line of it: what, and in what words; a planned one lies in the future."""

    day: date | None
    words: str
    said: str = ""
    letter: str = ""
    planned: bool = False


def events_of(portrait: Portrait, titles: Titles) -> list[Event]:
    """Visits, information and the record's own beginning, newest first."""
    events = [_visit(visit, titles) for visit in portrait.of("visit") if _of(visit, "state") != "取消"]
    events += [_lead(lead) for lead in portrait.of("lead")]
    events += [_service(service) for service in portrait.of("service")]
    created = portrait.record.created
    if created is not None:
        events.append(Event(to_local(created).date(), "录入本库"))
    return sorted(events, key=lambda event: event.day or date.max, reverse=True)[:SHOWN]


class Timeline(QWidget):
    """Labels along a line with a dot each; the newest dot is filled with the accent."""

    def __init__(self, events: Sequence[Event], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: list[tuple[QLabel, Event]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(6)
        for event in events:
            label = rich(_html(event, today))
            label.setProperty("role", "value")
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
            self._labels.append((label, event))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._labels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tops = [label.y() + label.fontMetrics().height() / 2 + 1 for label, _ in self._labels]
        painter.setPen(theme.colour("line"))
        painter.drawLine(QPointF(6, tops[0]), QPointF(6, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        for number, (top, (_, one)) in enumerate(zip(tops, self._labels, strict=True)):
            painter.setBrush(theme.colour("violet" if one.planned else "accent" if number == 0 else "edge"))
            painter.drawEllipse(QPointF(6, top), 3.5, 3.5)


def _visit(visit: Any, titles: Titles) -> Event:
    people = "、".join(_names(visit.members, "member", titles))
    planned = visit.state in ("待排", "已排")
    parts = [visit.way + ("（待成行）" if planned else ""), people]
    said = visit.said or visit.result
    return Event(visit.day, "　".join(part for part in parts if part), said, visit.intention, planned)


def _lead(lead: Any) -> Event:
    words = f"信息：{lead.subject}" + (f"（{lead.channel}）" if lead.channel else "")
    return Event(lead.day, words, letter=lead.credibility)


def _service(service: Any) -> Event:
    return Event(service.day, f"请出服务：{service.purpose}", service.note)


def _names(keys: Iterable[int], noun: str, titles: Titles) -> list[str]:
    return [titles.get((noun, key), "…") for key in keys]


def _of(record: Any, name: str) -> Any:
    return getattr(record, name, None)


def _html(event: Event, today: date) -> str:
    day = "日期未定" if event.day is None else f"{event.day:%m-%d}" if event.day.year == today.year else str(event.day)
    accent, faint = theme.current().accent, theme.current().secondary
    letter = f"　意向 <span style='color:{accent}'>{escape(event.letter)}</span>" if event.letter else ""
    said = event.said if len(event.said) <= QUOTED else event.said[:QUOTED] + "…"
    quote = f"<br><span style='color:{faint}'>“{escape(said)}”</span>" if said else ""
    return f"{day} {escape(event.words)}{letter}{quote}"

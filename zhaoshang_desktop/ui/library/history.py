"""历史: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhaoshang_desktop.domain.changes import Line
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.values import Titles, with_unit, written
from zhaoshang_desktop.ui.pieces import rich

OPERATIONS = {
    "create": "新建",
    "update": "修改",
    "remove": "移到回收站",
    "restore": "从回收站恢复",
    "erase": "彻底删除",
}
LONG = 60


class History(QWidget):
    """The journal of one record in words, newest first."""

    def __init__(self, record: type[Record], lines: Sequence[Line], titles: Titles, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for line in lines:
            label = rich(line_html(record, line, titles))
            label.setProperty("role", "value")
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)


def line_html(record: type[Record], line: Line, titles: Titles) -> str:
    """When, who and what in one line, below it each field before and after."""
    secondary = theme.current().secondary
    road = f"（在外，{escape(line.carried_by)} 带回）" if line.carried_by else ""
    head = f"{to_local(line.at):%Y-%m-%d %H:%M}　{escape(line.actor or '—')}{road}　<b>{OPERATIONS[line.op]}</b>"
    changes = change_texts(record, line, titles) if line.op in ("create", "update") else []
    return head + "".join(f"<br><span style='color:{secondary}'>{escape(text)}</span>" for text in changes)


def change_texts(record: type[Record], line: Line, titles: Titles) -> list[str]:
    """Each changed field as "注册资本：8,000 万 → 1.20 亿"; a new record only says what it held."""
    texts = []
    for name, (before, after) in line.changes.items():
        if name == "raw":
            texts += _raw_texts(record, before or {}, after or {})
            continue
        field = field_of(record, name)
        new = _short(field.kind, after, titles)
        if line.op == "create":
            texts.append(f"{field.label}：{new}")
        else:
            texts.append(f"{field.label}：{_short(field.kind, before, titles)} → {new}")
    return texts


def _short(kind: Any, value: Any, titles: Titles) -> str:
    if value is None or value == kind.empty:
        return "空"
    text = with_unit(written(kind, value, titles))
    return text if len(text) <= LONG else text[:LONG] + "…"


def _raw_texts(record: type[Record], before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    settled = [f"{field_of(record, name).label}：“{text}”已弄清" for name, text in before.items() if name not in after]
    kept = [f"{field_of(record, name).label}：原文“{text}”" for name, text in after.items() if before.get(name) != text]
    return settled + kept

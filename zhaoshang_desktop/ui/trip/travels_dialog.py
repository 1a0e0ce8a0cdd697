"""出发与回程: where one team sets out from and comes back to, on which days, and where it sleeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.trip import Travels
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.trip import Team
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.explained import Explained

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.sight import Sight

FIELDS = ("origin", "goal", "first_day", "last_day")
WIDTH = 420


class TravelsDialog(QDialog):
    """`wanted` (team, Travels) when 保存 was pressed and everything is understood."""

    wanted = Signal(object, object)

    def __init__(self, desk: Desk, sight: Sight, team: Team, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{team.name}：出发与回程")
        self.setMinimumWidth(WIDTH)
        self._team, self._days = team, sight.days
        trip = sight.book.trip
        self.fields = {name: Explained(editor_for(field_of(Team, name), desk, self)) for name in FIELDS}
        self.home = QCheckBox("每晚回出发的地方，不在外过夜", self)
        self.home.setChecked(bool(team.home_nights))
        base = place_name(trip.base) or "没有填写"
        lines = QFormLayout()
        for name, words in zip(FIELDS, ("从哪出发", "回到哪里", "出发日", "返回日"), strict=True):
            self.fields[name].put(getattr(team, name), team.raw.get(name, ""))
            lines.addRow(words, self.fields[name])
        lines.addRow("", self.home)
        note = QLabel(f"不填就和整次外出一样：{base}，{trip.start} 至 {trip.end}。", self)
        note.setWordWrap(True)
        note.setProperty("role", "secondary")
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setProperty("role", "wrong")
        cancel, save = QPushButton("取消", self), QPushButton("保存", self)
        save.setProperty("kind", "primary")
        save.setDefault(True)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addLayout(lines)
        column.addWidget(note)
        column.addWidget(self.said)
        column.addLayout(foot)

    def _save(self) -> None:
        taken = {name: part.take() if part.touched else (getattr(self._team, name), "") for name, part in self._items()}
        if any(raw for _, raw in taken.values()):
            self.said.setText("有一项看不懂，请改一下。")
            return
        values = {name: value for name, (value, _) in taken.items()}
        wrong = self._wrong(values["first_day"], values["last_day"])
        if wrong:
            self.said.setText(wrong)
            return
        self.wanted.emit(self._team.id, Travels(**values, home_nights=self.home.isChecked() or None))
        self.accept()

    def _items(self) -> list[tuple[str, Explained]]:
        return list(self.fields.items())

    def _wrong(self, first: date | None, last: date | None) -> str:
        if first and last and last < first:
            return "返回日早于出发日。"
        outside = [day for day in (first, last) if day and self._days and day not in self._days]
        return f"{outside[0]} 不在这次外出的日子里。" if outside else ""


def travels_words(travels: Travels | None) -> str:
    """What is unlike the whole trip, in a few words; "" when nothing is."""
    if travels is None:
        return ""
    parts = []
    if travels.origin or travels.goal:
        ends = [place_name(place).split()[-1] if place else "" for place in (travels.origin, travels.goal)]
        parts.append("".join((f"{ends[0]}出发" if ends[0] else "", f"回{ends[1]}" if ends[1] else "")))
    first, last = travels.first_day, travels.last_day
    if first or last:
        parts.append(
            f"{first:%m-%d} 至 {last:%m-%d}" if first and last else f"{first:%m-%d} 起" if first else f"到 {last:%m-%d}"
        )
    if travels.home_nights:
        parts.append("每晚回家")
    return " · ".join(parts)

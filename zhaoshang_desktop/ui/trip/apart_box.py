"""Which other visits must not be on the same day: their names typed, or ticked in the list behind the arrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from zhaoshang_desktop.domain.kinds import split_list
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.ui import icons

MARK = "、"


class ApartBox(QWidget):
    """`take` gives the keys of what stands there; `wrong` names what is no visit of this trip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: dict[int, str] = {}
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("不和它们排在同一天，名称用顿号隔开")
        self.line.setAccessibleName("不和谁排在同一天")
        self.arrow = arrow = QToolButton(self)
        arrow.setIcon(icons.icon("down", "secondary"))
        arrow.setToolTip("从这次外出的拜访对象里选")
        arrow.setAccessibleName("选拜访对象")
        arrow.clicked.connect(self._offer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(arrow)
        self.setFocusProxy(self.line)

    def put(self, names: Mapping[int, str], chosen: tuple[int, ...]) -> None:
        """Show the chosen among the visits there are."""
        self._names = dict(names)
        self.line.setText(MARK.join(self._names[key] for key in chosen if key in self._names))

    @property
    def wrong(self) -> str:
        unknown = [part for part in split_list(self.line.text()) if self._key(part) is None]
        return f"这次外出里没有“{MARK.join(unknown)}”，或者不止一家" if unknown else ""

    def take(self) -> tuple[int, ...]:
        """The keys of the visits named, in their order."""
        found = (self._key(part) for part in split_list(self.line.text()))
        return tuple(dict.fromkeys(key for key in found if key is not None))

    def _key(self, text: str) -> int | None:
        wanted = folded(text)
        exact = [key for key, name in self._names.items() if folded(name) == wanted]
        near = exact or [key for key, name in self._names.items() if wanted in folded(name)]
        return near[0] if len(near) == 1 else None

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.take()
        for key, name in self._names.items():
            entry = menu.addAction(name)
            entry.setCheckable(True)
            entry.setChecked(key in chosen)
            entry.setData(str(key))
        menu.triggered.connect(self._toggle)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))

    def _toggle(self, action: QAction) -> None:
        key = int(action.data())
        kept = [one for one in self.take() if one != key]
        self.put(self._names, (*kept, key) if action.isChecked() else tuple(kept))

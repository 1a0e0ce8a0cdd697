"""The head of an opened affair: the way back, what it is called, where it stands, what its step offers, what comes
next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from zhaoshang_desktop.ui import icons, theme
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.pieces import hover

ROOMY = 870
"""Where less wide, nothing is said of what is stored by itself."""


class AffairHead(QFrame):
    """`left` asks for the list, `led_on` for the next step; `called` carries the name of a step's button, `stated` the
    state that was chosen."""

    left = Signal()
    led_on = Signal()
    called = Signal(str)
    stated = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._others: Sequence[str] = ()
        self._buttons: list[QPushButton] = []
        self.setObjectName("toolbar")
        self.setFixedHeight(44)
        back = QToolButton(self)
        back.setIcon(icons.icon("left", "secondary"))
        back.setAccessibleName("回到列表")
        back.setToolTip("回到列表（Esc）")
        self.name, self._beside = _Title(self), QLabel(self)
        self.name.setProperty("role", "heading")
        self._beside.setProperty("role", "secondary")
        self.state = QPushButton(self)
        self.state.setProperty("kind", "chip")
        self.state.setToolTip("改变状态")
        self.stored = QLabel("自动保存", self)
        self._next = QPushButton(self)
        self._next.setProperty("kind", "primary")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(8)
        for widget in (back, self.name, self._beside, self.state, self.stored):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._next)
        back.clicked.connect(self.left)
        self.state.clicked.connect(self._choose_state)
        self._next.clicked.connect(self.led_on)
        self.clear()

    def clear(self) -> None:
        """Say nothing while an affair is on its way."""
        self.name.setText("")
        self._beside.setText("")
        self.state.hide()
        self.stored.hide()
        self.offer((), "")

    def put(self, name: str, beside: str, states: Sequence[str], may_write: bool) -> None:
        """Say what it is and where it stands, the first of `states`; the others can be chosen. Who may only look reads
        so."""
        state, *self._others = states
        self.name.setText(name)
        self._beside.setText(beside)
        self.state.setText(f"{state} ▾" if may_write else state)
        self.state.setEnabled(may_write)
        self.state.show()
        self.stored.setText("自动保存" if may_write else "只能看")
        self.stored.setToolTip("" if may_write else "你的权限是查看：这里的内容可以看、打印，不能改。")
        theme.restyle(self.stored, "role", "secondary" if may_write else "weak")
        self._fit()

    def offer(self, wanted: Buttons, following: str) -> None:
        """What the step in front offers, beside the way to the next; "" when it is the last."""
        self._next.setVisible(bool(following))
        self._next.setText(f"下一步：{following}")
        if wanted == self.offered():
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for text, name in wanted:
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.clicked.connect(self._press)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    def offered(self) -> Buttons:
        """The step's buttons as they stand there."""
        return tuple((button.text(), button.objectName()) for button in self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        known = not self.state.isHidden()
        self.stored.setVisible(known and (self.width() >= ROOMY or not self.state.isEnabled()))

    def _press(self) -> None:
        self.called.emit(self.sender().objectName())

    def _choose_state(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state in self._others:
            menu.addAction(state)
        menu.triggered.connect(self._state_it)
        menu.popup(self.state.mapToGlobal(QPoint(0, self.state.height())))

    def _state_it(self, action: QAction) -> None:
        self.stated.emit(action.text())


class _Title(QLabel):
    """A name whose end is cut with … when there is no room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cut = self.shown()
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, cut)
        self.setToolTip(hover(self.text()) if cut != self.text() else "")

    def shown(self) -> str:
        """What of the name has room."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

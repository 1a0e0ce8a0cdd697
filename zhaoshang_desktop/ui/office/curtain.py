"""The curtain before a locked window: nothing of the office is seen, and only its passphrase takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.office.unlocking import MARGIN_PX, WIDTH_PX, UnlockForm
from zhaoshang_desktop.ui.pieces import label


class Curtain(QFrame):
    """Covers all of `window`; `given` carries the passphrase that was typed."""

    given = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.form = UnlockForm()
        self.form.setFixedWidth(WIDTH_PX - 2 * MARGIN_PX)
        self.unlock = QPushButton("解锁")
        self.unlock.setProperty("kind", "primary")
        self.unlock.setFixedWidth(WIDTH_PX - 2 * MARGIN_PX)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (
            label("已锁定", "title", wraps=False),
            label("没有保存的内容还在，解锁后接着做。", "secondary", wraps=False),
        ):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.unlock.clicked.connect(self.form.give)
        self.form.secret.returnPressed.connect(self.form.give)
        self.form.recovery.returnPressed.connect(self.form.give)
        self.form.given.connect(self.given)
        window.installEventFilter(self)
        self.hide()

    def draw(self) -> None:
        """Before everything else in the window."""
        self.form.clear()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.form.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

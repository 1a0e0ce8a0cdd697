"""Whose name the history gets where nobody signs in: found when an office opens, asked for once if nobody knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.pieces import fit, foot, label

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.main_window import MainWindow

TYPED = "actor"
"""The name that was typed at this PC, "" when its clerk did not want to."""
WIDTH_PX = 400


class Who(QObject):
    """The one place that decides it, for every office that is opened in the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._nameless = False
        self._dialog: NameDialog | None = None
        window.look_changed.connect(self._look_again)

    @property
    def typed(self) -> str:
        """What was typed at this PC; "" when nothing was."""
        return str(self._window.settings.choices.get(TYPED, ""))

    def typed_anew(self, name: str) -> None:
        """The name was asked for; an empty line leaves what is known."""
        self._window.settings.choices[TYPED] = name or self.typed

    def sign(self, office: Office) -> None:
        """Whoever it is acts in this office from now on. Not for the window's thread."""
        self._take(office, self._found(office))

    def ask_once(self) -> None:
        """Ask for the name if nobody knows it and nobody was asked; after the dialog in front."""
        desk = self._window.desk
        if not (desk.is_open and self._nameless and desk.office.may_write):
            return
        if TYPED in self._window.settings.choices:
            return
        front = QApplication.activeModalWidget()
        if isinstance(front, QDialog):
            front.finished.connect(self.ask_once)
            return
        self._window.settings.choices[TYPED] = ""
        self._dialog = NameDialog(self._window)
        self._dialog.accepted.connect(self._asked)
        self._dialog.open()

    def _asked(self) -> None:
        if self._dialog is not None:
            self.typed_anew(self._dialog.name.text().strip())
            self._look_again()

    def _look_again(self) -> None:
        """Another member may have been chosen as 我是."""
        desk = self._window.desk
        if desk.is_open:
            desk.ask(self, self._found, self._found_again)

    def _found_again(self, name: str) -> None:
        if self._window.desk.is_open:
            self._take(self._window.desk.office, name)

    def _found(self, office: Office) -> str:
        from zhaoshang_desktop.actions.office import acts_in  # SQLAlchemy, on another thread

        me = int(self._window.settings.choices.get(f"me.{office.where}", 0))
        return office.user or acts_in(office, me) or self.typed

    def _take(self, office: Office, name: str) -> None:
        self._nameless = not name
        office.actor = name or office.actor


class NameDialog(QDialog):
    """One line; it can be left empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("您的姓名")
        self.setFixedWidth(WIDTH_PX)
        self.name = QLineEdit()
        self.name.setAccessibleName("您的姓名")
        self.name.setPlaceholderText("如：王强")
        self.ok = QPushButton("好")
        later = QPushButton("不写")
        later.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("您的姓名", "heading"))
        column.addWidget(label("写在修改历史、备份和台账里，别人看得出是谁改的。只问这一次。", "secondary"))
        column.addWidget(self.name)
        column.addLayout(foot(later, self.ok))
        self.ok.clicked.connect(self.accept)
        later.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        fit(self)

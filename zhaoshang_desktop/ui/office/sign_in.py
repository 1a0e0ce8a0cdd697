"""登录: asked once, before an office with users is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui.pieces import fit, foot, label

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


WIDTH_PX = 360


class SignInDialog(QDialog):
    """`signed_in` carries the office that knows now who works here, `left` the one that is not opened."""

    signed_in = Signal(object)
    left = Signal(object)

    def __init__(self, office: Office, last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.setWindowTitle("登录")
        self.name = QComboBox()
        self.name.addItems([one.name for one in office.users()])
        self.name.setCurrentText(last)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.wrong = label("", "wrong")
        self.wrong.hide()
        self.ok = QPushButton("登录")
        self.ok.clicked.connect(self._try)
        leave = QPushButton("不打开")
        leave.clicked.connect(self.reject)
        form = QFormLayout()
        form.addRow("姓名", self.name)
        form.addRow("密码", self.password)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(office.name or "办公室", "heading"))
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addLayout(foot(leave, self.ok))
        self.setFixedWidth(WIDTH_PX)
        self.password.setFocus()
        self.rejected.connect(self._leave)
        self.finished.connect(self.deleteLater)

    def _try(self) -> None:
        """A tenth of a second, which the dialog may take: nothing else can be done meanwhile."""
        try:
            self._office.sign_in(self.name.currentText(), self.password.text())
        except KnownError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            fit(self)
            self.password.selectAll()
            self.password.setFocus()
        else:
            self.accept()
            self.signed_in.emit(self._office)

    def _leave(self) -> None:
        self.left.emit(self._office)

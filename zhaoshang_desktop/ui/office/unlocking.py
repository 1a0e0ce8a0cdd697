"""Asking for the passphrase of an encrypted office: in a dialog before it opens, on the curtain when it is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.office.secret_fields import CAPS, CapsWatch, RecoveryLine, secret_line
from zhaoshang_desktop.ui.pieces import fit, foot, label

WIDTH_PX, MARGIN_PX = 440, 24


class UnlockForm(QWidget):
    """`given` carries what was typed; `refuse` says what was wrong with it."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = secret_line("密码")
        self.secret.setAccessibleName("密码")
        self.recovery = RecoveryLine()
        self.recovery.setAccessibleName("恢复密钥")
        self._caps = CapsWatch(self.secret)
        self.hint = label("", "weak")
        self.wrong = label("", "wrong")
        self.other = QPushButton("用恢复密钥打开")
        self.other.setProperty("kind", "link")
        self.other.setAutoDefault(False)
        self._lines = QStackedLayout()
        for line in (self.secret, self.recovery):
            line.setMinimumHeight(line.sizeHint().height())
            self._lines.addWidget(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._lines)
        column.addWidget(self.hint)
        column.addWidget(self.wrong)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._caps.changed.connect(self._warn)
        self.other.clicked.connect(self._swap)
        self.secret.textEdited.connect(self._calm)
        self.recovery.textEdited.connect(self._calm)
        self._calm()
        self._warn(False)

    @property
    def by_recovery(self) -> bool:
        """Is the recovery key being typed rather than the passphrase?"""
        return self._lines.currentWidget() is self.recovery

    def give(self) -> None:
        """Send what was typed, if it can be right at all."""
        if self.by_recovery:
            problem = self.recovery.problem()
            if problem:
                self.refuse(problem)
                return
            self._send(self.recovery.text())
        elif self.secret.text():
            self._send(self.secret.text())
        else:
            self.refuse("请输入密码。")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong; the line is selected, so that typing begins anew."""
        self.setEnabled(True)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.wrong.setMinimumHeight(self.wrong.heightForWidth(self.width()))
        self.focus()
        if not self.by_recovery:
            self.secret.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self.secret.clear()
        self.recovery.clear()
        self.setEnabled(True)
        self._calm()

    def focus(self) -> None:
        """The cursor where one types."""
        (self.recovery if self.by_recovery else self.secret).setFocus()

    def _send(self, text: str) -> None:
        self.setEnabled(False)
        self._calm()
        self.given.emit(text)

    def _calm(self) -> None:
        self.wrong.hide()

    def _warn(self, caps: bool) -> None:
        self.hint.setText(CAPS)
        self.hint.setVisible(caps)

    def _swap(self) -> None:
        self._lines.setCurrentIndex(1 - self._lines.currentIndex())
        self.other.setText("用密码打开" if self.by_recovery else "用恢复密钥打开")
        self._calm()
        self.focus()


class UnlockDialog(QDialog):
    """`given` carries (what was typed, whether this PC shall remember)."""

    given = Signal(str, bool)

    def __init__(self, name: str, why_not_remember: str, parent: QWidget | None = None) -> None:
        """`why_not_remember` is why this PC cannot remember; "" when it can."""
        super().__init__(parent)
        self.setWindowTitle("打开加密的办公室")
        self.setFixedWidth(WIDTH_PX)
        self.form = UnlockForm()
        self.remember = QCheckBox("在这台电脑上记住")
        self.remember.setToolTip("由 Windows 凭据管理器这类系统凭据库保管；登录这台电脑的人不用密码就能打开。")
        self.remember.setEnabled(not why_not_remember)
        why = label(why_not_remember, "secondary")
        why.setVisible(bool(why_not_remember))
        self.open_ = QPushButton("打开")
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 20, MARGIN_PX, 16)
        column.setSpacing(10)
        column.addWidget(label(f"“{name}”已加密", "heading"))
        for widget in (self.form, self.remember, why):
            column.addWidget(widget)
        column.addLayout(foot(cancel, self.open_))
        self.open_.clicked.connect(self.form.give)
        self.form.given.connect(self._pass_on)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def refuse(self, sentence: str) -> None:
        """Say what was wrong and let it be typed again."""
        self.form.refuse(sentence)
        fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)
        self.form.focus()

    def _pass_on(self, text: str) -> None:
        self.given.emit(text, self.remember.isChecked())

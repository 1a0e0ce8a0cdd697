"""文件 › 加密: encrypt this office; or change its passphrase, its recovery key, take the encryption off."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.passphrase import STILL_CLEAR
from zhaoshang_desktop.runtime import credentials
from zhaoshang_desktop.runtime.progress import Progress
from zhaoshang_desktop.runtime.settings import SECOND
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.office.door import REMEMBERED
from zhaoshang_desktop.ui.office.lock import DEFAULT_MINUTES, MINUTES
from zhaoshang_desktop.ui.office.recovery import RecoveryDialog
from zhaoshang_desktop.ui.office.secret_fields import NewSecret, secret_line
from zhaoshang_desktop.ui.office.while_closed import WhileClosed
from zhaoshang_desktop.ui.pieces import fit, foot, label

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.encryption import NewVault, Recoded, Renewal
    from zhaoshang_desktop.store.office import Office

WIDTH_PX = 480
WAITS = (("不自动锁定", 0), ("5 分钟", 5), ("10 分钟", 10), ("30 分钟", 30), ("60 分钟", 60))


class _Dialog(QDialog):
    """A heading, lines, what is wrong, and two buttons."""

    def __init__(self, desk: Desk, title: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle("加密")
        self.setFixedWidth(WIDTH_PX)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        self.wrong = label("", "wrong")
        self.wrong.hide()
        self.do = QPushButton(button)
        cancel = QPushButton("关闭")
        cancel.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(10)
        whole.addWidget(label(title, "heading"))
        whole.addLayout(self.column)
        whole.addWidget(self.wrong)
        whole.addLayout(foot(cancel, self.do))
        cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._begin)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def refuse(self, error: KnownError) -> None:
        """Say what is wrong and let it be tried again."""
        self.wrong.setText(str(error))
        self.wrong.show()
        self.do.setEnabled(True)
        fit(self)
        self.begin()

    def begin(self) -> None:
        """The cursor where one types, at the beginning and after each refusal."""
        raise NotImplementedError

    def _begin(self) -> None:
        self.wrong.hide()
        try:
            self.act()
        except KnownError as error:
            self.refuse(error)

    def act(self) -> None:
        """Do it; a KnownError is said in the dialog."""
        raise NotImplementedError


class EncryptDialog(_Dialog):
    """A plain office becomes unreadable without its passphrase."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, "给这个办公室加密", "加密", parent)
        self.fields = NewSecret()
        self._made: NewVault | None = None
        self.column.addWidget(
            label(
                "加密后，拿到文件的人没有密码什么也读不出来。办公室旁边的备份一起加密。检查通过了才替换原来的文件。",
                "value",
            )
        )
        self.column.addWidget(self.fields)
        self.column.addWidget(label(STILL_CLEAR, "secondary"))
        self.begin()

    def begin(self) -> None:
        self.fields.first.setFocus()

    def act(self) -> None:
        secret = self.fields.taken()
        self.do.setEnabled(False)
        self.desk.run(_make_vault, secret, on_done=self._show_recovery, on_error=self.refuse, words="正在准备")

    def _show_recovery(self, made: NewVault) -> None:
        self._made = made
        shown = RecoveryDialog(self.desk.office.name, made.recovery, self)
        shown.accepted.connect(self._encrypt)
        shown.rejected.connect(self._stay)
        shown.open()

    def _stay(self) -> None:
        self.do.setEnabled(True)

    def _encrypt(self) -> None:
        assert self._made is not None
        second = str(self.desk.settings.choices.get(SECOND, ""))
        work = partial(_encrypt, Path(self.desk.office.where), self._made, Path(second) if second else None)
        job = WhileClosed("正在加密", work, report=_encrypted, key=self._made.key)
        self.accept()
        self.desk.while_closed.emit(job)


class ProtectionDialog(_Dialog):
    """What can be changed of an encrypted office; each needs the passphrase once more."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        in_pack = bool(desk.office.pack)
        super().__init__(desk, f"这个{'出差包' if in_pack else '办公室'}已加密", "更换密码", parent)
        self.secret = secret_line("现在的密码或恢复密钥")
        self.change, self.renew, self.undo = (
            QRadioButton(words)
            for words in ("更换密码", "换一把恢复密钥（旧的那张纸作废）", "解除加密（文件变成明文）")
        )
        self.fields = NewSecret("新密码")
        self._made: Renewal | None = None
        self.waits = QComboBox()
        for words, minutes in WAITS:
            self.waits.addItem(words, minutes)
        self.waits.setCurrentIndex(max(0, self.waits.findData(desk.settings.choices.get(MINUTES, DEFAULT_MINUTES))))
        self.forget = QPushButton("不再记住密码")
        self.forget.setAutoDefault(False)
        self.forgotten = label("没有记住密码，每次打开都要输入。", "secondary")
        self._show_kept()
        kept = QVBoxLayout()
        kept.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        kept.addWidget(self.forgotten)
        lines = QFormLayout()
        lines.setHorizontalSpacing(16)
        lines.addRow("没人用时自动锁定", self.waits)
        lines.addRow("这台电脑", kept)
        lines.addRow("现在的密码", self.secret)
        self.column.addLayout(lines)
        for choice in (self.change, self.renew, self.undo):
            self.column.addWidget(choice)
            if choice is self.change:
                self.column.addWidget(self.fields)
        self.undo.setVisible(not in_pack)  # on the road nothing lies in clear
        self.change.setChecked(True)
        for choice in (self.change, self.renew, self.undo):
            choice.toggled.connect(self._fold)
        self.waits.activated.connect(self._keep_waits)
        self.forget.clicked.connect(self._forget)
        self.begin()

    def begin(self) -> None:
        self.secret.setFocus()
        self.secret.selectAll()

    def act(self) -> None:
        if not self.secret.text():
            raise KnownError("请先输入现在的密码。")
        if self.change.isChecked():
            new = self.fields.taken()
            self._run(_change, new, done=self._changed)
        elif self.renew.isChecked():
            self._run(_renew, done=self._renewed)
        else:
            self._run(_is_right, done=self._decrypt)

    def _run(self, action: object, *more: str, done: object) -> None:
        self.do.setEnabled(False)
        self.desk.run(action, self.secret.text(), *more, on_done=done, on_error=self.refuse)  # type: ignore[arg-type]

    def _changed(self, _nothing: None) -> None:
        self.accept()
        self.desk.say("密码已更换。已有的备份和出差包仍用原来的密码打开。")

    def _renewed(self, made: Renewal) -> None:
        self._made = made
        shown = RecoveryDialog(self.desk.office.name, made.text, self)
        shown.accepted.connect(self._put)
        shown.rejected.connect(self._stay)
        shown.open()

    def _put(self) -> None:
        self.desk.run(_put, self._made, on_done=self._put_done, on_error=self.refuse, words="正在更换恢复密钥")

    def _put_done(self, _nothing: None) -> None:
        self.accept()
        self.desk.say("恢复密钥已更换，旧的那张纸打不开办公室了；以前的备份仍用旧的。")

    def _stay(self) -> None:
        self.do.setEnabled(True)

    def _decrypt(self, _nothing: None) -> None:
        work = partial(_decrypt, Path(self.desk.office.where), self.secret.text())
        self.accept()
        self.desk.while_closed.emit(WhileClosed("正在解除加密", work, "已解除加密，文件现在是明文。", key=None))

    def _fold(self) -> None:
        self.fields.setVisible(self.change.isChecked())
        deed = "更换密码" if self.change.isChecked() else "换恢复密钥" if self.renew.isChecked() else "解除加密"
        self.do.setText(deed)
        fit(self)

    def _show_kept(self) -> None:
        """Whether this PC remembers the passphrase, and that it need not."""
        kept = self.desk.office.where in self.desk.settings.choices.get(REMEMBERED, [])
        self.forget.setVisible(kept)
        self.forgotten.setVisible(not kept)

    def _keep_waits(self) -> None:
        self.desk.settings.choices[MINUTES] = self.waits.currentData()
        self.desk.called.emit("office.watch")

    def _forget(self) -> None:
        kept = self.desk.settings.choices.get(REMEMBERED, [])
        self.desk.settings.choices[REMEMBERED] = [one for one in kept if one != self.desk.office.where]
        self._show_kept()
        self.desk.run(_forget_key, words="正在清除")


def _make_vault(_office: Office, secret: str) -> NewVault:
    from zhaoshang_desktop.actions.encryption import new_vault  # on the worker's thread

    return new_vault(secret)


def _encrypt(where: Path, made: NewVault, second: Path | None, *, progress: Progress) -> Recoded:
    from zhaoshang_desktop.actions.encryption import encrypt  # on the thread that does it

    return encrypt(where, made, second=second, progress=progress)


def _encrypted(done: Recoded) -> str:
    left = f"这些文件还是明文，请自己处理：{'、'.join(done.left)}。" if done.left else ""
    return f"已加密{f'，连同 {done.backups} 份备份' if done.backups else ''}。{left}"


def _decrypt(where: Path, secret: str, *, progress: Progress) -> None:
    from zhaoshang_desktop.actions.encryption import decrypt  # on the thread that does it

    decrypt(where, secret, progress=progress)


def _change(office: Office, secret: str, new: str) -> None:
    from zhaoshang_desktop.actions.encryption import change_passphrase  # on the worker's thread

    change_passphrase(Path(office.where), secret, new)


def _renew(office: Office, secret: str) -> Renewal:
    from zhaoshang_desktop.actions.encryption import another_recovery  # on the worker's thread

    return another_recovery(Path(office.where), secret)


def _put(office: Office, made: Renewal) -> None:
    from zhaoshang_desktop.actions.encryption import put_recovery  # on the worker's thread

    put_recovery(Path(office.where), made)


def _is_right(office: Office, secret: str) -> None:
    from zhaoshang_desktop.actions.encryption import prove  # on the worker's thread

    prove(Path(office.where), secret)


def _forget_key(office: Office) -> None:
    from zhaoshang_desktop.actions.encryption import mark_of  # on the worker's thread

    credentials.forget(mark_of(Path(office.where)))

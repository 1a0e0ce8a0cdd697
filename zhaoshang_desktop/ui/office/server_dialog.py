"""连接服务器: one dialog with everything that is needed, and a button that tries it and says in words what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.server import CLEAR, ENCRYPTED, PORT, VERIFIED, Address, read_address, try_address
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime import passwords
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.help import SERVER_HELP, PageDialog
from zhaoshang_desktop.ui.listener import Listener
from zhaoshang_desktop.ui.pieces import button, number_box
from zhaoshang_desktop.ui.tab_order import in_order

if TYPE_CHECKING:
    from zhaoshang_desktop.store.trying import Found

ENCRYPTIONS = ((VERIFIED, "必须加密，并核对证书（推荐）"), (ENCRYPTED, "必须加密"), (CLEAR, "能加密就加密"))
MOVING = (
    "整个办公室复制到一个空的数据库，逐条核对；搬的时候这里只能看。原来的文件不动，搬完只能看。\n"
    "文件的用户和密码不搬，服务器上由三种角色代替；办公室的加密也不跟着去，那台电脑要开磁盘加密。"
)
WIDTH = 520


class ServerDialog(QDialog):
    """`chosen` carries the address of a server that was reached: with `move`, an empty one to move to; else one
    that holds an office."""

    chosen = Signal(str)
    _tried = Signal(object, object)

    def __init__(self, url: str, parent: QWidget, *, move: bool = False, wrong: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("把办公室移到服务器" if move else "连接服务器")
        self.setMinimumWidth(WIDTH)
        self._move = move
        self._go_on = False
        self._trying: Address | None = None
        self._build()
        self._fill(url)
        self._tell(wrong, "wrong")
        self._tried.connect(self._answer)
        self.finished.connect(self.deleteLater)

    @property
    def address(self) -> Address:
        """What is filled in."""
        return Address(
            self.host.text().strip(),
            self.database.text().strip(),
            self.user.text().strip(),
            self.password.text(),
            self.port.value(),
            str(self.encryption.currentData()),
            self.certificate.text().strip(),
        )

    @property
    def said(self) -> str:
        """What the last try said."""
        return self._said.text()

    def try_it(self) -> None:
        """Only look."""
        self._go_on = False
        self._start()

    def go(self) -> None:
        """Look, and go on when it is as it should be."""
        self._go_on = True
        self._start()

    def _build(self) -> None:
        self.host, self.database, self.user, self.password = (QLineEdit(self) for _ in range(4))
        self.host.setPlaceholderText("192.168.1.10 或 office-server")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port = number_box(self)
        self.port.setRange(1, 65_535)
        self.encryption = QComboBox(self)
        for value, words in ENCRYPTIONS:
            self.encryption.addItem(words, value)
        self.encryption.currentIndexChanged.connect(self._show_certificate)
        self.certificate = QLineEdit(self)
        self.certificate.setPlaceholderText("管理员给的 root.crt")
        self._browse = QPushButton("选择…", self)
        self._browse.clicked.connect(self._choose_certificate)
        able = passwords.can_remember()
        how = "由系统的凭据库保管" if able else "没有可用的凭据库，每次要输入"
        self.remember = QCheckBox(f"在这台电脑上记住密码（{how}）", self)
        self.remember.setEnabled(able)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        if self._move:
            column.addWidget(self._hint(MOVING))
        column.addLayout(self._form())
        column.addWidget(self._said)
        column.addStretch(1)
        column.addLayout(self._buttons())
        for box, name in ((self.host, "服务器地址"), (self.port, "端口"), (self.certificate, "证书文件")):
            box.setAccessibleName(name)
        in_order(self.host, self.port, self.database, self.user, self.password, self.remember, self.encryption)
        in_order(self.encryption, self.certificate, self._browse, self._try, self._help, self._cancel, self._go)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.host, 1)
        place.addWidget(QLabel("端口", self))
        place.addWidget(self.port)
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self.certificate, 1)
        file.addWidget(self._browse)
        form.addRow("服务器地址", place)
        form.addRow("数据库", self.database)
        form.addRow("用户名", self.user)
        form.addRow("密码", self.password)
        form.addRow("", self.remember)
        form.addRow("加密", self.encryption)
        form.addRow("证书文件", file)
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._try = QPushButton("测试连接", self)
        self._try.clicked.connect(self.try_it)
        self._help = button("服务器怎么装", "link", self._show_help)
        self._cancel = QPushButton("取消", self)
        self._cancel.clicked.connect(self.reject)
        self._go = QPushButton("开始搬" if self._move else "打开", self)
        self._go.setProperty("kind", "primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self.go)
        row.addWidget(self._try)
        row.addWidget(self._help)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._go)
        return row

    def _hint(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "secondary")
        label.setWordWrap(True)
        return label

    def _fill(self, url: str) -> None:
        known = read_address(url) if url else Address("", "", "")
        self.host.setText(known.host)
        self.port.setValue(known.port or PORT)
        self.database.setText(known.database)
        self.user.setText(known.user)
        self.password.setText(known.password or (passwords.recall(url) if url else ""))
        self.encryption.setCurrentIndex(max(self.encryption.findData(known.encryption), 0))
        self.certificate.setText(known.certificate)
        self._show_certificate()
        (self.password if known.host else self.host).setFocus()

    def _show_certificate(self) -> None:
        wanted = self.encryption.currentData() == VERIFIED
        self.certificate.setEnabled(wanted)
        self._browse.setEnabled(wanted)

    def _choose_certificate(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, "证书文件", "", "证书 (*.crt *.pem *.cer);;所有文件 (*)")
        if place:
            self.certificate.setText(place)

    def _start(self) -> None:
        """One try at a time; what is filled in meanwhile is for the next."""
        if self._trying is None:
            self._trying = self.address
            self._tell("正在连接…", "secondary")
            told = Listener(self._hear)
            threading.Thread(target=_try, args=(self._trying, told), name="server trier", daemon=True).start()

    def _hear(self, found: Found | None, words: str) -> None:
        """On the trier's thread."""
        self._tried.emit(found, words)

    def _answer(self, found: Found | None, words: str) -> None:
        address, self._trying = self._trying, None
        if found is None or address is None:
            self._tell(words, "wrong")
            return
        may_fill = found.office is None and found.empty and not found.unfit
        good = may_fill if self._move else found.office is not None
        if self._go_on and good:
            self._keep(address)
        elif self._go_on and not self._move:
            self._tell(f"{words}要先在有办公室的电脑上用“把办公室移到服务器”。", "weak")
        else:
            self._tell(words, "value" if good else "weak")

    def _show_help(self) -> None:
        PageDialog(SERVER_HELP, "server", self).open()

    def _keep(self, address: Address) -> None:
        if self.remember.isChecked():
            passwords.remember(address.url, address.password)
        self.accept()
        self.chosen.emit(passwords.hold(address.url))

    def _tell(self, words: str, role: str) -> None:
        self._said.setText(words)
        theme.restyle(self._said, "role", role)


def _try(address: Address, tell: Callable[[Found | None, str], object]) -> None:
    """On a thread of its own: a server that is not there takes ten seconds to be sure of. Who has left the dialog
    meanwhile is not told."""
    try:
        found, words = try_address(address)
        tell(found, words)
    except KnownError as error:
        tell(None, str(error))
    except Exception as error:
        tell(None, f"没有连上：{error}")
        raise

"""用户与权限: who may sign in, as what; honest about what that guards against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions import rights as actions
from zhaoshang_desktop.domain.rights import ROLE_TITLES, ROLE_WORDS, Right, Role
from zhaoshang_desktop.store.users import SHORTEST
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.asking import confirm
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.pieces import button, fit, foot, label
from zhaoshang_desktop.ui.row_table import fill_lines, line_table

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.rights import Person, Rights
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.ui.desk import Desk

_SIGN_IN = "有了用户，打开办公室时要登录，修改和台账都记在谁名下。这防的是误操作："
ON_FILE = (
    f"{_SIGN_IN}拿到文件的人用别的程序照样能看能改。要防外人，请给办公室加密；要真正分权，请把办公室放到服务器上。"
)
ENCRYPTED = (
    f"{_SIGN_IN}文件已加密，没有密码的人什么也读不出来，知道密码的人用别的程序照样能看能改。"
    "要真正分权，请把办公室放到服务器上。"
)
IN_PACK = "出差包已加密，没有密码的人什么也读不出来，知道密码的人打开就能看、能改。用户请在办公室里管。"
ON_SERVER = "权限由服务器执行：领导只能看，专员能写，管理员改结构、清除、改标准。绕开本程序也一样。"
ADMIN_ON_SERVER = "还能清除、改标准、改结构、搬办公室"
MANAGED = "用户由管理员来管。"
ON_SERVER_MANAGED = "服务器上的用户要用能建角色的账号来管：用设立三种角色的那个账号登录，或请服务器管理员。"
NOBODY = "还没有用户：谁打开都能做一切。第一个用户是管理员，就是您自己。"
NOT_SET_UP = "服务器上还没有设立三种角色：谁连得上，谁就能做数据库允许的一切。"


WIDTH_PX = 360


class UsersPart(Part):
    """The list, and what an admin does with it."""

    TITLE = "用户与权限"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rights: Rights | None = None
        self.hint, self.state = label("", "secondary"), label("", "value")
        self.add = button("新用户…", "", self._add)
        self.change = button("改身份或密码…", "", self._change)
        self.drop = button("去掉", "", self._drop)
        self.set_up = button("设立三种角色", "", self._set_up)
        self.set_up.setProperty("kind", "primary")
        self.sql = button("复制 SQL", "", self._copy_sql)
        self.list = line_table("用户", ("用户", "身份", "可以做什么"), (180, 140), self)
        self.list.itemSelectionChanged.connect(self._enable)
        head = QHBoxLayout()
        head.addWidget(label(self.TITLE, "title", wraps=False))
        head.addStretch(1)
        for one in (self.sql, self.set_up, self.drop, self.change, self.add):
            head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.state)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    @property
    def answered(self) -> bool:
        return self.rights is not None

    def load(self) -> None:
        self.desk.ask((self, "rights"), actions.rights_of, self._show)

    def status(self) -> str:
        return f"用户 {len(self.rights.people)} 个" if self.rights and self.rights.people else ""

    def put(self, name: str, role: Role, password: str) -> None:
        """Make that user, or change what is known of one."""
        self.desk.run(actions.put_user, name, role, password, on_done=self._done, words="正在保存用户")

    def _show(self, rights: Rights) -> None:
        self.rights = rights
        office = self.desk.office
        on_file = IN_PACK if office.pack else ENCRYPTED if office.key is not None else ON_FILE
        self.hint.setText(ON_SERVER if rights.server else on_file)
        missing = NOT_SET_UP if rights.server else NOBODY
        me = f"您现在是：{office.user or office.actor}，{ROLE_TITLES[office.role]}。" if office.role else ""
        manager = ON_SERVER_MANAGED if rights.server and office.may(Right.USERS) else MANAGED
        others = "" if rights.managed else manager
        self.state.setText(f"{me}{others}" if rights.guarded else missing)
        words = ROLE_WORDS | ({Role.ADMIN: ADMIN_ON_SERVER} if rights.server else {})
        fill_lines(self.list, [(one.name, ROLE_TITLES[one.role], words[one.role]) for one in rights.people])
        self.list.setVisible(rights.guarded)
        self.set_up.setVisible(rights.server and not rights.guarded)
        theme.restyle(self.add, "kind", "" if rights.guarded or rights.server else "primary")
        for one in (self.change, self.drop):
            one.setVisible(rights.guarded)
        self.sql.setVisible(rights.server)
        self._enable()
        self.told.emit()

    def _enable(self) -> None:
        rights = self.rights
        able = self.desk.is_open and rights is not None and rights.managed
        self.add.setEnabled(able)
        for one in (self.change, self.drop):
            one.setEnabled(able and self._chosen() is not None)

    def _chosen(self) -> Person | None:
        row = self.list.currentRow()
        return self.rights.people[row] if self.rights and 0 <= row < len(self.rights.people) else None

    def _add(self) -> None:
        first = self.rights is not None and not self.rights.people and not self.rights.server
        self._open(UserDialog("", Role.ADMIN if first else Role.CLERK, self, fixed_role=first))

    def _change(self) -> None:
        one = self._chosen()
        if one is not None:
            self._open(UserDialog(one.name, one.role, self))

    def _open(self, dialog: UserDialog) -> None:
        dialog.accepted.connect(self._put_chosen)
        dialog.open()

    def _put_chosen(self) -> None:
        dialog = self.sender()
        if isinstance(dialog, UserDialog):
            self.put(dialog.name.text(), Role(dialog.role.currentData()), dialog.password.text())

    def _drop(self) -> None:
        one = self._chosen()
        last = self.rights is not None and len(self.rights.people) == 1 and not self.rights.server
        more = "以后打开这个办公室不用登录，谁都能做一切。" if last else "以后不能再登录；记过的都还在。"
        if one is not None and confirm(self, f"去掉用户“{one.name}”？{more}", "去掉"):
            self.desk.run(actions.drop_user, one.name, on_done=self._done, words="正在去掉用户")

    def _set_up(self) -> None:
        self.desk.run(actions.set_up_server, on_done=self._done, on_error=self._refused, words="正在设立角色")

    def _refused(self, error: KnownError) -> None:
        self.desk.complained.emit(error)
        self.state.setText("您的服务器账号不能建角色。请点“复制 SQL”，交给服务器管理员执行。")

    def _copy_sql(self) -> None:
        self.desk.ask((self, "sql"), actions.server_sql, self._copied)

    def _copied(self, sql: str) -> None:
        QApplication.clipboard().setText(sql)
        self.desk.say("三种角色的 SQL 已复制，交给服务器管理员执行即可，可以重复执行。")

    def _done(self, rights: Rights) -> None:
        self._show(rights)
        self.desk.say("用户与权限已保存。")
        self.desk.rights_changed.emit()


class UserDialog(QDialog):
    """One user: name, role, password (left empty it stays what it is)."""

    def __init__(self, name: str, role: Role, parent: QWidget, *, fixed_role: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("改用户" if name else "新用户")
        self.name, self.password, self.again = QLineEdit(name), QLineEdit(), QLineEdit()
        self.name.setReadOnly(bool(name))
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText("不填就不改" if name else f"至少 {SHORTEST} 个字符")
        self.role = QComboBox()
        for one in Role:
            self.role.addItem(ROLE_TITLES[one], one)
        self.role.setCurrentIndex(list(Role).index(role))
        self.role.setEnabled(not fixed_role)
        self.wrong = label("", "wrong")
        self.wrong.hide()
        self.ok = QPushButton("保存")
        self.ok.clicked.connect(self._check)
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow("姓名", self.name)
        form.addRow("身份", self.role)
        form.addRow("密码", self.password)
        form.addRow("再输一遍", self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addLayout(foot(cancel, self.ok))
        self.setFixedWidth(WIDTH_PX)
        self.finished.connect(self.deleteLater)

    def _check(self) -> None:
        """What can be seen here is said here."""
        if not self.name.text().strip():
            self._say("请填上姓名。", self.name)
        elif self.password.text() != self.again.text():
            self._say("两遍密码不一样。", self.again)
        elif not self.password.text() and not self.name.isReadOnly():
            self._say("新用户要有密码。", self.password)
        elif 0 < len(self.password.text()) < SHORTEST:
            self._say(f"密码至少 {SHORTEST} 个字符。", self.password)
        else:
            self.accept()

    def _say(self, sentence: str, line: QLineEdit) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        fit(self)
        line.setFocus()
        line.selectAll()

"""Every command of the program, in one place, with its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from zhaoshang_desktop.domain.rights import Right


@dataclass(frozen=True)
class Command:
    """`listed` keys count only while a list has the focus (Enter, Del, Space and the like);
    `more` is a submenu that somebody else fills."""

    name: str
    text: str
    key: str = ""
    listed: bool = False
    more: bool = False


LINE = None

MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    (
        "文件(&F)",
        (
            Command("office.new", "新建办公室…"),
            Command("office.open", "打开办公室…", "Ctrl+O"),
            Command("office.recent", "最近打开", more=True),
            LINE,
            Command("server.connect", "连接服务器…"),
            Command("server.to", "把办公室移到服务器…"),
            Command("server.from", "把办公室搬回文件…"),
            Command("office.reopen", "重新启用搬走的办公室…"),
            LINE,
            Command("sending.out", "下发填报表…"),
            Command("sending.home", "收回下发表…"),
            Command("sending", "下发与汇总"),
            Command("form.fill", "填上级报表…"),
            Command("forms", "上级报表"),
            LINE,
            Command("office.standards", "标准与参数…"),
            Command("office.backups", "备份与恢复…"),
            Command("office.checking", "检查与修复…"),
            Command("office.ledger", "台账…"),
            Command("office.users", "用户与权限…"),
            Command("office.space", "附件…"),
            Command("office.protect", "加密…"),
            Command("office.lock", "立即锁定", "Ctrl+L"),
            LINE,
            Command("settings", "设置…", "Ctrl+,"),
            LINE,
            Command("quit", "退出", "Ctrl+Q"),
        ),
    ),
    (
        "编辑(&E)",
        (
            Command("undo", "撤销", "Ctrl+Z"),
            Command("redo", "重做", "Ctrl+Y"),
            LINE,
            Command("record.copy", "复制选中的行", "Ctrl+C", listed=True),
            Command("lead.paste", "粘贴成信息…", "Ctrl+V", listed=True),
            Command("record.all", "全选", "Ctrl+A", listed=True),
            Command("record.check", "勾选", "Space", listed=True),
            LINE,
            Command("find", "搜索本库", "Ctrl+F"),
            Command("find.everywhere", "全局搜索", "Ctrl+K"),
        ),
    ),
    (
        "库(&L)",
        (
            Command("record.new", "新建", "Ctrl+N"),
            Command("record.open", "打开", "Return", listed=True),
            Command("record.edit", "就地修改", "F2", listed=True),
            Command("record.save", "保存", "Ctrl+S"),
            Command("record.previous", "上一条", "Ctrl+PgUp"),
            Command("record.next", "下一条", "Ctrl+PgDown"),
            Command("record.remove", "移到回收站", "Del", listed=True),
            Command("record.restore", "从回收站恢复"),
            Command("record.erase", "彻底删除…"),
            LINE,
            Command("library.import", "导入…", "Ctrl+I"),
            Command("library.export", "导出…", "Ctrl+E"),
            Command("library.bin", "回收站"),
            Command("library.keep", "保存当前筛选…"),
            LINE,
            Command("units", "单位"),
            Command("members", "招商人员"),
        ),
    ),
    (
        "查看(&V)",
        (
            Command("tabs", "页面", more=True),
            LINE,
            Command("fold.views", "显示或收起左栏", "F8"),
            Command("fold.detail", "显示或收起右栏", "F9"),
            Command("library.columns", "选择列…"),
            Command("density", "行高", more=True),
            LINE,
            Command("reload", "刷新", "F5"),
            Command("tab.close", "关闭这个页面", "Ctrl+W"),
        ),
    ),
    (
        "外出(&T)",
        (
            Command("trip.new", "新建外出…", "Ctrl+Shift+N"),
            Command("trips", "外出"),
            Command("today", "今日：正在外出的这一天", "F6"),
            Command("visit.add", "临时拜访…", "F7"),
            Command("visit.replan", "从现在起重排后面的行程…", "Ctrl+R"),
            Command("visit.facts", "记下新事实…", "F4"),
            Command("todo", "待办"),
            LINE,
            Command("reception.new", "新建接待…", "Ctrl+Shift+J"),
            Command("receptions", "请进来"),
            LINE,
            Command("pack.out", "带出出差包…"),
            Command("pack.home", "带回出差包…"),
            Command("packs", "出差包登记"),
        ),
    ),
    (
        "帮助(&H)",
        (
            Command("help.server", "办公室服务器：怎么装"),
            Command("help.keys", "快捷键", "F1"),
            Command("help.rules", "使用须知"),
            Command("help.about", "关于招商桌面"),
        ),
    ),
)


NEEDS: dict[str, Right] = {
    **dict.fromkeys(("undo", "redo", "record.new", "record.edit", "record.save"), Right.WRITE),
    **dict.fromkeys(("record.remove", "record.restore", "library.import", "importing", "trip.new"), Right.WRITE),
    **dict.fromkeys(("pack.out", "take.out", "pack.home", "sending.out", "sending.home"), Right.WRITE),
    **dict.fromkeys(("reception.new", "reception.paste", "reception.guests", "reception.ours"), Right.WRITE),
    "reception.log": Right.WRITE,
    **dict.fromkeys(("suggest", "roads", "what_if"), Right.WRITE),
    **dict.fromkeys(("visit.add", "visit.replan", "visit.facts", "lead.paste", "fill", "finish"), Right.WRITE),
    "record.erase": Right.ERASE,
    **dict.fromkeys(("office.protect", "server.to", "server.from"), Right.SETTINGS),
    "office.reopen": Right.REOPEN,
}
"""The commands that not everybody may use, where an office has users."""
READS = frozenset(
    """
    office.new office.open office.recent server.connect sending form.fill forms office.standards office.backups
    office.checking office.ledger office.users office.space office.lock office.watch office.keep settings quit
    record.copy record.all record.check find find.everywhere record.open record.previous record.next library.export
    library.bin library.all library.clear library.keep library.columns units members tabs fold.views fold.detail density
    reload tab.close trips today todo report.word receptions reception.ledger packs help.server help.keys help.rules
    help.about
    print save export files
    """.split()
)
"""Those that everybody may: they show, print, export, or keep what belongs to this PC. (What 办公室 offers asks by
itself.) A test holds that each command is in one of the two."""


def commands() -> Iterator[Command]:
    """All of them, in the order of the menus."""
    for _, entries in MENUS:
        yield from (command for command in entries if command is not None)


class CommandBar(QObject):
    """The menus, and an action for every command; `called` carries the name of the chosen one."""

    called = Signal(str)
    opening = Signal()

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.actions: dict[str, QAction] = {}
        self.submenus: dict[str, QMenu] = {}
        self._menus = [bar.addMenu(title) for title, _ in MENUS]
        for menu in self._menus:
            menu.aboutToShow.connect(self.opening)

    def fill(self) -> None:
        """Make the entries; done after the window is first seen, since eighty of them take their time."""
        for menu, (_, entries) in zip(self._menus, MENUS, strict=True):
            for command in entries:
                if command is None:
                    menu.addSeparator()
                elif command.more:
                    self.submenus[command.name] = menu.addMenu(command.text)
                else:
                    menu.addAction(self._action(command))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setData(command.name)
        action.setShortcut(QKeySequence(command.key))
        if command.listed:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._call)
        self.actions[command.name] = action
        return action

    def _call(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.called.emit(sender.data())

"""帮助: the keys, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QKeySequence,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop import __version__
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.ui.commands import MENUS
from zhaoshang_desktop.ui.pieces import fit

MORE_KEYS = (("Ctrl+1 … 6", "换到第几个页面"), ("Esc", "退一步：关提示、清搜索、回列表"), ("双击", "就地修改一格"))
KEY_COLUMNS = 3
KEY_NAMES = {"Return": "回车", "Space": "空格"}
ABOUT = (
    f"招商桌面 {__version__}",
    "县（市、区）投资促进部门的桌面程序：客商、项目、信息、专家四库，外出招商与接待。",
    "本程序不联网，资料只在你们自己的电脑或服务器上。",
    "不得录入国家秘密和工作秘密。文件加密用的 SQLCipher 不是经认证的商用密码产品。",
    "许可证：MIT。界面用 Qt（LGPL），字体用 Noto Sans SC、Noto Serif SC、霞鹜文楷（OFL）。",
)


RULES = (
    ("不要录入国家秘密和工作秘密", "领导的活动安排往往属于工作秘密。程序里没有密级这一项，也不能代替涉密系统。"),
    (
        "程序不联网",
        "它不访问任何网址，不上传、不统计；只有办公室放在你们自己的 PostgreSQL 服务器上时，才和那台服务器通信。",
    ),
    (
        "加密是为电脑丢失准备的",
        "办公室可以加密（“文件 › 加密”）。所用的 SQLCipher 不是经认证的商用密码产品，不能用来满足密码应用的合规要求。",
    ),
    ("个人信息只为招商联络所用", "记下依据和保存期限；不写对方看了会不快的话；带出境以前先想清楚。"),
)
SERVER_HELP = "办公室服务器：怎么装"
PAGE_SIZE = (760, 600)
HEADING_POINTS, HEADING_GAP, GAP = (15, 11), 16, 3


class KeysDialog(QDialog):
    """Every command that has a key, in the order of the menus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("快捷键")
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        keys = [(_said(one.key), one.text) for _, menu in MENUS for one in menu if one and one.key]
        lines = [*keys, *MORE_KEYS]
        each = -(-len(lines) // KEY_COLUMNS)
        for number, (key, text) in enumerate(lines):
            row, column = number % each, (number // each) * 3
            grid.addWidget(QLabel(text.rstrip("…")), row, column)
            grid.addWidget(_label(key, "secondary", wrap=False), row, column + 1)
        for gap in range(1, KEY_COLUMNS):
            grid.setColumnMinimumWidth(3 * gap - 1, 16)


class RulesDialog(QDialog):
    """What does not belong in the program, and what it does not do: shown at the first start, and from the menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("使用须知")
        self.setFixedWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(6)
        column.addWidget(_label("开始之前", "title"))
        for heading, text in RULES:
            column.addSpacing(6)
            column.addWidget(_label(heading, "section"))
            column.addWidget(_label(text, "value"))
        column.addSpacing(6)
        column.addWidget(_label("以后可以在“帮助 › 使用须知”里再看。", "secondary"))
        known = QPushButton("知道了")
        known.setProperty("kind", "primary")
        known.setDefault(True)
        known.clicked.connect(self.accept)
        column.addWidget(known, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)


class AboutDialog(QDialog):
    """What it is, whose it is, what must not be entered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("关于招商桌面")
        self.setFixedWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for number, text in enumerate(ABOUT):
            column.addWidget(_label(text, "heading" if number == 0 else "value"))


class PageDialog(QDialog):
    """A page of the help that ships, to read and to print."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        room = parent.window().size()
        self.resize(min(PAGE_SIZE[0], room.width()), min(PAGE_SIZE[1], room.height()))
        self.text = QTextBrowser(self)
        self.text.setMarkdown(paths.resource("help", f"{name}.md").read_text(encoding="utf-8"))
        _lay_out(self.text.document())
        printing = QPushButton("打印…", self)
        printing.setShortcut(QKeySequence.StandardKey.Print)
        printing.clicked.connect(self._print)
        close = QPushButton("关闭", self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 12)
        row.addWidget(printing)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # made when first needed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            self.text.print_(printer)
        dialog.deleteLater()


def _lay_out(page: QTextDocument) -> None:
    """Headings as the program's own, with air above them, and the same between paragraphs."""
    page.setDocumentMargin(20)
    cursor = QTextCursor(page)
    block = page.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        form = QTextBlockFormat()
        form.setTopMargin(HEADING_GAP if level else GAP)
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(form)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            letters.setFontPointSize(HEADING_POINTS[level - 1])
            letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            cursor.mergeCharFormat(letters)
        block = block.next()


def _said(key: str) -> str:
    text = QKeySequence(key).toString()
    return KEY_NAMES.get(text, text)


def _label(text: str, role: str, *, wrap: bool = True) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label

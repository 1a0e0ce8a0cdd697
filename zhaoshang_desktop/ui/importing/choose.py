"""选择文件: by dropping it, from the disk, or again one of those lately imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.libraries import LIBRARIES, LIBRARY_TITLES
from zhaoshang_desktop.exchange.cards import are_cards
from zhaoshang_desktop.ui import icons, theme
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import Step, clear
from zhaoshang_desktop.ui.pieces import hover

ENDINGS = "*.xlsx *.xls *.xlsm *.et *.ods *.csv *.tsv *.txt *.vcf"
FOLDER = "import.folder"
_WIDTH = 640


class ChooseStep(Step):
    """`picked` a file has been chosen; the wizard goes on when it has been read."""

    title = "选择文件"
    picked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.drop = DropZone(self)
        self.error = ErrorCard("换一个文件…", self)
        self.password = _PasswordCard(self)
        self._recent_box = QWidget(self)
        self._recent = QVBoxLayout(self._recent_box)
        self._recent.setContentsMargins(0, 0, 0, 0)
        self._recent.setSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(16)
        for widget in (self._libraries(), self.drop, self.error, self.password, self._recent_box):
            column.addWidget(widget)
        column.addStretch(1)
        box = QWidget(self)
        box.setLayout(column)
        box.setMaximumWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 12)
        row.addStretch(1)
        row.addWidget(box, 100)
        row.addStretch(1)
        self.drop.dropped.connect(self.take)
        self.drop.button.clicked.connect(self.browse)
        self.password.given.connect(self._take_password)
        self.error.button.clicked.connect(self.browse)
        session.password_wanted.connect(self._ask_password)
        session.opened.connect(self._settle)
        self._settle()
        self.show_recent()

    @property
    def question(self) -> str:
        return "导入哪个表格？"

    @property
    def hint(self) -> str:
        return "原文件不会被改动；导入以后可以整批撤销"

    @property
    def onward(self) -> str:
        return "下一步：认表" if self.session.workbook is not None else ""

    def status(self) -> str:
        return "支持 .xlsx .xls .et .ods .csv 和名片 .vcf，全部可撤销"

    def arrive(self) -> None:
        self.show_recent()
        first = self.password.line if self.password.isVisible() else self.drop.button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, chosen: Path | Sequence[Path]) -> None:
        """Read that file, or these files of cards."""
        paths = [chosen] if isinstance(chosen, Path) else list(chosen)
        self._settle()
        self.session.desk.settings.choices[FOLDER] = str(paths[0].parent)
        self.session.open(paths)
        self.drop.show_file(self.session.called)
        self.picked.emit()

    def browse(self) -> None:
        """Choose one from the disk, or several of cards."""
        folder = str(self.session.desk.settings.choices.get(FOLDER, ""))
        names, _ = QFileDialog.getOpenFileNames(self, "选择表格", folder, f"表格和名片 ({ENDINGS});;所有文件 (*)")
        if names:
            self.take([Path(name) for name in names])

    def show_recent(self) -> None:
        """The files lately imported, each one click away."""
        clear(self._recent)
        files = self.session.recent
        self._recent_box.setVisible(bool(files))
        if files:
            heading = QLabel("最近导入过的文件", self)
            heading.setProperty("role", "label")
            self._recent.addWidget(heading)
        for path in files:
            line = _RecentFile(path, self)
            line.chosen.connect(self.take)
            self._recent.addWidget(line)

    def _libraries(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = QLabel("导入到", box)
        label.setProperty("role", "label")
        row.addWidget(label)
        self.libraries = QButtonGroup(box)
        for place, library in enumerate(LIBRARIES):
            button = QPushButton(LIBRARY_TITLES[library], box)
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            self.libraries.addButton(button, place)
            row.addWidget(button)
        row.addStretch(1)
        self._mark_library()
        self.libraries.idClicked.connect(self._choose_library)
        return box

    def _choose_library(self, place: int) -> None:
        self.session.choose_library(list(LIBRARIES)[place])
        self._mark_library()
        self.altered.emit()

    def _mark_library(self) -> None:
        for place, library in enumerate(LIBRARIES):
            button = self.libraries.button(place)
            here = library == self.session.library
            button.setChecked(here)
            button.setText(f"✓ {LIBRARY_TITLES[library]}" if here else LIBRARY_TITLES[library])
            theme.restyle(button, "active", here)

    def _settle(self) -> None:
        self.error.hide()
        self.password.hide()
        self.drop.show_file(self.session.called if self.session.workbook is not None else "")

    def show_error(self, error: KnownError) -> None:
        """What is wrong with the file."""
        self._settle()
        self.error.say(error)

    def _ask_password(self, error: KnownError) -> None:
        self._settle()
        self.drop.show_file(self.session.called)
        self.password.ask(error)

    def _take_password(self, password: str) -> None:
        if self.session.paths:
            self.session.open(self.session.paths, password)
            self.picked.emit()


class DropZone(QFrame):
    """A field to drop a file on, with a button for those who would rather look for it. `dropped` carries the paths."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = False
        picture = QLabel(self)
        picture.setPixmap(icons.picture("import", "secondary", 32))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLabel(self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setProperty("role", "heading")
        more = QLabel("什么样的表都行：标题、合并的表头、分组行、合计行都认得；名片 .vcf 也行", self)
        more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        more.setProperty("role", "secondary")
        self.button = QPushButton("选择文件…", self)
        self.button.setProperty("kind", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 28)
        column.setSpacing(8)
        for widget in (picture, self.words, more):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.show_file("")

    def show_file(self, name: str) -> None:
        """The file that was chosen; "" asks for one."""
        self.words.setText(f"“{name}”" if name else "把表格或名片拖到这里")
        self.button.setText("换一个文件…" if name else "选择文件…")
        theme.restyle(self.button, "kind", "" if name else "primary")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        if paths := dropped_files(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self._over else "edge"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("selection" if self._over else "pane"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


class _RecentFile(QPushButton):
    """A file's name and folder; `chosen` carries its path."""

    chosen = Signal(object)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(path.name, parent)
        self._path = path
        self.setProperty("kind", "link")
        self.setToolTip(hover(str(path)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen.emit(self._path)


class ErrorCard(QFrame):
    """What is wrong, and the way out."""

    def __init__(self, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("state", "error")
        sign = QLabel(self)
        sign.setPixmap(icons.picture("warning", "red", 20))
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(button, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, error: KnownError) -> None:
        self.words.setText(f"{error.sentence}\n{error.way_out}".strip())
        self.show()


class _PasswordCard(QFrame):
    """Asks for the password of an encrypted workbook; `given` carries it."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText("打开这个文件的密码")
        self.line.setAccessibleName("密码")
        self.button = QPushButton("打开", self)
        self.button.setProperty("kind", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(row)
        self.line.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)

    def ask(self, error: KnownError) -> None:
        self.words.setText(error.sentence)
        self.line.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.line.text():
            self.given.emit(self.line.text())


def dropped_files(event: QDropEvent) -> list[Path]:
    """The one file that is being dropped, or several of cards; [] for anything else."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if len(paths) == 1 or are_cards(paths) else []

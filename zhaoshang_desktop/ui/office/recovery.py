"""The recovery key, shown once: to be copied by hand, or printed, before anything goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.ui.pieces import button, fit, label
from zhaoshang_desktop.ui.runner import OneThread, Runner

WIDTH_PX = 520
_ACROSS = 4


class RecoveryKey(QWidget):
    """The groups of the key, large; the page to print, and a button that deletes it again."""

    _written = Signal(object)

    def __init__(self, name: str, recovery: str, *, of: str = "办公室", runner: Runner | None = None) -> None:
        """`name` is what it opens, `of` which kind of thing that is (see papers.recovery)."""
        super().__init__()
        self.text = recovery
        self._name, self._of = name, of
        self._runner = runner or OneThread("recovery paper")
        self._paper = Path()
        self.save = button("存成 PDF 打印…", "", self._choose)
        self.save.setAutoDefault(False)
        self.said = label("", "secondary")
        self.drop = button("打印好了，删掉这个 PDF", "link", self._drop)
        self.drop.setAutoDefault(False)
        self.drop.hide()
        line = QHBoxLayout()
        line.addWidget(self.save)
        line.addWidget(self.said, 1)
        line.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._groups())
        column.addLayout(line)
        self._written.connect(self._tell)

    def write(self, path: Path) -> None:
        """Put the page there, in the background."""

        def writing() -> None:
            from zhaoshang_desktop.actions.encryption import write_paper  # the printing press, on its own thread

            try:
                write_paper(self._name, self.text, path, of=self._of)
                self._written.emit(path)
            except KnownError as error:
                self._written.emit(error)

        self.save.setEnabled(False)
        self._runner.submit(writing)

    def stop(self) -> None:
        """Nothing more will be written."""
        self._runner.stop()

    def _groups(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(_ACROSS, 1)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for number, group in enumerate(self.text.split("-")):
            shown = label(group, wraps=False)
            shown.setFont(font)
            shown.setStyleSheet("font-size: 22px;")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, number // _ACROSS, number % _ACROSS)
        return grid

    def _choose(self) -> None:
        start = str(paths.offices_folder() / f"{self._of}的恢复密钥（打印后请删除）.pdf")
        place, _ = QFileDialog.getSaveFileName(self, "恢复密钥存成 PDF", start, "PDF (*.pdf)")
        if place:
            self.write(Path(place))

    def _tell(self, result: object) -> None:
        self.save.setEnabled(True)
        self.drop.setVisible(isinstance(result, Path))
        if isinstance(result, Path):
            self._paper = result
            self.said.setText("已打开，请打印。")
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(result)))
        else:
            self.said.setText(str(result))

    def _drop(self) -> None:
        try:
            self._paper.unlink(missing_ok=True)
        except OSError:
            self.said.setText("删不掉，可能还开着。请关掉它再试。")
        else:
            self.drop.hide()
            self.said.setText("PDF 已删掉。")


class RecoveryDialog(QDialog):
    """Accepted once the clerk says that the key is on paper; closing it otherwise leaves everything as it was."""

    def __init__(self, office: str, recovery: str, parent: QWidget | None = None, runner: Runner | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复密钥")
        self.setFixedWidth(WIDTH_PX)
        self.key = RecoveryKey(office, recovery, runner=runner)
        self.done_ = QCheckBox("我已经抄下来或打印好，放在了电脑以外的地方")
        self.go_on = QPushButton("继续")
        self.go_on.setProperty("kind", "primary")
        self.go_on.setDefault(True)
        self.go_on.setEnabled(False)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label("请先保管好恢复密钥", "heading"))
        column.addWidget(label("忘记密码时只有它能打开办公室。它只显示这一次，程序不保存。", "value"))
        column.addWidget(self.key)
        column.addWidget(self.done_)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.go_on)
        column.addLayout(buttons)
        self.done_.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self._end)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _end(self) -> None:
        self.key.stop()
        self.deleteLater()

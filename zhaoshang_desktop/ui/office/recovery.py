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
from zhaoshang_desktop.ui.office.part import fit, label
from zhaoshang_desktop.ui.runner import OneThread, Runner

WIDTH_PX = 520
_ACROSS = 4


class RecoveryDialog(QDialog):
    """Accepted once the clerk says that the key is on paper; closing it otherwise leaves everything as it was."""

    _written = Signal(object)

    def __init__(self, office: str, recovery: str, parent: QWidget | None = None, runner: Runner | None = None) -> None:
        super().__init__(parent)
        self._office, self._recovery = office, recovery
        self._runner = runner or OneThread("recovery paper")
        self.setWindowTitle("恢复密钥")
        self.setFixedWidth(WIDTH_PX)
        self.save = QPushButton("存成 PDF 打印…")
        self.save.setAutoDefault(False)
        self.said = label("", "secondary")
        self.done_ = QCheckBox("我已经抄下来或打印好，放在了电脑以外的地方")
        self.go_on = QPushButton("继续")
        self.go_on.setProperty("kind", "primary")
        self.go_on.setEnabled(False)
        cancel = QPushButton("取消")
        cancel.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label("请先保管好恢复密钥", "heading"))
        column.addWidget(label("忘记密码时只有它能打开办公室。它只显示这一次，程序不保存。", "value"))
        column.addWidget(self._groups())
        line = QHBoxLayout()
        line.addWidget(self.save)
        line.addWidget(self.said, 1)
        column.addLayout(line)
        column.addWidget(self.done_)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.go_on)
        column.addLayout(buttons)
        self.save.clicked.connect(self._choose)
        self.done_.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._written.connect(self._tell)
        self.finished.connect(self._end)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def write(self, path: Path) -> None:
        """Put the page there, in the background."""

        def writing() -> None:
            from zhaoshang_desktop.actions.encryption import write_paper  # the printing press, on its own thread

            try:
                write_paper(self._office, self._recovery, path)
                self._written.emit(path)
            except KnownError as error:
                self._written.emit(error)

        self.save.setEnabled(False)
        self._runner.submit(writing)

    def _groups(self) -> QWidget:
        frame = QWidget()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(22)
        for number, group in enumerate(self._recovery.split("-")):
            shown = label(group, wraps=False)
            shown.setFont(font)
            shown.setStyleSheet("font-size: 22px;")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
            grid.addWidget(shown, number // _ACROSS, number % _ACROSS)
        return frame

    def _choose(self) -> None:
        start = str(paths.offices_folder() / "恢复密钥（打印后请删除）.pdf")
        place, _ = QFileDialog.getSaveFileName(self, "恢复密钥存成 PDF", start, "PDF (*.pdf)")
        if place:
            self.write(Path(place))

    def _tell(self, result: object) -> None:
        self.save.setEnabled(True)
        if isinstance(result, Path):
            self.said.setText("已打开，打印后请删掉这个文件。")
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(result)))
        else:
            self.said.setText(str(result))

    def _end(self) -> None:
        self._runner.stop()
        self.deleteLater()

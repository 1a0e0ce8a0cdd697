"""附件: how much room they take in the office, and taking away what no record holds any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.attachment import KEPT_DAYS, clean_up, space_held
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.pieces import label

if TYPE_CHECKING:
    from zhaoshang_desktop.store.blobs import Held
    from zhaoshang_desktop.ui.desk import Desk

HINT = (
    "文件和照片存在办公室文件里，同样的内容只存一份，随备份和出差包一起走。"
    f"彻底删除的文件还留 {KEPT_DAYS} 天，以便撤销；过后可以在这里清理，清理后不能恢复。"
)


class SpacePart(Part):
    """Nothing is taken away by itself."""

    TITLE = "附件"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.held, self.unused = label("", "section"), label("", "value")
        self.clean = QPushButton("清理", self)
        self.clean.setProperty("kind", "primary")
        self.clean.clicked.connect(self._clean)
        head = QHBoxLayout()
        head.addWidget(label(self.TITLE, "title", wraps=False))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (label(HINT, "secondary"), self.held, self.unused):
            column.addWidget(widget)
        column.addWidget(self.clean, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    @property
    def answered(self) -> bool:
        return bool(self.held.text())

    def load(self) -> None:
        self.desk.ask((self, "space"), space_held, self._show)

    def _show(self, held: Held) -> None:
        self.held.setText(f"共 {held.count:,} 个，{size_text(held.size)}" if held.count else "还没有附件。")
        can = f"其中 {held.unused:,} 个已经没有记录在用，可以清理出 {size_text(held.unused_size)}。"
        self.unused.setText(can if held.unused else "没有要清理的。")
        allowed = self.desk.office.may(Right.ERASE)
        self.clean.setEnabled(bool(held.unused) and allowed)
        self.clean.setToolTip("" if allowed else "由管理员登录后清理。")
        self.told.emit()

    def _clean(self) -> None:
        self.desk.run(clean_up, on_done=self._cleaned, words="正在清理附件")

    def _cleaned(self, done: tuple[int, int]) -> None:
        count, size = done
        self.desk.say(f"已清理 {count:,} 个，腾出 {size_text(size)}。")
        self.load()

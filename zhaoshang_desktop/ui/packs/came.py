"""Everything that a pack brings home without being asked about, to be read before it is merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.pieces import button, label
from zhaoshang_desktop.ui.row_table import fill_lines, line_table

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.homecoming_words import News

SHOWN = 1_000
SIZE = (880, 420)
WHAT = 2


class CameDialog(QDialog):
    """One line a record; a long one is whole on hover."""

    def __init__(self, news: Sequence[News], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("直接带回的内容")
        self.resize(*SIZE)
        heads = ("怎么了", "记录", "内容", "谁、什么时候")
        self.list = line_table("直接带回的内容", heads, (104, 190, 360, 132), self)
        header = self.list.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        fill_lines(self.list, [(one.done, one.record, one.what, one.when) for one in news[:SHOWN]])
        more = f"　下面是前 {SHOWN:,} 条。" if len(news) > SHOWN else ""
        close = button("关闭", "", self.accept)
        close.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(f"这 {len(news):,} 条记录按包里的带回，不用选定。{more}", "value"))
        column.addWidget(self.list, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.finished.connect(self.deleteLater)

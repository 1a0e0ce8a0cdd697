"""出差包写好了: where it lies, that it was read back, how it is opened, and its recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.runtime.disks import sticks
from zhaoshang_desktop.ui.office.recovery import RecoveryKey
from zhaoshang_desktop.ui.pieces import label

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.pack import PackedOut

OPENING = "笔记本上：文件 › 打开办公室（第一次用的电脑：打开办公室或出差包），选这个文件，输入密码。"
EJECT = "拔U盘之前，请先用系统的“安全弹出”。"
KEEP = "忘记密码时用它打开。只显示这一次，请抄下来或打印，不要和U盘、笔记本放在一起。"


class WrittenPane(QWidget):
    """What the page shows at the end."""

    def __init__(self, done: PackedOut, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = RecoveryKey(done.path.stem.removeprefix("出差包-"), done.recovery, of="出差包")
        self.kept = QCheckBox("我已经抄下来或打印好，放在了别处", self)
        on_stick = any(done.path.is_relative_to(stick) for stick in sticks())
        size, code = f"{size_text(done.size)}，{done.sent.records:,} 条", done.sent.digest[:8]
        read_back = f"{size}；打开核对过，校验码 {code}。已登记：在外。"
        lines = (f"{done.path}", read_back, "", *([EJECT] if on_stick else []), OPENING)
        self.result = label("\n".join(lines), "value")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(label("出差包写好了", "title", wraps=False))
        column.addWidget(self.result)
        column.addSpacing(6)
        column.addWidget(label("恢复密钥", "section", wraps=False))
        column.addWidget(label(KEEP, "value"))
        column.addWidget(self.key)
        column.addWidget(self.kept)
        column.addStretch(1)

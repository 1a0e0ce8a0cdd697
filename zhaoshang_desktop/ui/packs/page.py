"""出差包: the register of what is out, with whom and since when, and what came home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.pack import give_up_pack, packs_out
from zhaoshang_desktop.domain.pack import Pack, PackReturn
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import button, label
from zhaoshang_desktop.ui.row_table import fill_lines, line_table

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

IN_PACK = "现在打开的就是一个出差包，照常工作就行。回到单位以后，在办公室的电脑上把这个包文件拖到窗口上，就带回去了。"
NONE_YET = "还没有带出过出差包。出差前把这一次外出写成一个加密文件带上，路上照常工作，回来再并入。"


@dataclass(frozen=True)
class Line:
    """A pack and its homecomings."""

    pack: Pack
    returns: tuple[PackReturn, ...]


class PacksPage(Page):
    """The list at the left, the chosen pack at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: list[Line] = []
        self.list = line_table("出差包", ("名称", "带包人", "带出", "状态"), (240, 72, 92, 56), self)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.empty = label(NONE_YET, "value")
        self.take, self.bring = button("带出…", "primary", self._take), button("带回…", "", self._bring)
        self.hint = label("把出差包文件拖到窗口上也可以带回。", "secondary")
        self.title, self.facts, self.came = label("", "section"), label("", "value"), label("", "secondary")
        self.strike = button("作废（不再等它回来）", "", self._strike)
        self._right = QFrame(self)
        self._lay_out()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"reload": self._load}

    def office_opened(self) -> None:
        self._load()

    def arrive(self) -> None:
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("pack", "pack_return"):
            self._load()

    def status(self) -> str:
        out = sum(line.pack.state == "在外" for line in self._lines)
        return f"在外 {out} 个，共 {len(self._lines)} 个" if self._lines else ""

    def _bring(self) -> None:
        self.desk.called.emit("pack.home")

    def _take(self) -> None:
        self.desk.called.emit("pack.out")

    def _load(self) -> None:
        if self.desk.is_open:
            self.desk.ask((self, "packs"), _lines, self._show)

    def _show(self, lines: list[Line]) -> None:
        self._lines = lines
        row = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        fill_lines(self.list, [_row(line.pack) for line in lines])
        self.list.selectRow(min(row, len(lines) - 1))
        self.list.blockSignals(False)
        for widget in (self.list, self._right):
            widget.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        in_pack = bool(self.desk.office.pack)
        self.empty.setText(IN_PACK if in_pack else NONE_YET)
        for one in (self.take, self.bring, self.hint):
            one.setVisible(not in_pack)
        self._show_chosen()
        self.status_changed.emit(self.status())

    def _chosen(self) -> Line | None:
        row = self.list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _show_chosen(self) -> None:
        line = self._chosen()
        if line is None:
            return
        pack = line.pack
        self.title.setText(pack.name)
        parts = (
            f"状态：{pack.state}",
            f"带包人：{pack.holder or '没有写'}　带出：{pack.since}　去向：{pack.destination}",
            f"内容：{pack.scope}，共 {pack.records or 0:,} 条",
            f"校验码：{pack.digest[:8]}",
            pack.note,
        )
        self.facts.setText("\n".join(filter(None, parts)))
        homes = [
            f"{one.day} 带回 {one.taken or 0:,} 处改动（{one.people or '没有改动'}）　{one.file}"
            for one in line.returns
        ]
        self.came.setText("\n".join(homes) if homes else "还没有带回过。")
        self.strike.setVisible(pack.state == "在外")

    def _strike(self) -> None:
        line = self._chosen()
        if line is not None and self.desk.allows(Right.WRITE):
            self.desk.run(give_up_pack, line.pack.id, on_done=self._struck)

    def _struck(self, changes: Changes) -> None:
        self.desk.say("已作废。它要是又回来了，照样可以带回。", changes.batch)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("出差包", "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.bring)
        head.addWidget(self.take)
        self._right.setObjectName("card")
        detail = QVBoxLayout(self._right)
        detail.setContentsMargins(16, 12, 16, 12)
        detail.setSpacing(8)
        for widget in (self.title, self.facts, label("带回", "section", wraps=False), self.came):
            detail.addWidget(widget)
        detail.addStretch(1)
        detail.addWidget(self.strike, 0, Qt.AlignmentFlag.AlignLeft)
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self._right)
        parts.setSizes([560, 440])
        self.list.horizontalHeader().setStretchLastSection(False)
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.empty)
        column.addWidget(parts, 1)
        column.addStretch(0)


def _lines(office: Office) -> list[Line]:
    returns: list[PackReturn] = office.find(Query(PackReturn, order=("id",)))
    return [Line(pack, tuple(one for one in returns if one.pack == pack.id)) for pack in packs_out(office)]


def _row(pack: Pack) -> tuple[str, str, str, str]:
    return pack.name, pack.holder, str(pack.since or ""), pack.state

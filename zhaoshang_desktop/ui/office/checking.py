"""检查与修复: the whole office read through, what is wrong with it, and mending that."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions import repair as actions
from zhaoshang_desktop.store.check import Findings, check
from zhaoshang_desktop.store.engine import is_server
from zhaoshang_desktop.ui.office.backups import second_of
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.office.while_closed import WhileClosed
from zhaoshang_desktop.ui.pieces import label

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.repair import Repaired
    from zhaoshang_desktop.ui.desk import Desk

SHOWN = 12
HINT = (
    "每次打开后，程序在后台快速检查文件结构。这里把整个办公室读一遍：每条记录与它的修改记录、检索条目、"
    "算出来的内容、附件和台账。什么都不改；记录多时要几分钟，可以继续做别的事。"
)


class CheckingPart(Part):
    """One button that reads, and, when something is wrong, one that mends."""

    TITLE = "检查与修复"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.start = QPushButton("彻底检查")
        self.start.clicked.connect(self._check)
        self.found, self.wrong = label("", "section"), label("", "value")
        self.rebuild = QPushButton("重建检索和算出来的内容")
        self.rebuild.clicked.connect(self._rebuild)
        self.repair = QPushButton("从备份修复")
        self.repair.clicked.connect(self._repair)
        self.advice = label("", "secondary")
        head = QHBoxLayout()
        head.addWidget(label(self.TITLE, "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (label(HINT, "secondary"), self.found, self.wrong, self.advice):
            column.addWidget(widget)
        for button in (self.rebuild, self.repair):
            button.setProperty("kind", "primary")
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.hide()
        column.addStretch(1)

    def load(self) -> None:
        """A finding is of the moment it was made; another office has none yet."""
        self._say("", "", "")

    def _check(self) -> None:
        self.start.setEnabled(False)
        self._say("正在检查……", "", "")
        self.desk.ask((self, "check"), _findings, self._show, later=True)

    def _show(self, found: Findings | KnownError) -> None:
        self.start.setEnabled(True)
        if not isinstance(found, Findings):
            self._say("办公室文件有损坏。", str(found), "修复之前会把损坏的原文件另存一份。")
            self.repair.setVisible(not is_server(self.desk.office.where))
            return
        counted = actions.counted(found.counts)
        if not found.wrong:
            self._say("全部完好。", f"{counted}。", "")
            return
        lines = [f"{sentence}。" for sentence in found.wrong[:SHOWN]]
        more = f"\n……共 {len(found.wrong):,} 处" if len(found.wrong) > SHOWN else ""
        self._say(f"有 {len(found.wrong):,} 处问题。", "\n".join(lines) + more, "")
        self.rebuild.setVisible(found.only_stale)
        if found.only_stale:
            self.advice.setText("记录本身都好，只是检索条目和算出来的内容不对，可以重建。")
        elif not is_server(self.desk.office.where):
            self.advice.setText("用最新的好备份和还读得出来的修改记录修复；损坏的原文件另存一份。")
            self.repair.show()

    def _say(self, found: str, wrong: str, advice: str) -> None:
        self.found.setText(found)
        self.wrong.setText(wrong)
        self.advice.setText(advice)
        self.rebuild.hide()
        self.repair.hide()

    def _rebuild(self) -> None:
        self.desk.run(actions.rebuild_derived, on_done=self._rebuilt, words="正在重建")

    def _rebuilt(self, _changes: Changes) -> None:
        self.desk.say("检索条目和算出来的内容已重建。")
        self._check()

    def _repair(self) -> None:
        self.desk.while_closed.emit(repairing(self.desk))


def repairing(desk: Desk) -> WhileClosed:
    """The open office repaired while it is closed."""
    office = desk.office
    work = partial(
        actions.repair_file,
        Path(office.where),
        office.key,
        second=second_of(desk),
        actor=office.actor,
        clock=desk.clock,
    )
    return WhileClosed("正在修复", work, report=_as_it_is)


def _as_it_is(done: Repaired) -> Repaired:
    """It is reported in a dialog of its own."""
    return done


def _findings(office: Office) -> Findings | KnownError:
    """A file too damaged to be read through is an answer too."""
    from zhaoshang_desktop.domain.errors import KnownError  # the name is needed at run time here alone

    try:
        return check(office)
    except KnownError as error:
        return error

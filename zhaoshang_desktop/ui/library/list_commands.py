"""What a clerk does to the records of a list: tick, copy, change in place, remove, restore, export."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from zhaoshang_desktop.ui.library.columns import IMPORTED

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.library.list_pane import ListPane


class ListCommands(QObject):
    """They are for the ticked records, else for the selected rows."""

    def __init__(self, desk: Desk, record: type[Record], word: str, pane: ListPane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._record = record
        self._noun = record.NOUN
        self._word = word
        self._list = pane

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands that can be carried out now."""
        found: dict[str, Callable[[], object]] = {
            "find": self._find,
            "record.copy": self._copy,
            "record.all": self._list.table.selectAll,
            "record.check": self._tick,
        }
        if self._list.view.bin:
            return {**found, "record.restore": self._restore, "record.erase": self._erase}
        found |= {"record.remove": self._remove, "record.edit": self._edit_cell}
        if self._noun == "lead":
            found["lead.paste"] = self._paste
        if self._noun in IMPORTED:
            found["library.export"] = self._export
            found["sending.out"] = self._send
            found["form.fill"] = self._fill_form
        return found

    def edit(self, record: Record, name: str, value: Any, raw: str) -> None:
        """Store what was typed into a cell."""
        changes: dict[str, Any] = {name: value}
        if raw or name in record.raw:
            changes["raw"] = {name: raw}
        from zhaoshang_desktop.ui.library.edit import Edit  # made when first needed

        Edit(self._desk, self._list, record, changes)

    def _edit_cell(self) -> None:
        self._list.table.edit(self._list.table.currentIndex())

    def _tick(self) -> None:
        keys = self._list.table.selected_keys()
        if keys:
            self._list.model.tick(keys, not set(keys) <= self._list.model.ticks)

    def _copy(self) -> None:
        count = self._list.table.copy()
        self._desk.say(f"已复制 {count:,} 行，可以直接粘贴到表格里。")

    def _find(self) -> None:
        self._list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._list.search.selectAll()

    def _remove(self) -> None:
        from zhaoshang_desktop.actions.record import remove_records  # after the first picture

        keys = self._list.chosen_keys()
        if keys:
            self._desk.run(remove_records, self._record, keys, on_done=self._removed)

    def _removed(self, changes: Changes) -> None:
        self._untick()
        self._desk.say(f"已移到回收站：{len(changes.of(self._noun))} 条{self._word}。", changes.batch)

    def _restore(self) -> None:
        from zhaoshang_desktop.actions.record import restore_records  # after the first picture

        keys = self._list.chosen_keys()
        if keys:
            self._desk.run(restore_records, self._record, keys, on_done=self._restored)

    def _restored(self, changes: Changes) -> None:
        self._untick()
        self._desk.say(f"已恢复 {len(changes.of(self._noun))} 条{self._word}。", changes.batch)

    def _erase(self) -> None:
        from zhaoshang_desktop.actions.record import erase_records  # after the first picture
        from zhaoshang_desktop.ui.asking import confirm

        keys = self._list.chosen_keys()
        question = f"彻底删除 {len(keys)} 条{self._word}？从回收站里拿走后，就不能再从这里恢复。"
        if keys and confirm(self._list, question, "彻底删除"):
            self._desk.run(erase_records, self._record, keys, on_done=self._erased)

    def _erased(self, changes: Changes) -> None:
        self._untick()
        self._desk.say(f"已彻底删除 {len(changes.of(self._noun))} 条。")

    def _untick(self) -> None:
        self._list.model.tick(set(self._list.model.ticks), False)

    def _export(self) -> None:
        from zhaoshang_desktop.ui.exporting import ExportDialog  # made when first needed

        pane = self._list
        ExportDialog(self._desk, pane.query, pane.model.rowCount(), sorted(pane.model.ticks), self._list).open()

    def _paste(self) -> None:
        from zhaoshang_desktop.ui.library.paste_dialog import PasteDialog  # made when first needed

        PasteDialog(self._desk, QGuiApplication.clipboard().text(), self._list).open()

    def _send(self) -> None:
        from zhaoshang_desktop.ui.sending.send_dialog import SendDialog  # made when first needed

        pane = self._list
        SendDialog(self._desk, pane.query, pane.model.rowCount(), sorted(pane.model.ticks), self._list).open()

    def _fill_form(self) -> None:
        from zhaoshang_desktop.ui.form.fill_dialog import FillDialog  # made when first needed

        pane = self._list
        FillDialog(self._desk, pane.query, pane.model.rowCount(), sorted(pane.model.ticks), self._list).open()

"""基本: who comes, when, why, on what paper; the letter's scan beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui.affair.fields import Fields, fill
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.library.files import FilesPane
from zhaoshang_desktop.ui.reception.section import Section
from zhaoshang_desktop.ui.tab_order import in_order

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen

LINES: tuple[tuple[str, ...], ...] = (
    ("name", "kind"),
    ("start", "end"),
    ("from_unit", "place"),
    ("investors", "members"),
    ("letter_number", "letter_day"),
    ("letter_from", "host"),
    ("purpose", "result"),
    ("note",),
)
"""The fields beside each other, line by line."""


class BasicSection(Section):
    """Every field is stored by itself as soon as it is left."""

    KEY, TITLE, KEYS = "basic", "基本", ("basic",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        body = QWidget()
        body.setMaximumWidth(980)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        places: dict[str, QWidget] = {}
        column.addLayout(self._grid(places))
        heading = QLabel("公函、来访函的扫描件和其他文件")
        heading.setProperty("role", "section")
        column.addWidget(heading)
        self.files = FilesPane(desk, Reception, body)
        column.addWidget(self.files)
        column.addStretch(1)
        self.fields = Fields(desk, Reception, places, self)
        self.fields.left.connect(self._store)
        in_order(*(self.fields[name].editor for names in LINES for name in names), *self.files.buttons())
        fill(self, body)
        self.setFocusProxy(self.fields["name"])

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.fields.put(seen.record)
        self.files.put(seen.key, seen.files)

    def arrive(self) -> None:
        self.fields.enter("name")

    def keep(self) -> None:
        self.fields.keep()

    @classmethod
    def mark(cls, seen: Seen) -> Mark:
        own = [one for one in seen.look.findings if one.section == "basic"]
        return Mark("wrong" if any(one.wrong for one in own) else "open" if own else "done")

    def _grid(self, places: dict[str, QWidget]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, names in enumerate(LINES):
            for at, name in enumerate(names):
                label = QLabel(field_of(Reception, name).label)
                label.setProperty("role", "label")
                label.setContentsMargins(0, 5, 0, 0)
                grid.addWidget(label, row, at * 2, Qt.AlignmentFlag.AlignTop)
                places[name] = QWidget()
                grid.addWidget(places[name], row, at * 2 + 1, 1, 1 if len(names) > 1 else 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _store(self, taken: dict[str, Any]) -> None:
        """The kind goes a way of its own: it is refused where there are costs."""
        if self.sight is None:
            return
        one = self.sight.record
        wanted = {name: value for name, value in taken.items() if name == "raw" or getattr(one, name) != value}
        if "kind" in wanted:
            change = {"kind": wanted.pop("kind")}
            self.desk.run(edit_record, Reception, one.id, change, one.version, on_error=self._refused)
        if wanted:
            Edit(self.desk, self, one, wanted, on_done=self._stored)

    def _stored(self, changes: Changes) -> None:
        self.told.emit()

    def _refused(self, error: KnownError) -> None:
        """The field shows again what is stored."""
        self.desk.complained.emit(error)
        if self.sight is not None:
            self.fields["kind"].put(self.sight.record.kind, "")

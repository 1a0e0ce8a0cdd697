"""One edit on its way to the office: where it meets another's in the same field, the clerk chooses, and it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.clash import EditClash
from zhaoshang_desktop.ui.listener import Listener

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.job import Job


class Edit(QObject):
    """Lives as long as it is under way; `over` is the widget it was typed in."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        record: Record,
        changes: dict[str, Any],
        on_done: Callable[[Changes], object] | None = None,
        on_left: Callable[[KnownError], object] | None = None,
    ) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._record, self._key = type(record), record.id
        self._on_done, self._on_left = Listener(on_done), Listener(on_left)
        self._error: KnownError | None = None
        self.job: Job | None = None
        self._run(changes, record.version)

    def _run(self, changes: dict[str, Any], version: int) -> None:
        self.job = self._desk.run(
            edit_record, self._record, self._key, changes, version, on_done=self._done, on_error=self._refused
        )

    def _done(self, changes: Changes) -> None:
        self._on_done(changes)
        self.deleteLater()

    def _refused(self, error: KnownError) -> None:
        self._error = error
        if not isinstance(error, EditClash):
            self._desk.complained.emit(error)
            self._leave()
            return
        from zhaoshang_desktop.ui.library.clash_dialog import ClashDialog  # made when first needed

        dialog = ClashDialog(self._desk, error, self._over.window())
        dialog.chosen.connect(self._run)
        dialog.rejected.connect(self._leave)
        dialog.open()

    def _leave(self) -> None:
        if self._error is not None:
            self._on_left(self._error)
        self.deleteLater()

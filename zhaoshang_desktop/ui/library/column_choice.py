"""Which columns the clerk wants to see of a library, and how wide; kept on the PC."""

from __future__ import annotations

from collections.abc import Mapping

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.library.columns import Column, all_columns, usual_columns


class ColumnChoice:
    """Reads and writes the settings; what they name and the program does not know is ignored."""

    def __init__(self, settings: Settings, record: type[Record]) -> None:
        self._settings = settings
        self._record = record

    def columns(self) -> tuple[Column, ...]:
        """The columns to show, in order."""
        chosen = self._settings.choices.get(self._key("columns"))
        if not isinstance(chosen, list):
            return usual_columns(self._record)
        known = {column.name: column for column in all_columns(self._record)}
        return tuple(known[name] for name in chosen if name in known) or usual_columns(self._record)

    def toggle(self, name: str) -> None:
        """Show or hide a column; "" brings the usual ones back."""
        if not name:
            self._settings.choices.pop(self._key("columns"), None)
            return
        shown = [column.name for column in self.columns()]
        if name in shown:
            shown.remove(name)
        else:
            shown.append(name)
        self._settings.choices[self._key("columns")] = shown

    def width(self, column: Column) -> int:
        """As last set by hand, else as usual."""
        kept = self._settings.choices.get(self._key("widths"))
        width = kept.get(column.name) if isinstance(kept, dict) else None
        return width if isinstance(width, int) and width > 0 else column.width

    def keep_widths(self, widths: Mapping[str, int]) -> None:
        """Remember them."""
        before = self._settings.choices.get(self._key("widths"))
        self._settings.choices[self._key("widths")] = {**(before if isinstance(before, dict) else {}), **widths}

    def _key(self, what: str) -> str:
        return f"{what}.{self._record.NOUN}"

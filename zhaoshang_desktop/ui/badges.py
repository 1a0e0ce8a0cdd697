"""The counts on tabs: what waits to be verified, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QTabBar

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk

WORDS = {"leads": "条待核实", "todo": "件逾期或超期"}
LATE_BY = ("visit", "concern", "lead", "follow_rule")
"""Whose changes may make something late, or not late any more."""


class Badges(QObject):
    """`keys` are those of the pages in the order of the tabs."""

    def __init__(self, tabs: QTabBar, keys: Sequence[str], desk: Desk) -> None:
        super().__init__(tabs)
        self._tabs, self._keys, self._desk = tabs, list(keys), desk

    def count(self) -> None:
        """Count all anew."""
        self._count_waiting()
        self._count_late()

    def refresh(self, changes: Changes) -> None:
        """Count what these changes touch."""
        if changes.touches("lead"):
            self._count_waiting()
        if changes.touches(*LATE_BY):
            self._count_late()

    def _count_waiting(self) -> None:
        from zhaoshang_desktop.ui.library.views import count_waiting_leads  # after the first picture

        self._desk.ask("waiting leads", count_waiting_leads, self._show_waiting, later=True)

    def _count_late(self) -> None:
        from functools import partial  # after the first picture

        from zhaoshang_desktop.actions.todo import count_late

        self._desk.ask("late todos", partial(count_late, owner=self._desk.me), self._show_late, later=True)

    def _show_waiting(self, count: int) -> None:
        self._show("leads", count)

    def _show_late(self, count: int) -> None:
        self._show("todo", count)

    def _show(self, key: str, count: int) -> None:
        """Nothing is shown for 0."""
        badge = QLabel(f"{count:,}", self._tabs)
        badge.setObjectName("badge")
        badge.setToolTip(f"{count:,} {WORDS[key]}")
        badge.setVisible(bool(count))
        self._tabs.setTabButton(self._keys.index(key), QTabBar.ButtonPosition.RightSide, badge if count else None)

"""Promises the law does not allow, underlined while they are typed; the article and a better way on hover."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHelpEvent, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QToolTip

from zhaoshang_desktop.actions.fairness import rules_of
from zhaoshang_desktop.domain.fairness import FairRule, Finding, promises
from zhaoshang_desktop.ui import theme

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk

LONGEST = 5_000
"""A paragraph of more characters is not looked over while somebody types in it, only before it is printed."""


class FairRules(QObject):
    """The office's rules, asked for once and again when they change; there is one beside each desk."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._rules: Sequence[FairRule] | None = None
        desk.opened.connect(self._forget)
        desk.changed.connect(self._refresh)

    @classmethod
    def of(cls, desk: Desk) -> FairRules:
        """Those of this desk."""
        return desk.findChild(cls) or cls(desk)

    def rules(self) -> Sequence[FairRule]:
        """None until they have come; `changed` says when."""
        if self._rules is None and self._desk.is_open:
            self._rules = ()
            self._desk.ask("fair rules", rules_of, self._take, later=True)
        return self._rules or ()

    def _take(self, rules: Sequence[FairRule]) -> None:
        self._rules = rules
        self.changed.emit()

    def _forget(self) -> None:
        self._rules = None

    def _refresh(self, changes: Changes) -> None:
        if changes.touches(FairRule.NOUN):
            self._forget()
            self.changed.emit()


class PromiseMarks(QSyntaxHighlighter):
    """Belongs to a box of text."""

    def __init__(self, box: QPlainTextEdit, desk: Desk) -> None:
        super().__init__(box.document())
        self._box = box
        self._desk = desk
        self._known = FairRules.of(desk)
        # later: never while a paragraph is being marked, which is when the rules are asked for
        self._known.changed.connect(self._mark_again, Qt.ConnectionType.QueuedConnection)
        box.viewport().installEventFilter(self)

    def found(self, number: int) -> list[Finding]:
        """What is underlined in a paragraph, counted from 0."""
        return self._look(self.document().findBlockByNumber(number).text())

    def highlightBlock(self, text: str) -> None:
        for one in self._look(text):
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(theme.colour("red"))
            self.setFormat(one.start, one.end - one.start, look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cursor = self._box.cursorForPosition(event.pos())
            place = cursor.positionInBlock()
            told = [one for one in self.found(cursor.blockNumber()) if one.start <= place <= one.end]
            if told:
                QToolTip.showText(event.globalPos(), _words(told[0].rule), self._box)
                return True
        return super().eventFilter(watched, event)

    def _look(self, text: str) -> list[Finding]:
        if not text or len(text) > LONGEST:
            return []
        return promises(text, self._known.rules(), self._desk.today())

    def _mark_again(self) -> None:
        blocked = self._box.blockSignals(True)  # a mark is no change of what was typed
        self.rehighlight()
        self._box.blockSignals(blocked)


def _words(rule: FairRule) -> str:
    return (
        f"<p style='max-width:420px'><b>{escape(rule.article)}</b><br>{escape(rule.forbidden)}"
        f"<br>可以这样写：{escape(rule.instead)}</p>"
    )

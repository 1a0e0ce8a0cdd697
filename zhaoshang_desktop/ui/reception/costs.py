"""费用: planned, limit, actual, receipts; always under the reception's own kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.reception import make_costs
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.reception import ReceptionCost
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.reception.rows import Rows
from zhaoshang_desktop.ui.reception.section import Section
from zhaoshang_desktop.ui.trip.sight import yuan

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen


class CostsSection(Section):
    """What was changed by hand is not reckoned anew."""

    KEY, TITLE, KEYS = "costs", "费用", ("costs",)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.rows = _CostRows(desk, "reception_cost", "费用", self)
        self.rows.omit = ("account", "reckoned")
        self.verdict = QLabel(self)
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 24, 8)
        row.addWidget(self.verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows.view)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.rows.begun = {"account": seen.record.kind}
        self.rows.put(seen.key, seen.look.book.costs)
        self.verdict.setText(verdict(seen))

    def keep(self) -> None:
        self.rows.commit()

    def buttons(self) -> Buttons:
        return (("按标准测算 F5", "reload"),)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.new": self.rows.add, "reload": self.reckon}

    def reckon(self) -> None:
        """Work the lines out by the standard; what was typed by hand stays."""
        if self.sight is not None:
            self.desk.run(make_costs, self.sight.key, on_done=self._reckoned)

    def status(self) -> str:
        return self.verdict.text()

    def _reckoned(self, changes: Changes) -> None:
        self.desk.say("费用已按用餐、住房和标准算好，手填的行没有动。", changes.batch)

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.look.book.costs) or "")


class _CostRows(Rows):
    """A line that was changed by hand is no longer reckoned."""

    def _edit(self, record: Record, name: str, value: Any, raw: str) -> None:
        if isinstance(record, ReceptionCost) and record.id and record.reckoned and name not in ("actual", "receipt"):
            texts = {"raw": {name: raw}} if raw else {}
            Edit(self._desk, self, record, {name: value, "reckoned": None, **texts})
            return
        super()._edit(record, name, value, raw)


def verdict(seen: Seen) -> str:
    """Planned, limit, spent and what is left, in one line; a limit says for how much of it there is one."""
    lines = [line for line in seen.look.book.costs if line.account == seen.record.kind]
    planned, allowed, actual = (
        _sum(getattr(line, name) for line in lines) for name in ("planned", "allowed", "actual")
    )
    words = [f"列支：{seen.record.kind}", f"预算 {yuan(Money(planned))} 元"]
    if allowed:
        bound = _sum(line.planned for line in lines if line.allowed)
        part = "" if bound == planned else f"（管其中 {yuan(Money(bound))} 元）"
        words.append(f"限额 {yuan(Money(allowed))} 元{part}")
    if actual:
        left = planned - actual
        words.append(f"实际 {yuan(Money(actual))} 元")
        words.append(f"{'结余' if left >= 0 else '超出'} {yuan(Money(abs(left)))} 元")
    lacking = sum(1 for line in seen.look.book.costs if line.actual and not line.receipt)
    if lacking:
        words.append(f"缺票据 {lacking} 笔")
    return "　".join(words)


def _sum(amounts: Iterable[Money | None]) -> int:
    """分 of those in 元."""
    return sum(one.fen for one in amounts if one is not None and one.currency == "CNY")

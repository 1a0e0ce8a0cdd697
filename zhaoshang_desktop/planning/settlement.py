"""结算: what was planned, what the rules allow and what was spent, line by line and person by person.

Every 分 of a line is somebody's or the team's, so that the sums of lines, of persons and of the whole agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from zhaoshang_desktop.domain.allowance import ALLOWANCE_ITEMS
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine
from zhaoshang_desktop.planning.budget import LODGING, SHARED, Budget, Person

TEAM = "公共"
NOT_TYPED, NO_RECEIPT = "没填实际", "缺票据"
OVER_LODGING, OVER_ALLOWANCE = "超住宿限额，要写原因", "超出补助标准"
FOREIGN, OVER_PLAN = "外币没有汇率，请折成人民币填", "超预算，要写原因"


@dataclass(frozen=True)
class Entry:
    """One person's share of a line (分); `limit` is what the rules allow, None where they set none; `worth` is what was
    spent in foreign money, in 元 by the office's rates."""

    line: BudgetLine
    person: Person
    name: str
    planned: int
    limit: int | None = None
    expense: Expense | None = None
    spent: Money | None = None
    files: int = 0
    worth: Money | None = None

    @property
    def is_foreign(self) -> bool:
        return self.spent is not None and self.spent.currency != "CNY"

    @property
    def actual(self) -> int:
        """In 分 of 元; foreign money by the office's rate, or not at all as long as there is none."""
        counted = self.worth if self.is_foreign else self.spent
        return counted.fen if counted else 0

    @property
    def is_allowance(self) -> bool:
        """包干: paid by the day, without receipts."""
        return self.line.item.startswith(ALLOWANCE_ITEMS)

    @property
    def receipts(self) -> str:
        return self.expense.receipts if self.expense else ""

    @property
    def reason(self) -> str:
        return self.expense.reason if self.expense else ""

    @property
    def difference(self) -> int:
        """Actual less planned: above zero, more was spent than planned."""
        return self.actual - self.planned

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """What has to be put right before it can be settled."""
        if self.spent is None:
            return (NOT_TYPED,) if self.planned else ()
        found = []
        if self.is_foreign and self.worth is None:
            found.append(FOREIGN)
        if self.spent.fen and not self.is_allowance and not self.receipts and not self.files:
            found.append(NO_RECEIPT)
        if self.is_allowance and self.limit is not None and self.actual > self.limit:
            found.append(OVER_ALLOWANCE)
        elif self.limit is not None and self.actual > self.limit and not self.reason:
            found.append(OVER_LODGING)
        elif self.limit is None and self.planned and self.actual > self.planned and not self.reason:
            found.append(OVER_PLAN)
        return tuple(found)


@dataclass(frozen=True)
class PersonSum:
    """What is one person's of the whole (分); `allowance` needs no receipts."""

    person: Person
    name: str
    planned: int
    actual: int
    allowance: int


@dataclass(frozen=True)
class Settlement:
    """The entries in the order of the lines."""

    entries: tuple[Entry, ...]
    limit: Money | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def planned(self) -> int:
        return sum(entry.planned for entry in self.entries)

    @property
    def actual(self) -> int:
        return sum(entry.actual for entry in self.entries)

    @property
    def is_begun(self) -> bool:
        """Whether anything that was spent has been typed."""
        return any(entry.spent is not None for entry in self.entries)

    @property
    def left(self) -> Money | None:
        """What the limit of the fund still holds, below zero beyond it; None without one to hold the sum against."""
        return left_of(self.limit, [Money(self.actual)])

    @property
    def over(self) -> int:
        """What was spent beyond the limit of the fund, 0 within it or without one."""
        return max(0, -self.left.fen) if self.left else 0

    @cached_property
    def problems(self) -> list[tuple[Entry, str]]:
        """Everything that is still open, in the order of the entries."""
        return [(entry, problem) for entry in self.entries for problem in entry.problems]

    @cached_property
    def persons(self) -> list[PersonSum]:
        """By person in the order they first appear, the team's own last."""
        groups: dict[Person, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.person, []).append(entry)
        ordered = sorted(groups.items(), key=lambda pair: pair[0] == SHARED)
        return [_sum_of(person, entries) for person, entries in ordered]

    @property
    def verdict(self) -> str:
        """Planned, spent and what is left or over, as a sentence."""
        if not self.is_begun:
            return f"预算 {_figure(self.planned)}，还没有填实际支出。"
        left = self.planned - self.actual
        said = f"预算 {_figure(self.planned)}，实际 {_figure(self.actual)}，"
        said += f"结余 {_figure(left)}" if left >= 0 else f"超支 {_figure(-left)}"
        if self.over:
            said += f"；超出经费限额 {_figure(self.over)}"
        elif self.limit and self.left:
            said += f"；在经费限额 {_figure(self.limit.fen)} 之内"
        return f"{said}。"


def _figure(fen: int) -> str:
    """1,234.50 元; without the 分 where there are none."""
    return f"{Money(fen).yuan:,.2f}".removesuffix(".00") + " 元"


def _sum_of(person: Person, entries: Sequence[Entry]) -> PersonSum:
    return PersonSum(
        person,
        entries[0].name,
        sum(entry.planned for entry in entries),
        sum(entry.actual for entry in entries),
        sum(entry.actual for entry in entries if entry.is_allowance),
    )


def settlement(
    lines: Sequence[BudgetLine],
    expenses: Iterable[Expense],
    made: Budget,
    name_of: Callable[[Person], str],
    files: Mapping[int, int],
    worth: Callable[[Money], Money | None] = lambda amount: amount if amount.currency == "CNY" else None,
) -> Settlement:
    """`made` is the budget as the rules give it now: its shares and limits; `files` counts the receipts by line;
    `worth` is what foreign money is in 元, None where no rate is known."""
    bills: dict[int, dict[Person, Expense]] = {}
    for bill in expenses:
        bills.setdefault(bill.line, {})[_whose(bill)] = bill
    shares = {line.item: share for line, share in zip(made.lines, made.shares, strict=True)}
    entries: list[Entry] = []
    for line in lines:
        planned = worth(line.planned) if line.planned else None
        own = bills.get(line.id, {}), shares.get(line.item, {})
        entries += _entries(line, planned.fen if planned else 0, *own, name_of, files.get(line.id, 0))
    valued = [replace(one, worth=worth(one.spent)) if one.is_foreign and one.spent else one for one in entries]
    unknown = [line.item for line in lines if line.planned and worth(line.planned) is None]
    return Settlement(tuple(valued), made.limit, _notes(unknown))


def _entries(
    line: BudgetLine,
    planned: int,
    bills: Mapping[Person, Expense],
    share: Mapping[Person, int],
    name_of: Callable[[Person], str],
    files: int,
) -> list[Entry]:
    """What was spent on the line as a whole stays whole. The shares as reckoned are planned shares while they are
    the line's; of one typed by hand, or reckoned by rules that have changed since, they are limits only."""
    split = dict(share) if sum(share.values()) == planned else {}
    limited = line.item.startswith((LODGING, *ALLOWANCE_ITEMS))
    if line.actual and not bills.keys() - {SHARED}:
        whole = sum(share.values()) if limited and share else None
        return [Entry(line, SHARED, name_of(SHARED), planned, whole, bills.get(SHARED), line.actual, files)]
    people = list(dict.fromkeys((*share, *bills)))
    if SHARED not in people and (not people or planned != sum(split.values())):
        people.append(SHARED)
    found = []
    for person in people:
        own = split.get(person, planned - sum(split.values()) if person == SHARED else 0)
        bill = bills.get(person)
        limit = share.get(person) if limited else None
        found.append(Entry(line, person, name_of(person), own, limit, bill, bill.amount if bill else None, files))
    return found


def _whose(bill: Expense) -> Person:
    if bill.member:
        return "member", bill.member
    return ("expert", bill.expert) if bill.expert else SHARED


def _notes(unknown: Sequence[str]) -> tuple[str, ...]:
    return (f"{'、'.join(unknown)}的预算是外币，没有汇率，没有计入合计",) if unknown else ()

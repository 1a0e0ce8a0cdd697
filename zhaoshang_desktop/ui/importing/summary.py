"""What a plan comes to, counted once and away from the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zhaoshang_desktop.actions.changed_cells import changed_cells
from zhaoshang_desktop.actions.import_plan import Decision, Fate, ImportPlan
from zhaoshang_desktop.actions.importing import ImportResult
from zhaoshang_desktop.actions.titles import FindTitle
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.records import Draft

MOST_REASONS = 6


@dataclass(frozen=True)
class Drafted:
    """The drafts of a sheet with all that is to be looked at; `rejected` says why rows are left out, and how many."""

    drafts: list[Draft]
    problems: list[CellProblem]
    rejected: dict[str, int]

    @property
    def usable(self) -> int:
        """How many rows can be imported."""
        return len(self.drafts) - sum(self.rejected.values())


class Group(StrEnum):
    """What the clerk sees together; the values are the words the wizard shows."""

    LIKELY = "疑似重复"
    KNOWN = "库里已有"
    REPEATED = "表内重复"
    SAME = "没有变化"
    NEW = "新建"
    REJECTED = "不导入"


def group_of(decision: Decision) -> Group:
    """Where a row of a plan stands, whatever is chosen for it."""
    if decision.fate is Fate.REJECTED:
        return Group.REJECTED
    if decision.match and decision.exact:
        return Group.KNOWN if decision.news else Group.SAME
    if decision.match or decision.fate is Fate.DUPLICATE:
        return Group.LIKELY
    return Group.REPEATED if decision.repeats else Group.NEW


@dataclass(frozen=True)
class Planned:
    """A plan with its rows (by place) in groups; `find` names the linked records among its cells."""

    plan: ImportPlan
    groups: dict[Group, list[int]]
    find: FindTitle

    @property
    def records(self) -> int:
        """How many records are new or changed, as the plan stands."""
        return self.plan.stored


@dataclass(frozen=True)
class Stored:
    """What was stored, with so many `cells` of known records changed; `reasons` say why rows were left out and how
    many cells are to be looked at."""

    result: ImportResult
    planned: Planned
    fates: Counter[Fate]
    cells: int
    reasons: list[str]

    @property
    def changes(self) -> Changes:
        return self.result.changes

    @property
    def batch(self) -> int:
        """What takes it back; 0 when nothing was stored."""
        return self.result.batch

    def count(self, fate: Fate) -> int:
        """How many rows came to that."""
        return self.fates[fate]


def drafted(drafts: list[Draft]) -> Drafted:
    """The drafts with what is to be looked at."""
    rejected: dict[str, int] = {}
    for draft in drafts:
        if draft.rejected:
            rejected[draft.rejected] = rejected.get(draft.rejected, 0) + 1
    return Drafted(drafts, [problem for draft in drafts for problem in draft.problems], rejected)


def planned(plan: ImportPlan, find: FindTitle) -> Planned:
    """The plan, sorted."""
    groups: dict[Group, list[int]] = {group: [] for group in Group}
    for place, decision in enumerate(plan.decisions):
        groups[group_of(decision)].append(place)
    return Planned(plan, groups, find)


def stored(result: ImportResult, seen: Planned, problems: list[CellProblem]) -> Stored:
    """The result with its reasons in words."""
    fates = Counter(one.fate for one in result.plan.decisions)
    cells = sum(1 for _ in changed_cells(result.plan))
    return Stored(result, seen, fates, cells, list(_reasons(result.plan, problems)))


def _reasons(plan: ImportPlan, problems: list[CellProblem]) -> Iterator[str]:
    left = [one for one in plan.decisions if one.fate in (Fate.DUPLICATE, Fate.REJECTED)]
    for one in left[:MOST_REASONS]:
        yield f"第 {one.draft.row} 行“{one.draft.record.title or '（没有名称）'}”：{one.reason}"
    if len(left) > MOST_REASONS:
        yield f"……还有 {len(left) - MOST_REASONS:,} 行，都写在导入报告里"
    doubtful = sum(problem.warning for problem in problems)
    if len(problems) > doubtful:
        yield f"看不懂的 {len(problems) - doubtful:,} 处，原文留在字段旁边，弄清后再改"
    if doubtful:
        yield f"有疑问的 {doubtful:,} 处，已照样导入，请核对"

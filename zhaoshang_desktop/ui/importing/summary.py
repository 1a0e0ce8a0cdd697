"""What a plan comes to, counted once and away from the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan
from zhaoshang_desktop.actions.importing import ImportResult
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


@dataclass(frozen=True)
class Planned:
    """A plan with its rows (by place) sorted by fate; `records` is how many records will be new or changed."""

    plan: ImportPlan
    groups: dict[Fate, list[int]]
    records: int


@dataclass(frozen=True)
class Stored:
    """What was stored; `reasons` say why rows were left out and how many cells are to be looked at."""

    result: ImportResult
    planned: Planned
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
        return len(self.planned.groups[fate])


def drafted(drafts: list[Draft]) -> Drafted:
    """The drafts with what is to be looked at."""
    rejected: dict[str, int] = {}
    for draft in drafts:
        if draft.rejected:
            rejected[draft.rejected] = rejected.get(draft.rejected, 0) + 1
    return Drafted(drafts, [problem for draft in drafts for problem in draft.problems], rejected)


def planned(plan: ImportPlan) -> Planned:
    """The plan, counted. A row that repeats one of the same list fills that one and is no record of its own."""
    groups: dict[Fate, list[int]] = {fate: [] for fate in Fate}
    for place, decision in enumerate(plan.decisions):
        groups[decision.fate].append(place)
    filled = sum(plan.decisions[place].match != 0 for place in groups[Fate.UPDATED])
    return Planned(plan, groups, len(groups[Fate.CREATED]) + filled)


def stored(result: ImportResult, problems: list[CellProblem]) -> Stored:
    """The result with its reasons in words."""
    counted = planned(result.plan)
    return Stored(result, counted, list(_reasons(counted, problems)))


def _reasons(counted: Planned, problems: list[CellProblem]) -> Iterator[str]:
    left = sorted([*counted.groups[Fate.DUPLICATE], *counted.groups[Fate.REJECTED]])
    for place in left[:MOST_REASONS]:
        one = counted.plan.decisions[place]
        yield f"第 {one.draft.row} 行“{one.draft.record.title or '（没有名称）'}”：{one.reason}"
    if len(left) > MOST_REASONS:
        yield f"……还有 {len(left) - MOST_REASONS:,} 行，都写在导入报告里"
    doubtful = sum(problem.warning for problem in problems)
    if len(problems) > doubtful:
        yield f"看不懂的 {len(problems) - doubtful:,} 处，原文留在字段旁边，弄清后再改"
    if doubtful:
        yield f"有疑问的 {doubtful:,} 处，已照样导入，请核对"

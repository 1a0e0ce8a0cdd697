"""What the clerk decides about rows that may mean a record there is already."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.importing import Decision, Fate, ImportPlan, compare_matches, merge_rows

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Choice(StrEnum):
    """What to do with a row; the values are the words the wizard shows."""

    MERGE = "合并填空"
    SEPARATE = "另建"
    SKIP = "跳过"


def usual_choice(decision: Decision) -> Choice:
    """What happens when nobody chooses: an exact match is filled, a likely one waits."""
    return Choice.SKIP if decision.fate is Fate.DUPLICATE else Choice.MERGE


def choices_for(decision: Decision) -> tuple[Choice, ...]:
    """What may be chosen for a row; none for one that is new or cannot be a record."""
    if decision.fate is Fate.DUPLICATE:
        return Choice.MERGE, Choice.SEPARATE, Choice.SKIP
    if decision.fate is Fate.UPDATED and decision.match:
        return Choice.MERGE, Choice.SKIP
    return ()


def settle_rows(office: Office, plan: ImportPlan, choices: Mapping[int, Choice]) -> None:
    """Changes the plan's decisions (by their place) to what was chosen; a plan is settled once."""
    firsts = {(one.sheet, one.draft.row): one for one in plan.decisions if one.fate is Fate.CREATED}
    merged: list[Decision] = []
    for place, choice in choices.items():
        decision = plan.decisions[place]
        if choice is usual_choice(decision) or choice not in choices_for(decision):
            continue
        if choice is Choice.SKIP:
            decision.fate, decision.reason = Fate.DUPLICATE, f"{decision.reason}，选了跳过"
        elif choice is Choice.SEPARATE:
            decision.fate, decision.match, decision.children = Fate.CREATED, 0, list(decision.draft.children)
        elif decision.match:
            merged.append(decision)
        else:
            first = firsts[decision.sheet, decision.repeats]
            plan.decisions[place] = merge_rows(first, decision.draft, decision.sheet, decision.reason)
    compare_matches(office, plan.record, merged)

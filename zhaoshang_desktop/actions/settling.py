"""What becomes of rows that mean a record there is already: a policy, other choices for some rows, ticks for cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zhaoshang_desktop.actions.comparing import NewCell
from zhaoshang_desktop.actions.import_plan import Decision, Fate, ImportPlan, follow_firsts, merge_rows

CellAt = tuple[int, int, str]
"""A cell of a plan: the decision's place, the place among its news, the field."""


class Choice(StrEnum):
    """What to do with a row; the values are the words the wizard shows."""

    FILL = "只补空白"
    OVERWRITE = "覆盖"
    SKIP = "跳过"
    SEPARATE = "另建"


class Policy(StrEnum):
    """What to do with all rows that mean exactly one record of the library, as the command line calls it."""

    FILL = "fill"
    OVERWRITE = "overwrite"
    SKIP = "skip"
    ASK = "ask"


POLICY_WORDS = {
    Policy.FILL: "只补空白",
    Policy.OVERWRITE: "覆盖",
    Policy.SKIP: "跳过",
    Policy.ASK: "逐条问",
}
_USUAL = {Policy.FILL: Choice.FILL, Policy.OVERWRITE: Choice.OVERWRITE, Policy.SKIP: Choice.SKIP}


@dataclass
class Choices:
    """What was chosen by now: the policy, for some rows (by place) something else, for some cells yes or no."""

    policy: Policy = Policy.FILL
    rows: dict[int, Choice] = field(default_factory=dict)
    cells: dict[CellAt, bool] = field(default_factory=dict)

    def copy(self) -> Choices:
        """As they are now, whatever is chosen later."""
        return Choices(self.policy, dict(self.rows), dict(self.cells))

    def choose(self, places: Iterable[int], choice: Choice) -> None:
        """These rows are to be dealt with so, whatever was ticked of them."""
        chosen = set(places)
        self.rows.update(dict.fromkeys(chosen, choice))
        self.cells = {at: ticked for at, ticked in self.cells.items() if at[0] not in chosen}

    def tick(self, place: int, decision: Decision, number: int, cell: NewCell, taken: bool) -> None:
        """This one cell is taken, or is not; a row that was to be asked about is answered by it."""
        if self.of(place, decision) is None:
            self.rows[place] = Choice.SKIP
        self.cells[place, number, cell.name] = taken

    def of(self, place: int, decision: Decision) -> Choice | None:
        """What becomes of a row; None where it is to be asked and nobody has answered."""
        if place in self.rows:
            return self.rows[place]
        return _USUAL.get(self.policy) if decision.exact and decision.match else usual_choice(decision)

    def takes(self, place: int, decision: Decision, number: int, cell: NewCell) -> bool:
        """Whether a cell (of the news of that number) is taken."""
        ticked = self.cells.get((place, number, cell.name)) if self.cells else None
        return ticked if ticked is not None else takes(self.of(place, decision), cell)

    def value(self, place: int, decision: Decision, cell: NewCell) -> Any:
        """What a cell becomes when it is taken."""
        return cell.adds if cell.adds is not None and self.of(place, decision) is not Choice.OVERWRITE else cell.said

    def changes(self, place: int, decision: Decision) -> bool:
        """Whether anything of the row is to be taken."""
        return any(
            self.takes(place, decision, number, cell)
            for number, news in enumerate(decision.news)
            for cell in news.cells
        )


def takes(choice: Choice | None, cell: NewCell) -> bool:
    """Whether a choice for the whole row takes a cell."""
    return choice is Choice.OVERWRITE or (choice is Choice.FILL and cell.adds is not None)


def usual_choice(decision: Decision) -> Choice:
    """What happens when nobody chooses: an exact match is filled, a likely one waits."""
    return Choice.SKIP if decision.fate is Fate.DUPLICATE or (decision.match and not decision.exact) else Choice.FILL


def choices_for(decision: Decision) -> tuple[Choice, ...]:
    """What may be chosen for a row; none for one that is new or cannot be a record."""
    if decision.match and decision.exact:
        return (Choice.FILL, Choice.OVERWRITE, Choice.SKIP) if decision.news else ()
    if decision.match:
        return tuple(Choice)
    return (Choice.FILL, Choice.SKIP, Choice.SEPARATE) if decision.fate is Fate.DUPLICATE else ()


def settle_rows(plan: ImportPlan, choices: Choices) -> None:
    """Changes the plan's decisions (by their place) to what was chosen; a plan is settled once."""
    for place, decision in enumerate(plan.decisions):
        choice = choices.of(place, decision)
        if decision.match and choice is not Choice.SEPARATE:
            _settle_match(decision, place, choices)
        elif choice is usual_choice(decision) or choice not in choices_for(decision):
            continue
        elif choice is Choice.SEPARATE:
            decision.fate, decision.match = Fate.CREATED, 0
            decision.children = list(decision.draft.children)
        elif decision.first is not None:
            plan.decisions[place] = merge_rows(decision.first, decision.draft, decision.sheet, decision.reason)
    follow_firsts(plan.decisions)


def _settle_match(decision: Decision, place: int, choices: Choices) -> None:
    """What is left alone though it says something new is a duplicate; what says nothing new has changed nothing."""
    for number, news in enumerate(decision.news):
        taken = (cell for cell in news.cells if choices.takes(place, decision, number, cell))
        news.taken = {cell.name: choices.value(place, decision, cell) for cell in taken}
    skipped = choices.of(place, decision) in (Choice.SKIP, None)
    if decision.changes:
        decision.fate = Fate.UPDATED
    elif skipped and (decision.news or not decision.exact):
        decision.fate = Fate.DUPLICATE
        decision.reason += "，选了跳过" if decision.exact else ""
    else:
        decision.fate = Fate.UNCHANGED

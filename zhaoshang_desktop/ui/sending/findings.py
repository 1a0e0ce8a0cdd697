"""What a gathering found, as the tables of the page show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zhaoshang_desktop.actions.gathering import CellChange, GatherPlan
from zhaoshang_desktop.actions.import_plan import Fate as RowFate
from zhaoshang_desktop.actions.returned_file import Fate, ReturnedFile
from zhaoshang_desktop.actions.settling import Choice, choices_for, usual_choice
from zhaoshang_desktop.ui.sending.choice_table import ChoiceRow, Heads

CONFLICTS, TAKEN, NEW, MISSING, LEFT = "两边都改过", "采用", "新增的行", "没有交回的行", "没有采用"
GROUPS = (CONFLICTS, TAKEN, NEW, MISSING, LEFT)
EXPLAINED = {
    CONFLICTS: "下发以后，本局和他们都改了这一格。逐格选；不选就保留本局的。",
    TAKEN: "只有他们改过，直接采用。",
    NEW: "他们自己加的行。库里没有的新建，名称相同的只补空白，相近的等您选。",
    MISSING: "下发时有、交回时没有的行。默认什么都不动。",
    LEFT: "锁定的列、看不懂的内容、别的单位的行。看不懂的原文留在字段旁边。",
}
KEEP_OURS, TAKE_THEIRS = "用本局的", "用交回的"
KEEP, REMOVE = "不动", "移到回收站"
HEADS = {
    CONFLICTS: Heads(
        ("记录", "列", "下发时", "本局现在", "交回的", "用哪个"), (200, 120, 110, 110, 130, 96), 4, ((4, "violet"),)
    ),
    TAKEN: Heads(("记录", "列", "下发时", "交回的", "文件", "行"), (220, 120, 150, 220, 160, 48), 3, ((3, "violet"),)),
    NEW: Heads(("名称", "文件", "行", "依据", "处理"), (240, 180, 48, 200, 110), 3),
    MISSING: Heads(("名称", "文件", "处理"), (300, 220, 110), 1),
    LEFT: Heads(("文件", "行", "列", "写的", "说明"), (170, 48, 110, 160, 280), 4, ((4, "amber"),)),
}
_FATES = {
    RowFate.CREATED: "新建",
    RowFate.UPDATED: "补充空白",
    RowFate.UNCHANGED: "没有变化",
    RowFate.REJECTED: "不存",
}
_SIGNS = {Fate.GATHERED: "✓", Fate.TWICE: "＝"}


@dataclass
class Choices:
    """What the clerk chose by now."""

    theirs: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    rows: dict[int, Choice] = field(default_factory=dict)

    def take(self, plan: GatherPlan, group: str, places: list[int], option: int) -> None:
        """Some rows of a group got an option."""
        if group == CONFLICTS:
            self.theirs = self.theirs | {*places} if option else self.theirs - {*places}
        elif group == MISSING:
            keys = {plan.missing[place].key for place in places}
            self.removed = self.removed | keys if option else self.removed - keys
        elif group == NEW and plan.new is not None:
            for place in places:
                self.rows[place] = choices_for(plan.new.decisions[place])[option]


def rows_of(plan: GatherPlan, group: str, choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    """The rows of a group, and the option that each has."""
    return _MAKERS[group](plan, choices)


def _conflicts(plan: GatherPlan, choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    rows = [
        ChoiceRow(place, (one.title, _label(one), one.sent, one.now, one.came, ""), (KEEP_OURS, TAKE_THEIRS))
        for place, one in enumerate(plan.conflicts)
    ]
    return rows, [int(row.place in choices.theirs) for row in rows]


def _taken(plan: GatherPlan, _choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    rows = [
        ChoiceRow(
            place,
            (
                one.title,
                _label(one),
                one.sent or "（空）",
                one.came or "（清空）",
                plan.files[one.file].name,
                str(one.row),
            ),
        )
        for place, one in enumerate(plan.changes)
    ]
    return rows, [0] * len(rows)


def _new(plan: GatherPlan, choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    rows, chosen = [], []
    for place, one in enumerate(plan.new.decisions if plan.new else ()):
        options = choices_for(one)
        texts = (one.draft.record.title, one.sheet, str(one.draft.row), one.reason, _FATES.get(one.fate, ""))
        rows.append(ChoiceRow(place, texts, tuple(choice.value for choice in options)))
        wanted = choices.rows.get(place, usual_choice(one))
        chosen.append(options.index(wanted) if wanted in options else 0)
    return rows, chosen


def _missing(plan: GatherPlan, choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    rows = [
        ChoiceRow(place, (one.title, plan.files[one.file].name, ""), (KEEP, REMOVE))
        for place, one in enumerate(plan.missing)
    ]
    return rows, [int(plan.missing[row.place].key in choices.removed) for row in rows]


def _left(plan: GatherPlan, _choices: Choices) -> tuple[list[ChoiceRow], list[int]]:
    rows = [
        ChoiceRow(place, (one.sheet, str(one.row), one.field, one.text, one.reason))
        for place, one in enumerate(plan.problems)
    ]
    return rows, [0] * len(rows)


_MAKERS: dict[str, Callable[[GatherPlan, Choices], tuple[list[ChoiceRow], list[int]]]] = {
    CONFLICTS: _conflicts,
    TAKEN: _taken,
    NEW: _new,
    MISSING: _missing,
    LEFT: _left,
}


def _label(change: CellChange) -> str:
    return change.column.heading


def file_words(file: ReturnedFile) -> tuple[str, str]:
    """A sign and the words for a file: whose it is, or why it is not taken."""
    unit = file.unit.name if file.unit else ""
    if file.fate is Fate.GATHERED:
        return _SIGNS[Fate.GATHERED], "；".join([unit, *file.notes])
    return _SIGNS.get(file.fate, "✗"), file.reason.removeprefix(f"“{file.name}”")

"""What an import would do: every row with its fate, every cell that it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.comparing import News, children_news, children_of, is_same_child, news_of, put
from zhaoshang_desktop.actions.matching import candidate_of, library_of, numbers_told
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.exchange.shapes import Corrections
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

CHUNK = 2_000


class Fate(StrEnum):
    """What becomes of a data row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    REJECTED = "rejected"


@dataclass(slots=True)
class Decision:
    """A row's fate; `match` is the record of the library that it means, `first` the row of this list that it repeats.

    `exact` when credit code or name say so. `news` is what the row says that the match does not, or, of a row that
    repeats another, what it has added to that one. `children` come with a new record.
    """

    draft: Draft
    sheet: str
    fate: Fate
    reason: str = ""
    match: int = 0
    first: Decision | None = None
    exact: bool = False
    news: list[News] = field(default_factory=list)
    children: list[Record] = field(default_factory=list)

    @property
    def repeats(self) -> int:
        """The number of the row that this one repeats; 0 for none."""
        return self.first.draft.row if self.first is not None else 0

    @property
    def changes(self) -> bool:
        """Is anything of the row to be stored in the record it means?"""
        return any(news.taken for news in self.news)


@dataclass
class ImportPlan:
    """What an import would do; `unused` names the columns that go nowhere, `recalled` what the clerk once corrected in
    sheets of the same shape, by the sheet's name.

    `line` is the journal's last line at that time: what came after it the plan has not seen.
    """

    record: type[Record]
    file: str
    decisions: list[Decision]
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    recalled: dict[str, Corrections] = field(default_factory=dict)
    line: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """rows_read and, summing up to it, how many rows have each fate; a row that continues a new record fills it."""
        fates = Counter(decision.fate for decision in self.decisions)
        for decision in self.decisions:
            if decision.draft.continued:
                goes_on = Fate.UPDATED if decision.fate is Fate.CREATED else decision.fate
                fates[goes_on] += decision.draft.continued
        return {"rows_read": fates.total(), **{fate.value: fates[fate] for fate in Fate}}

    @property
    def stored(self) -> int:
        """How many records carrying it out would create or change."""
        return sum(one.fate is Fate.CREATED or (one.fate is Fate.UPDATED and one.match > 0) for one in self.decisions)

    @property
    def problems(self) -> list[CellProblem]:
        """Every cell that was not understood or is doubtful, in the order of the sheets."""
        return [problem for decision in self.decisions for problem in decision.draft.problems]


def plan_import(
    office: Office,
    record: type[Record],
    file: str,
    drafts: Iterable[tuple[str, Draft]],
    *,
    progress: Progress = untold,
) -> ImportPlan:
    """Compares each row (with its sheet's name) with the library and with the rows before it.

    As it stands the plan fills what is empty; `settling` says otherwise.
    """
    line = office.latest()
    library = library_of(office, record)
    plan = ImportPlan(record, file, [], line=line)
    todo = list(drafts)
    library.forget_common(number for _, draft in todo for number in numbers_told(draft.record, draft.children))
    firsts: dict[int, Decision] = {}
    for place, (sheet, draft) in enumerate(todo):
        if place % CHUNK == 0:
            progress("核对重复", place, len(todo))
        if draft.rejected:
            plan.decisions.append(Decision(draft, sheet, Fate.REJECTED, draft.rejected))
            continue
        candidate = candidate_of(draft.record, draft.children, -place - 1, with_numbers=bool(library.by_phone))
        match = library.match(candidate)
        first = firsts.get(match.key) if match else None
        if match is None:
            decision = firsts[candidate.key] = Decision(draft, sheet, Fate.CREATED, children=list(draft.children))
            library.add(candidate)
        elif match.exact and first is not None:
            decision = merge_rows(first, draft, sheet, match.reason)
        else:
            fate = Fate.UNCHANGED if match.exact else Fate.DUPLICATE
            decision = Decision(draft, sheet, fate, match.reason, max(match.key, 0), exact=match.exact)
            decision.first = first if match.key < 0 else None
            if match.exact:
                firsts[match.key] = decision
        plan.decisions.append(decision)
    _compare(office, record, [one for one in plan.decisions if one.match], progress)
    follow_firsts(plan.decisions)
    return plan


def merge_rows(first: Decision, draft: Draft, sheet: str, reason: str) -> Decision:
    """A row that repeats an earlier one fills what that one leaves empty; the earlier one's word counts."""
    known = first.draft.children if first.match else first.children
    news = [News(draft.record, 0, news_of(first.draft.record, draft.record)), *children_news(known, draft.children)]
    decision = Decision(draft, sheet, Fate.UNCHANGED, f"与第 {first.draft.row} 行{reason}", first=first)
    decision.news = [one for one in news if one.cells]
    for one in decision.news:
        one.taken = {cell.name: cell.adds for cell in one.cells if cell.adds is not None}
        if one.record is draft.record:
            for name, value in one.taken.items():
                put(first.draft.record, one, name, value)
    _merge_children(known, decision.news, draft.record)
    decision.fate = Fate.UPDATED if decision.changes else Fate.UNCHANGED
    return decision


def _merge_children(known: list[Record], news: Sequence[News], own: Record) -> None:
    """New children join those of the first row; of one that it has too the empty fields are filled."""
    for one in news:
        if one.record is own:
            continue
        twin = next((child for child in known if is_same_child(child, one.record)), None)
        if twin is None:
            known.append(one.record)
        else:
            for name, value in one.taken.items():
                put(twin, one, name, value)


def _compare(
    office: Office,
    record: type[Record],
    matched: Sequence[Decision],
    progress: Progress,
) -> None:
    """What each row says that the record it means does not; what fills is taken of those that match exactly."""
    for start in range(0, len(matched), CHUNK):
        progress("比较内容", start, len(matched))
        chunk = matched[start : start + CHUNK]
        keys = list({decision.match for decision in chunk})
        known = {one.id: one for one in office.rows(record, keys)}
        kinds = dict.fromkeys(type(child) for decision in chunk for child in decision.draft.children)
        children = children_of(office, kinds, keys)
        for decision in chunk:
            decision.news = list(_news(known[decision.match], children.get(decision.match, []), decision.draft))
            if decision.exact:
                take_fills(decision)


def _news(known: Record, children: Sequence[Record], draft: Draft) -> Iterator[News]:
    if cells := news_of(known, draft.record):
        yield News(draft.record, known.id, cells)
    yield from children_news(children, draft.children)


def take_fills(decision: Decision) -> None:
    """What the record leaves empty is filled, and nothing else."""
    for news in decision.news:
        news.taken = {cell.name: cell.adds for cell in news.cells if cell.adds is not None}
    decision.fate = Fate.UPDATED if decision.changes else Fate.UNCHANGED


def follow_firsts(decisions: Iterable[Decision]) -> None:
    """A row that repeats one which means a known record changes that if what it has added is taken."""
    for decision in decisions:
        first = decision.first
        if first is not None and first.match and decision.fate is not Fate.DUPLICATE:
            added = any(_is_taken(first, one.record, name) for one in decision.news for name in one.taken)
            decision.fate = Fate.UPDATED if added else Fate.UNCHANGED


def _is_taken(first: Decision, record: Record, name: str) -> bool:
    own = (one for one in first.news if type(one.record) is type(record) and (name or one.record is record))
    return any(name in one.taken for one in own)

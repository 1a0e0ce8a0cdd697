"""A plan that is not stored yet: the trip as it would be, to be looked at, compared, and perhaps taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.budget import put_budget
from zhaoshang_desktop.actions.plan_words import ClashSentence, LeftOutSentence, Words
from zhaoshang_desktop.actions.ticket_words import ticket_clashes
from zhaoshang_desktop.actions.trip_book import LONGEST_DAYS, TripBook, refuse_changed
from zhaoshang_desktop.actions.trip_problem import ask, legs_of, placed, words_of
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import DRAFT, PLANNED, Leg, Trip
from zhaoshang_desktop.domain.visit import HELD, PLACED, WAITING, Visit
from zhaoshang_desktop.planning.check import problems
from zhaoshang_desktop.planning.layout import lay_out
from zhaoshang_desktop.planning.plan import Plan
from zhaoshang_desktop.planning.problem import Problem
from zhaoshang_desktop.planning.solve import solve

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

OnBetter = Callable[["Draft"], None]


@dataclass(frozen=True)
class PlanOutcome:
    """A plan that was stored: what it placed, what it left out and what cannot be kept."""

    changes: Changes
    placed: int = 0
    travel: int = 0
    iterations: int = 0
    left_out: tuple[LeftOutSentence, ...] = ()
    clashes: tuple[ClashSentence, ...] = field(default=())


@dataclass(frozen=True)
class Draft:
    """The book as the plan would make it, and `before`; `changed` are records changed before it was planned."""

    before: TripBook
    book: TripBook
    problem: Problem
    plan: Plan
    changed: tuple[Record, ...] = ()

    @property
    def words(self) -> Words:
        """The sentences for what the plan says in numbers."""
        return words_of(self.book, self.problem)

    @property
    def left_out(self) -> tuple[LeftOutSentence, ...]:
        """Why each visit is missing that the plan leaves out, and what would let it in."""
        words = self.words
        return tuple(words.left_out(left) for left in self.plan.left_out)

    @property
    def clashes(self) -> tuple[ClashSentence, ...]:
        """What the checker finds in the plan, and the wishes that cannot hold together."""
        words = self.words
        found = (*(words.clash(clash) for clash in problems(self.problem, self.plan)), *words.unknown_ways(self.plan))
        found = (*found, *ticket_clashes(self.book))
        return (words.conflict(self.plan.conflict), *found) if self.plan.conflict else found


def planned(
    book: TripBook,
    calendar: Calendar,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    cancelled: Callable[[], bool] | None = None,
    on_better: OnBetter | None = None,
    changed: Sequence[Record] = (),
) -> Draft:
    """The best plan found for this book; the book itself stays as it is. KnownError when cancelled."""
    if not book.teams:
        raise KnownError("还没有分队。", "请先在“队员”一步分好队。")
    if not book.wished:
        if any(visit.state == HELD for visit in book.visits):
            raise KnownError("要见的都已经见过了，没有可以再排的。", "还要见别家，请先在“拜访对象”一步加上。")
        raise KnownError("还没有拜访对象。", "请先在“拜访对象”一步选好要见的客商。")
    if not book.has_days:
        raise KnownError(
            f"出发和返回日期不对，排不出日程：返回不早于出发，最多 {LONGEST_DAYS} 天。", "请先在“目的”一步改好日期。"
        )
    problem = ask(book, calendar)
    stop = cancelled or (lambda: False)

    def told(plan: Plan) -> None:
        if on_better is not None:
            on_better(_drafted(book, problem, plan, changed))

    plan = solve(
        problem,
        seconds=seconds,
        iterations=iterations,
        seed=seed,
        cancelled=stop,
        on_better=told if on_better else None,
    )
    if stop():
        raise KnownError("排程已取消，行程没有改动。")
    return _drafted(book, problem, plan, changed)


def as_it_stands(book: TripBook, calendar: Calendar) -> Draft:
    """The trip with its visits where they are now, to be checked and compared."""
    problem = ask(book, calendar)
    return Draft(book, book, problem, lay_out(problem, placed(book, problem)))


def store(office: Office, draft: Draft, label: str) -> PlanOutcome:
    """Makes the trip what the draft says, as one batch; refused when somebody has changed it meanwhile."""
    book, plan = draft.book, draft.plan
    left_out = draft.left_out
    reasons = {one.visit: one.text for one in left_out}
    with office.transaction(label) as tx:
        refuse_changed(tx, book.trip.id, draft.before.seen)
        tx.save_all(draft.changed)
        for visit in book.wished:
            visit.left_out = reasons.get(visit.id, "")
        tx.save_all(book.wished)
        put_legs(tx, draft.before, book)
        put_budget(tx, book)
        count_as_planned(tx, book.trip)
    placed_visits = sum(len(route.calls) for route in plan.routes)
    return PlanOutcome(tx.changes, placed_visits, plan.travel, plan.iterations, left_out, draft.clashes)


def count_as_planned(tx: Transaction, trip: Trip) -> None:
    """A trip with a visit on one of its days is no draft any more."""
    if trip.state == DRAFT:
        trip.state = PLANNED
        tx.save(trip)


def relaid(book: TripBook, problem: Problem, plan: Plan) -> TripBook:
    """The book with the ways of the plan: estimated legs are made anew, one with a ticket stays, whatever comes."""
    typed = [leg for leg in book.legs if not leg.estimated]
    return replace(book, legs=[*typed, *(leg for leg in legs_of(book, problem, plan) if not leg.id)])


def put_legs(tx: Transaction, old: TripBook, new: TripBook) -> None:
    """Stores the ways of the new book in place of those that were estimated in the old one."""
    tx.erase(Leg, [leg.id for leg in old.legs if leg.id and leg.estimated])
    tx.save_all([leg for leg in new.legs if not leg.id])


def lay_out_again(tx: Transaction, book: TripBook, calendar: Calendar) -> None:
    """The ways between the visits where they stand now; nothing is done while the dates make no trip."""
    if not book.has_days:
        return
    draft = as_it_stands(book, calendar)
    put_legs(tx, book, relaid(book, draft.problem, draft.plan))


def unplaced(visit: Visit) -> Visit:
    """Back among those that wait; a fixed appointment keeps its hour."""
    visit.state, visit.team = WAITING, 0
    if not visit.fixed and not visit.pinned:
        visit.day, visit.start = None, None
    return visit


def _drafted(book: TripBook, problem: Problem, plan: Plan, changed: Sequence[Record]) -> Draft:
    """A copy of the book with the visits where the plan has them."""
    visits = [copy(visit) for visit in book.visits]
    for visit in visits:
        if visit.state not in (WAITING, PLACED):
            continue
        found = plan.where(visit.id)
        if found is None:
            unplaced(visit)
            continue
        route, call = found
        visit.state, visit.team, visit.left_out = PLACED, route.team, ""
        visit.day, visit.start, visit.minutes = problem.days[route.day], call.start, call.end - call.start
    made = relaid(replace(book, trip=copy(book.trip), visits=visits), problem, plan)
    own = {(record.NOUN, record.id): record for record in (made.trip, *visits)}
    return Draft(book, made, problem, plan, tuple(own.get((one.NOUN, one.id), one) for one in changed))

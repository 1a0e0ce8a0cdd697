"""What a new plan moves, visit by visit, in sentences, and who is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhaoshang_desktop.actions.plan_words import Words
from zhaoshang_desktop.actions.trip_book import TripBook
from zhaoshang_desktop.domain.day import WEEKDAYS, write_hour
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.visit import CALLED_OFF, PLACED, WAITING, Visit
from zhaoshang_desktop.planning.plan import Plan


@dataclass(frozen=True)
class Shift:
    """One visit that is not where it was, in a sentence; `call` are those to be told, with their numbers."""

    visit: int
    text: str
    call: tuple[Contact, ...] = ()


def shifts_of(
    before: TripBook, book: TripBook, plan: Plan, words: Words, happened: Visit | None
) -> tuple[tuple[Shift, ...], int]:
    """Every visit that is not where it was, by day and hour, and how many are."""
    old = {visit.id: visit for visit in before.visits}
    reasons = {left.stop: words.left_out(left).text for left in plan.left_out if left.stop > 0}
    shifts, kept = [], 0
    for visit in sorted(book.visits, key=lambda one: (one.day or date.max, one.start or 0)):
        was = old[visit.id]
        if (was.state, was.day, was.start, was.team) == (visit.state, visit.day, visit.start, visit.team):
            kept += visit.state == PLACED
            continue
        visit.left_out = reasons.get(visit.id, visit.left_out) if visit.state == WAITING else ""
        shifts.append(_shift(book, was, visit, reasons.get(visit.id, ""), happened))
    return tuple(shifts), kept


def _shift(book: TripBook, was: Visit, visit: Visit, reason: str, happened: Visit | None) -> Shift:
    name = book.name_of(visit)
    own = happened is not None and visit.id == happened.id
    contacts = book.contacts.get(visit.investor, [])
    named = [one for one in contacts if one.id in visit.contacts] or contacts[:1]
    stood = was.state == PLACED and was.day is not None and was.start is not None
    teams = {team.id: team.name for team in book.teams} if len(book.teams) > 1 else {}
    if visit.state == CALLED_OFF:
        return Shift(visit.id, f"{name}：取消（{visit.reason}）" if visit.reason else f"{name}：取消")
    if visit.state == WAITING:
        why = reason.partition("：")[2] or "这次没有空档了"
        text = f"{name}：原定 {_when(was, teams)}，排不上了，{why}" if stood else f"{name}：没有排上，{why}"
        if own and visit.fixed:
            text = f"{name}：改到 {_when(visit, {})} 赶不上，{why}"
        return Shift(visit.id, text, tuple(named) if stood else ())
    if not stood:
        return Shift(visit.id, f"{name}：新排在 {_when(visit, teams)}", tuple(named))
    text = f"{name}：{_when(was, teams)} 改到 {_when(visit, teams)}"
    told = own and visit.fixed and (visit.day, visit.start) != (was.day, was.start)
    only_team = (was.day, was.start) == (visit.day, visit.start)
    return Shift(visit.id, text, () if told or only_team else tuple(named))


def _when(visit: Visit, teams: dict[int, str]) -> str:
    day = f"周{WEEKDAYS[visit.day.weekday()]} {visit.day:%m-%d}" if visit.day else ""
    team = f"（{teams[visit.team]}）" if visit.team in teams else ""
    return f"{day} {write_hour(visit.start or 0)}{team}"

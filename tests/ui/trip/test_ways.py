"""What the planner proposes for a visit it left out, done with one click."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.trip.conftest import NINE, TEN, book_of, visit_of
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import cancel_visit, move_visit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.plan import LetIn, Remedy
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.sight import sight
from zhaoshang_desktop.ui.trip.ways import let_in, ways_out


def test_a_shorter_meeting_keeps_the_rest_of_its_wishes(office: Office, trip: int) -> None:
    visit = visit_of(office, trip, "青禾")
    let_in(office, trip, visit.id, LetIn(Remedy.SHORTEN, minutes=45))
    stored = visit_of(office, trip, "青禾")
    assert (stored.minutes, stored.must) == (45, True)


def test_another_gives_way(office: Office, trip: int) -> None:
    other = visit_of(office, trip, "太湖")
    let_in(office, trip, visit_of(office, trip, "青禾").id, LetIn(Remedy.GIVE_WAY, stop=other.id))
    assert visit_of(office, trip, "太湖").state == "取消"


def test_one_day_more(office: Office, trip: int) -> None:
    let_in(office, trip, visit_of(office, trip, "青禾").id, LetIn(Remedy.ANOTHER_DAY))
    assert book_of(office, trip).trip.end == date(2026, 12, 12)


@pytest.mark.parametrize("remedy", [Remedy.OTHER_TIME, Remedy.OTHER_TEAM])
def test_another_time_or_team_pins_it_there(office: Office, trip: int, remedy: Remedy) -> None:
    first, second = book_of(office, trip).teams
    visit = visit_of(office, trip, "青禾")
    edit_record(office, Visit, visit.id, {"only_team": first.id}, visit.version)
    let_in(office, trip, visit.id, LetIn(remedy, team=second.id, day=2, start=TEN))
    stored = visit_of(office, trip, "青禾")
    assert (stored.team, stored.day, stored.start, stored.pinned) == (second.id, date(2026, 12, 9), TEN, True)
    assert (stored.only_team == 0) == (remedy is Remedy.OTHER_TEAM)


def test_a_clash_of_what_was_held_has_no_ways_out(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    cancel_visit(office, visit.id)
    assert ways_out(sight(planned)(office), (visit.id,)) == ()


def test_a_pinned_visit_can_be_let_go(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    move_visit(office, visit.id, visit.team, date(2026, 12, 9), NINE)
    names = [way.name for way in ways_out(sight(planned)(office), (visit.id,))]
    assert names == ["edit", "unpin", "drop"]

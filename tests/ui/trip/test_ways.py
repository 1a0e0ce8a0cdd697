"""What can be done about a clash, as buttons."""

from __future__ import annotations

from datetime import date

from tests.ui.trip.conftest import NINE, visit_of
from zhaoshang_desktop.actions.trip import cancel_visit, move_visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.sight import sight
from zhaoshang_desktop.ui.trip.ways import ways_out


def test_a_clash_of_what_was_held_has_no_ways_out(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    cancel_visit(office, visit.id)
    assert ways_out(sight(planned)(office), (visit.id,)) == ()


def test_a_pinned_visit_can_be_let_go(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "太湖")
    move_visit(office, visit.id, visit.team, date(2026, 12, 9), NINE)
    names = [way.name for way in ways_out(sight(planned)(office), (visit.id,))]
    assert names == ["edit", "unpin", "drop"]

"""zhaoshang plan answers every odd trip with a sentence and an exit code."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.cli.conftest import run_command
from tests.odd_trips import ODD, tables_emptied, two_days_away
from zhaoshang_desktop.domain.region import distance_km, point_of
from zhaoshang_desktop.store import create_office

PATIENCE = 20


@pytest.mark.parametrize("name", list(ODD))
def test_an_odd_trip_is_answered(name: str, tmp_path: Path) -> None:
    odd, path = ODD[name], tmp_path / "清岚.office"
    office = create_office(path, name="清岚县")
    trip = odd.make(office)
    office.close()
    begun = time.monotonic()
    told = run_command("plan", trip, "--office", path, "--seconds", "0.5")
    assert time.monotonic() - begun < PATIENCE
    for words in odd.said:
        assert words in told.out
    assert told.err == ""
    if odd.placed >= 0:
        assert f"排上 {odd.placed} 家" in told.out
        assert told.code == (0 if odd.placed else 1)


def test_nine_o_clock_in_japan_is_nine_there_and_the_hour_is_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "清岚.office"
    office = create_office(path, name="清岚县")
    trip = ODD["Japan"].make(office)
    office.close()
    found = run_command("plan", trip, "--office", path, "--seconds", "0.5", "--json").json
    (visit,) = found["visits"]
    assert (visit["day"], visit["start"]) == ("2026-12-09", "09:00")
    assert found["travel_minutes"] == (480 + 60) + (480 - 60)
    told = run_command("plan", trip, "--office", path, "--seconds", "0.5")
    assert told.out.count("飞机") == 2  # nobody is at the wheel of a plane: no flight goes on the next morning


def test_a_visit_across_new_year_is_not_on_new_years_day(tmp_path: Path) -> None:
    path = tmp_path / "清岚.office"
    office = create_office(path, name="清岚县")
    trip = ODD["across New Year"].make(office)
    office.close()
    found = run_command("plan", trip, "--office", path, "--seconds", "0.5", "--json").json
    assert "2027-01-01" not in {visit["day"] for visit in found["visits"]}


def test_an_office_without_tables_keeps_the_holidays_that_ship_and_says_what_the_budget_lacks(tmp_path: Path) -> None:
    path = tmp_path / "清岚.office"
    office = create_office(path, name="清岚县")
    trip = tables_emptied(office)
    office.close()
    found = run_command("plan", trip, "--office", path, "--seconds", "0.5", "--json").json
    assert [visit["day"] for visit in found["visits"]] == ["2026-09-30"]
    missing = "\n".join(found["budget_missing"])
    assert "补助标准表是空的" in missing
    assert "住宿费限额表里没有江苏 苏州" in missing


def test_a_way_of_two_days_costs_its_kilometres_once_and_the_night_between_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "清岚.office"
    office = create_office(path, name="清岚县")
    trip = two_days_away(office)
    office.close()
    told = run_command("plan", trip, "--office", path, "--seconds", "0.5").out
    assert told.count("歇，次日接着走") == 2
    assert "在去山东 临沂的路上过夜" in told
    found = run_command("plan", trip, "--office", path, "--seconds", "0.5", "--json").json
    basis = {line["item"]: line["basis"] for line in found["budget"]}
    nights = sum(int(re.search(r"(\d+)晚×1人", text)[1]) for item, text in basis.items() if item.startswith("住宿费"))
    assert nights == 3
    home, far = point_of("371300"), point_of("330483")
    assert home
    assert far
    driven = int(re.search(r"估算(\d+)公里", basis["城市间交通费（用车）"])[1])
    assert abs(driven - 2 * 1.3 * distance_km(home, far)) < 5

"""How values are written as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from zhaoshang_desktop.cli.as_json import PLAIN, as_json
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.visit import Visit


def nobody(_noun: str, _key: int) -> str:
    return ""


def somebody(noun: str, key: int) -> str:
    return f"{noun} {key}"


def test_every_kind_in_use_can_be_written() -> None:
    used = {type(field.kind) for record in RECORDS.values() for field in fields_of(record)}
    assert used <= PLAIN.keys()


def test_values_are_written_exactly() -> None:
    big = 2**62 + 1
    investor = Investor(
        id=big,
        name="青禾新材料有限公司",
        place="320200",
        founded=When(2018, 12),
        registered_capital=Money(12_000_000_050),
        honours=(("专精特新", 2025), ("上市公司", None)),
        point=(120.3, 31.57),
        owner=7,
        checked_on=date(2026, 1, 2),
        dishonest=False,
        raw={"revenue": "未透露"},
        created=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )
    plain = as_json(investor, somebody)
    assert plain["id"] == str(big)
    assert (plain["place"], plain["place_name"]) == ("320200", "江苏 无锡")
    assert plain["founded"] == "2018-12"
    assert (plain["registered_capital"], plain["registered_capital_currency"]) == ("120000000.50", "CNY")
    assert plain["honours"] == [{"name": "专精特新", "year": 2025}, {"name": "上市公司", "year": None}]
    assert plain["point"] == [120.3, 31.57]
    assert (plain["owner"], plain["owner_name"]) == ("7", "member 7")
    assert (plain["checked_on"], plain["dishonest"]) == ("2026-01-02", False)
    assert plain["raw"] == {"revenue": "未透露"}
    assert plain["created"] == "2026-01-02T03:04:00+00:00"


def test_what_is_not_known_is_null_an_empty_text_or_an_empty_list() -> None:
    plain = as_json(Investor(name="青禾"), nobody)
    assert (plain["registered_capital"], plain["registered_capital_currency"]) == (None, None)
    assert (plain["unit"], plain["unit_name"]) == (None, None)
    assert (plain["short_name"], plain["tags"], plain["founded"]) == ("", [], None)


def test_periods_numbers_hours_and_lists_of_records() -> None:
    expert = as_json(Expert(name="顾砚农", term=Period(When(2025, 1), None)), nobody)
    assert expert["term"] == {"start": "2025-01", "end": None}
    project = as_json(Project(name="二期", land=Decimal("66.5"), jobs=0), nobody)
    assert (project["land"], project["jobs"]) == (66.5, 0)
    visit = as_json(Visit(investor=3, start=570, members=(5, 6)), somebody)
    assert (visit["start"], visit["members"], visit["members_names"]) == ("09:30", ["5", "6"], ["member 5", "member 6"])

"""The main job on a file, an encrypted file and a server: import, plan, log, print, and take all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from zhaoshang_desktop.actions.brief import write_brief
from zhaoshang_desktop.actions.import_plan import plan_import
from zhaoshang_desktop.actions.importing import run_plan
from zhaoshang_desktop.actions.searching import search_all
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, log_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

NAMES = ("青禾新材料有限公司", "云帆智能装备有限公司", "海拓半导体有限公司", "单县华锐铸造厂")
CITIES = ("320200", "320500", "310000", "330100")


@pytest.fixture(params=["sqlite", "sqlcipher", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    where = request.getfixturevalue("postgres_database") if request.param == "postgresql" else tmp_path / "清岚.office"
    key = bytes(range(32)) if request.param == "sqlcipher" else None
    clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    made = create_office(where, name="清岚县投资促进局", actor="张敏", clock=clock, key=key)
    yield made
    made.close()


def drafts() -> list[tuple[str, Draft]]:
    pairs = zip(NAMES, CITIES, strict=True)
    rows = [(Investor(name=name, place=city), Contact(name="周远航", mobile="13800000000")) for name, city in pairs]
    return [("名单", Draft(one, row, [person])) for row, (one, person) in enumerate(rows, 2)]


def test_the_main_job_on_every_engine(office: Office, tmp_path: Path) -> None:
    with office.transaction("人员") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        members = [tx.save(Member(unit=unit.id, name=name)) for name in ("张敏", "王磊")]
    for created in (4, 0):
        result = run_plan(office, plan_import(office, Investor, "名单.xlsx", drafts()))
        assert result.plan.counts["created"] == created
    assert [hits.count for hits in search_all(office, "shanxian", libraries=("investors",))] == [1]
    wish = TripWish(
        "对接新材料链",
        date(2026, 12, 7),
        date(2026, 12, 9),
        "371300",
        targets=tuple(TargetWish(key) for key in office.ids(Query(Investor))),
        teams=(TeamWish("一队", tuple(one.id for one in members), mode="高铁"),),
    )
    trip, _ = new_trip(office, wish)
    assert plan_trip(office, trip, iterations=300).placed == 4
    visit = load_trip(office, trip).visits[0]
    log_visit(office, visit.id, result="有意向", intention="A", next_step="寄图纸", next_due=date(2026, 12, 20))
    assert office.get(Investor, visit.investor).next_step == "寄图纸"
    assert write_brief(office, trip, tmp_path / "出访资料.pdf").pages > 4
    assert check(office).wrong == []
    labels = []
    while undone := office.undo():
        assert undone.skipped == ()
        labels.append(undone.label.partition("：")[0])
    assert labels == ["记录拜访", "排程", "新建外出", "导入客商 4 条", "人员"]
    found = check(office)
    assert (found.wrong, sum(found.counts.values())) == ([], 0)

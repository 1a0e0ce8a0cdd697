"""zhaoshang today, report, todo and visits."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.odd_trips import two_days_away
from zhaoshang_desktop.actions.office import open_office
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, log_visit, new_trip, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.store import create_office


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A trip that is under way today, with one visit typed up."""
    where = tmp_path / "清岚.office"
    made = create_office(where, name="清岚县投资促进局", actor="张敏")
    day = today(made.clock)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        ours = tx.save(Member(name="张敏", unit=unit.id, duty="局长")).id
        hosts = [tx.save(Investor(name=name, place="320200")).id for name in ("青禾新材料", "华澄新材料")]
        for host in hosts:
            tx.save(Contact(investor=host, name="周远航", post="董事长", mobile="13800000000"))
    wish = TripWish(
        "走访",
        day - timedelta(days=1),
        day + timedelta(days=6),
        "320300",
        "新材料小分队",
        targets=tuple(TargetWish(host) for host in hosts),
        teams=(TeamWish("一队", (ours,)),),
    )
    trip = new_trip(made, wish)[0]
    plan_trip(made, trip, iterations=50)
    visit = load_trip(made, trip).visits[0]
    log_visit(
        made,
        visit.id,
        said="想建二期",
        result="同意来看地",
        intention="A",
        next_step="寄图",
        next_due=day - timedelta(days=2),
        next_owner=ours,
    )
    made.close()
    return where


def test_today_says_who_is_next(run: Run, office: Path) -> None:
    told = run("today", "--office", office, "--json")
    assert told.code == 0
    assert told.json["name"] == "新材料小分队"
    assert told.json["next"]["hosts"] == [{"name": "周远航", "post": "董事长", "phone": "13800000000"}]
    assert "下一家" in run("today", "--office", office).out
    assert run("today", "--office", office, "--trip", "新材料").code == 0


def test_today_of_a_trip_without_days_says_who_waits_for_one(run: Run, tmp_path: Path) -> None:
    where = tmp_path / "待排.office"
    made = create_office(where, name="清岚县", actor="张敏")
    trip = two_days_away(made)
    made.close()
    told = run("today", "--office", where, "--trip", trip).out
    assert "这一天没有安排。" in told
    assert "还没有排上的：青禾1新材料有限公司" in told


def test_without_a_trip_under_way_it_ends_with_one(run: Run, tmp_path: Path) -> None:
    create_office(tmp_path / "空.office", name="空", actor="张敏").close()
    told = run("today", "--office", tmp_path / "空.office")
    assert (told.code, told.out) == (1, "今天没有正在外出的。\n")
    assert run("today", "--office", tmp_path / "空.office", "--json").out == "null\n"


def test_todo_lists_what_is_late(run: Run, office: Path) -> None:
    found = run("todo", "--office", office, "--json").json
    assert [(one["what"], one["owner_name"], one["late_days"], one["kind"]) for one in found] == [
        ("寄图", "张敏", 2, "下一步")
    ]
    assert "逾期 2 天" in run("todo", "--office", office, "--late").out
    nobody = run("todo", "--office", office, "--owner", "王磊")
    assert nobody.code == 1
    assert "没有叫“王磊”的招商人员" in nobody.err


def test_visits_carry_what_is_counted(run: Run, office: Path) -> None:
    (visit,) = run("visits", "--office", office, "--json").json
    told = (visit["direction"], visit["unit_name"], visit["leader"], visit["intention"], visit["members_names"])
    assert told == ("走出去", "投资促进局", "科级干部", "A", ["张敏"])
    assert run("visits", "--office", office, "--from", "2090-01-01", "--json").json == []
    assert run("visits", "--office", office, "--direction", "请进来", "--json").json == []
    assert "共 1 次，客商 1 家；意向 A 1" in run("visits", "--office", office).out
    assert run("visits", "--office", office, "--from", "年后").code == 2
    turned = run("visits", "--office", office, "--from", "2027-01-02", "--to", "2027-01-01")
    assert (turned.code, "早于" in turned.err) == (1, True)


def test_the_report_is_written_as_its_name_says(run: Run, office: Path, tmp_path: Path) -> None:
    for ending, head in ((".pdf", b"%PDF"), (".docx", b"PK")):
        path = tmp_path / f"报告{ending}"
        told = run("report", "新材料", "--office", office, "--out", path)
        assert (told.code, told.err) == (0, "")
        assert path.read_bytes().startswith(head)
    assert run("report", "新材料", "--office", office, "--out", tmp_path / "报告.txt").code == 2
    assert run("report", "没有", "--office", office, "--out", tmp_path / "a.pdf").code == 1


def test_a_promise_is_told_and_the_file_written(run: Run, office: Path, tmp_path: Path) -> None:
    opened = open_office(office, actor="张敏")
    trip = opened.columns(Trip, "name")[0][0]
    visit = next(one for one in load_trip(opened, trip).visits if one.state == "已完成")
    log_visit(opened, visit.id, said="我方承诺按其缴纳税收的地方留成部分全额返还。", intention="A")
    opened.close()
    told = run("report", "新材料", "--office", office, "--out", tmp_path / "报告.pdf")
    assert told.code == 0
    assert "公平竞争" in told.err

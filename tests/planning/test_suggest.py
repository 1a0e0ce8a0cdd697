"""Candidates for a trip, best first, each with its reasons in words."""

from __future__ import annotations

from datetime import date

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.planning.suggest import GROUNDS, Ground, Suggestion, Wanted, suggest

TODAY = date(2026, 9, 1)
WANTED = Wanted(TODAY, chain="新材料", places=("320200", "320500"))


def words(suggestion: Suggestion) -> list[str]:
    return [because.words for because in suggestion.because]


def seen(**values: object) -> Investor:
    """One who was met the other day, so that silence says nothing."""
    return Investor(**({"id": 1, "name": "青禾新材", "last_contact": date(2026, 8, 25)} | values))  # type: ignore[arg-type]


def test_each_reason_is_said_in_words() -> None:
    investor = seen(
        chain="新材料",
        place="320205",
        level="A",
        open_projects=2,
        next_step="寄送样品",
        next_due=date(2026, 8, 20),
        last_contact=date(2026, 5, 24),
    )
    lead = Lead(subject="拟在华东建第二工厂", investor=1, state="已核实")
    (found,) = suggest([investor], Wanted(TODAY, "新材料", ("320200",), (lead,)))
    assert words(found) == [
        "同属新材料产业链",
        "在行程地区内（江苏 无锡 锡山区）",
        "关注等级A",
        "下一步“寄送样品”已超期12天",
        "有2个在谈项目",
        "有信息待跟进：拟在华东建第二工厂",
        "已有100天没有联系",
    ]


def test_the_better_candidate_comes_first() -> None:
    far = seen(id=1, chain="新材料", place="440300")
    near = seen(id=2, chain="新材料", place="320500")
    assert [found.investor.id for found in suggest([far, near], WANTED)] == [2, 1]


def test_a_place_a_little_off_the_way_counts_for_less() -> None:
    near, inside = seen(id=1, place="320400"), seen(id=2, place="320200")
    scores = {found.investor.id: found.score for found in suggest([near, inside], WANTED)}
    assert 0 < scores[1] < scores[2]


def test_those_in_the_trip_already_are_not_named() -> None:
    wanted = Wanted(TODAY, chain="新材料", without=frozenset({1}))
    assert suggest([seen(chain="新材料")], wanted) == []


def test_those_whom_nothing_speaks_for_are_not_named() -> None:
    assert suggest([seen(place="440300")], WANTED) == []


def test_a_bad_record_speaks_against_and_is_said() -> None:
    clean = seen(id=1, chain="新材料", place="320200")
    bad = seen(id=2, chain="新材料", place="320200", dishonest=True)
    found = suggest([bad, clean], WANTED)
    assert [each.investor.id for each in found] == [1, 2]
    assert words(found[1])[0] == "有失信或被执行记录，先核查"


def test_a_lead_that_is_finished_waits_no_more() -> None:
    leads = (Lead(subject="旧消息", investor=1, state="失效"),)
    assert suggest([seen()], Wanted(TODAY, leads=leads)) == []


def test_the_office_sets_the_weights() -> None:
    level, chain = seen(id=1, level="A"), seen(id=2, chain="新材料")
    assert [f.investor.id for f in suggest([level, chain], WANTED)] == [2, 1]
    assert [f.investor.id for f in suggest([level, chain], WANTED, weights={"level": 90})] == [1, 2]
    assert [f.investor.id for f in suggest([level, chain], WANTED, weights={"level": 0})] == [2]


def test_a_library_can_add_a_reason() -> None:
    ground = Ground("town", 5, lambda investor, wanted: float("材" in investor.name), lambda *_: "名字里有“材”")
    (found,) = suggest([seen()], WANTED, grounds=(*GROUNDS, ground))
    assert words(found) == ["名字里有“材”"]


def test_no_more_than_asked_for_and_equal_ones_in_their_order() -> None:
    investors = [seen(id=number, chain="新材料") for number in range(1, 9)]
    assert [found.investor.id for found in suggest(investors, WANTED, limit=3)] == [1, 2, 3]


def test_never_contacted_is_said() -> None:
    (found,) = suggest([Investor(id=1, name="云帆装备")], WANTED)
    assert words(found) == ["还没有联系过"]

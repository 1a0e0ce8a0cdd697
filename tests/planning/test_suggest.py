"""Candidates for a trip, best first, each with its reasons in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ranking import Holding, score_of
from zhaoshang_desktop.domain.reference import records
from zhaoshang_desktop.domain.target_rule import TARGET_ITEMS, TargetRule
from zhaoshang_desktop.planning.suggest import (
    GROUNDS,
    Ground,
    Suggestion,
    Tie,
    Wanted,
    explain,
    rules_of,
    terms_of,
)

TODAY = date(2026, 9, 1)
RULES = rules_of((), TODAY)
WANTED = Wanted(TODAY, RULES, chain="新材料", places=("320200", "320500"))


def words(suggestion: Suggestion) -> list[str]:
    return [because.words for because in suggestion.because]


def one(investor: Investor, wanted: Wanted) -> Suggestion:
    """What speaks for one, and that it comes to what the store would reckon."""
    (found,) = explain([investor], wanted)
    assert round(found.score * 100_000) == score_of(investor, terms_of(wanted))
    return found


def order(wanted: Wanted, *investors: Investor) -> list[int]:
    return [found.investor.id for found in sorted(explain(investors, wanted), key=lambda found: -found.score)]


def seen(**values: object) -> Investor:
    """One who was met the other day, so that silence says nothing."""
    return Investor(**({"id": 1, "name": "青禾新材", "last_contact": date(2026, 8, 25)} | values))  # type: ignore[arg-type]


def weighed(**weights: float) -> Wanted:
    return replace(WANTED, rules=replace(RULES, weights={**RULES.weights, **weights}))


def test_each_reason_is_said_in_words() -> None:
    investor = seen(
        chain="新材料",
        industry="化学原料制造",
        place="320205",
        level="A",
        open_projects=2,
        next_step="寄送样品",
        next_due=date(2026, 8, 20),
        last_contact=date(2026, 5, 24),
        head_target=True,
    )
    wanted = replace(
        WANTED,
        industries={"化学原料制造": "华澄"},
        stages={1: "在谈"},
        leads={1: ("拟在华东建第二工厂", "增资")},
        ties={1: Tie(1000, "周立与张敏同校（吴越科技大学）")},
        met={1: "张敏2026-05-24见过"},
    )
    assert words(one(investor, wanted)) == [
        "同属新材料产业链",
        "在行程地区内（江苏 无锡 锡山区）",
        "关注等级A",
        "下一步“寄送样品”已超期12天",
        "有信息待跟进：拟在华东建第二工厂等2条",
        "周立与张敏同校（吴越科技大学）",
        "有2个在谈项目",
        "与华澄同一行业（化学原料制造）",
        "头部目标企业",
        "张敏2026-05-24见过",
        "已有100天没有联系",
    ]


def test_the_better_candidate_comes_first() -> None:
    far = seen(id=1, chain="新材料", place="440300")
    near = seen(id=2, chain="新材料", place="320500")
    assert order(WANTED, far, near) == [2, 1]


def test_a_place_a_little_off_counts_for_less_and_a_far_one_for_nothing() -> None:
    near, inside, far = seen(id=1, place="320400"), seen(id=2, place="320205"), seen(id=3, place="440300")
    scores = [one(each, WANTED).score for each in (near, inside, far)]
    assert 0 < scores[0] < scores[1]
    assert scores[2] == 0
    assert words(one(near, WANTED)) == ["距行程地区约48公里（江苏 常州）"]


def test_what_lies_on_the_road_between_the_base_and_a_place_is_said() -> None:
    wanted = replace(WANTED, base="370400", places=("320200",))
    assert words(one(seen(place="321300"), wanted)) == ["在去无锡的路上（江苏 宿迁，离路线约14公里）"]
    assert words(one(seen(place="320800"), wanted)) == ["在去无锡的路上（江苏 淮安，离路线约49公里）"]
    assert one(seen(place="370402"), wanted).because == ()
    assert 0 < one(seen(place="321300"), wanted).score < one(seen(place="320400"), wanted).score * 2


def test_a_place_abroad_counts_where_the_trip_goes_there() -> None:
    assert words(one(seen(place="X:日本"), replace(WANTED, places=("X:日本",)))) == ["在行程地区内（日本）"]
    assert one(seen(place="X:日本"), WANTED).because == ()


def test_without_places_nothing_is_said_of_the_way() -> None:
    assert one(seen(place="320200"), replace(WANTED, places=(), base="370400")).because == ()


def test_a_bad_record_speaks_against_and_is_said() -> None:
    clean = seen(id=1, chain="新材料", place="320200")
    bad = seen(id=2, chain="新材料", place="320200", dishonest=True)
    assert order(WANTED, bad, clean) == [1, 2]
    assert words(one(bad, WANTED))[0] == "有失信或被执行记录，先核查"
    assert words(one(seen(enforced=True), WANTED)) == ["有失信或被执行记录，先核查"]


def test_the_nearer_to_a_signature_the_more_a_project_counts() -> None:
    stages = {1: "储备", 2: "在谈", 3: "项目评审", 4: "签约", 5: "投产"}
    scores = [one(seen(id=key), replace(WANTED, stages=stages)).score for key in (5, 1, 2, 3, 4)]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert words(one(seen(id=4), replace(WANTED, stages=stages))) == ["项目已到签约阶段"]


def test_the_industry_counts_beside_the_chain() -> None:
    assert words(one(seen(industry="新材料技术推广服务"), WANTED)) == ["行业相关（新材料技术推广服务）"]


def test_a_tie_that_is_only_written_down_counts_too() -> None:
    told = one(seen(local_ties="董事长的外婆家在本县，每年清明回来扫墓"), WANTED)
    assert words(told) == ["与本地有联系：董事长的外婆家在本县，每年清明…"]


def test_silence_counts_from_a_month_on_and_more_and_more() -> None:
    days = (29, 30, 65, 100, 180, 900)
    scores = [one(seen(last_contact=date.fromordinal(TODAY.toordinal() - ago)), WANTED).score for ago in days]
    assert scores[0] == 0
    assert scores == sorted(scores)
    assert scores[-1] == scores[-2] == 10
    assert words(one(Investor(id=1, name="云帆装备"), WANTED)) == ["还没有联系过"]


def test_the_office_sets_the_weights() -> None:
    level, chain = seen(id=1, level="A"), seen(id=2, chain="新材料")
    assert order(WANTED, level, chain) == [2, 1]
    assert order(weighed(关注等级=90), level, chain) == [1, 2]
    assert one(level, weighed(关注等级=0)).because == ()


def test_the_table_of_weights_holds_by_date_and_what_it_lacks_is_what_ships() -> None:
    until = TargetRule(id=1, item="关注等级", value=Decimal(50), valid_to=date(2026, 8, 31))
    since = TargetRule(id=2, item="关注等级", value=Decimal("7.5"), valid_from=date(2026, 9, 1))
    reach = TargetRule(id=3, item="顺路范围", value=Decimal(-5))
    found = rules_of([since, until, reach], TODAY)
    assert (found.weights["关注等级"], found.weights["同一产业链"], found.reach) == (7.5, 30, 0)
    assert rules_of([since, until], date(2026, 8, 1)).weights["关注等级"] == 50
    assert one(seen(place="320400"), replace(WANTED, rules=found)).because == ()


def test_every_weight_ships_with_a_line_and_is_a_reason_of_ours() -> None:
    assert [line.item for line in records(TargetRule, "target_rules")] == list(TARGET_ITEMS)
    assert [ground.key for ground in GROUNDS] == list(TARGET_ITEMS[:-3])


def test_a_library_can_add_a_reason() -> None:
    ground = Ground("名字", lambda _: Holding("name", "材"), lambda *_: "名字里有“材”")
    wanted = weighed(名字=5)
    (found,) = explain([seen()], wanted, (*GROUNDS, ground))
    assert words(found) == ["名字里有“材”"]
    assert len(terms_of(wanted, (*GROUNDS, ground))) == len(terms_of(wanted)) + 1

"""Who goes, why, and what nobody brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.abilities import Abilities, abilities_of, same_home
from zhaoshang_desktop.planning.crew import Host, Party, Person, Proposal, needs_of, propose, spread

QINGHE = Host(11, Investor(id=1, name="青禾新材", chain="新材料", place="320200"), "青禾")
OSAKA = Host(12, Investor(id=2, name="东瀛精工", place="X:日本"), "东瀛精工")
TALKING = Host(13, Investor(id=3, name="云帆装备", place="330100", open_projects=1), "云帆")


def person(key: int, name: str, *can: str, busy: str = "", expert: bool = False, load: int = 0) -> Person:
    return Person(key, expert, name, abilities=Abilities(dict.fromkeys(can, "")), busy=busy, load=load)


TALKER = person(1, "甲", "谈判", "日语")
ENGINEER = person(2, "乙", "产业技术", "谈判")


def names(proposal: Proposal) -> list[list[str]]:
    return [[pick.person.name for pick in team.picks] for team in proposal.teams]


def one(hosts: Sequence[Host], people: Sequence[Person], *kept: Person, limit: int | None = None) -> Proposal:
    return propose([Party("一队", tuple(hosts), kept)], people, limit)


def test_the_fewest_people_who_cover_the_needs_with_what_each_brings() -> None:
    found = one([QINGHE, OSAKA], [ENGINEER, TALKER, person(4, "丁", "谈判"), person(5, "戊", "日语")])
    (team,) = found.teams
    assert [(pick.person.name, pick.words) for pick in team.picks] == [
        ("甲", "谈判；日语：东瀛精工"),
        ("乙", "谈判；产业技术：青禾"),
    ]
    assert team.gaps == ()


def test_a_team_has_two_people_even_where_one_would_do_and_the_less_burdened_comes_along() -> None:
    tired, fresh = person(5, "忙人", load=12), person(6, "闲人", load=2)
    found = one([OSAKA], [TALKER, tired, fresh])
    assert [(pick.person.name, pick.words) for pick in found.teams[0].picks] == [
        ("甲", "谈判；日语"),
        ("闲人", "增加人手"),
    ]


def test_our_own_go_before_experts_who_bring_the_same() -> None:
    guest = person(1, "客", "产业技术", "谈判", expert=True)
    assert names(one([QINGHE], [guest, ENGINEER, TALKER])) == [["甲", "乙"]]


def test_an_expert_joins_where_nobody_of_ours_can() -> None:
    guest = person(1, "译员", "日语", expert=True)
    assert names(one([OSAKA], [ENGINEER, guest])) == [["乙", "译员"]]


def test_what_nobody_brings_names_who_could_if_they_were_free() -> None:
    away = person(5, "戊", "日语", busy="12-07 至 12-09 休假")
    found = one([OSAKA], [ENGINEER, person(3, "丙"), away])
    (gap,) = found.teams[0].gaps
    assert (gap.need.words, [(could.name, why) for could, why in gap.could]) == (
        "会日语",
        [("戊", "12-07 至 12-09 休假")],
    )


def test_nobody_has_the_language_at_all() -> None:
    (gap,) = one([OSAKA], [ENGINEER, person(3, "丙")]).teams[0].gaps
    assert (gap.need.skill, gap.could) == ("日语", ())


def test_those_who_are_in_the_team_stay_and_only_what_lacks_is_added() -> None:
    leader = person(9, "组长", "谈判", "产业技术")
    found = one([QINGHE, OSAKA], [TALKER, ENGINEER, leader], leader)
    assert [(pick.person.name, pick.fresh) for pick in found.teams[0].picks] == [("组长", False), ("甲", True)]


def test_one_of_five_is_the_last() -> None:
    needs = [
        replace(QINGHE, visit=number, investor=Investor(id=number, name=f"{number}", chain=f"链{number}"))
        for number in range(7)
    ]
    people = [person(9, "谈", "谈判"), *(person(number, f"{number}", f"链{number}") for number in range(7))]
    found = one(needs, people)
    assert len(found.teams[0].picks) == 5
    assert [why for gap in found.teams[0].gaps for _, why in gap.could] == ["有空，但队里已满 5 人"] * 3


def test_one_who_knows_the_host_goes() -> None:
    friend = replace(person(7, "故人", "谈判", "产业技术"), knows={1: "2026-05-10见过"}, load=30)
    (team,) = one([QINGHE], [ENGINEER, TALKER, friend]).teams
    assert [pick.words for pick in team.picks if pick.person is friend] == [
        "谈判；产业技术；认识青禾（2026-05-10见过）"
    ]


def test_nobody_is_in_two_teams_and_the_other_says_so() -> None:
    found = propose([Party("一队", (OSAKA,)), Party("二队", (replace(OSAKA, visit=14), QINGHE))], [TALKER, ENGINEER])
    assert names(found) == [["甲"], ["乙"]]
    assert {why for team in found.teams for gap in team.gaps for _, why in gap.could} == {"在本次的另一队"}


def test_the_limit_of_the_fund_holds_and_the_dearer_stays_at_home() -> None:
    high = replace(TALKER, rank="二类")
    low = replace(person(8, "同"), rank="三类")
    party = Party("一队", (OSAKA,), (), {"二类": 900, "三类": 400})
    assert names(propose([party], [high, low])) == [["甲", "同"]]
    within = propose([party], [high, low], 1_000)
    assert (names(within), within.cost.fen) == ([["甲"]], 900)
    assert names(propose([party], [high, low], 500)) == [["同"]]


def test_who_knows_the_chain_goes_before_nobody_but_a_generalist_will_do() -> None:
    chemist = person(4, "化", "新材料", load=9)
    assert names(one([QINGHE], [TALKER, chemist])) == [["甲", "化"]]
    needs = needs_of([QINGHE], [TALKER, chemist])
    assert [(need.words, bool(need.met_by(ENGINEER))) for need in needs] == [("会谈判", True), ("懂新材料", True)]


def test_a_led_trip_takes_a_leader() -> None:
    leader = person(3, "局长", "带队")
    found = propose([Party("一队", (QINGHE,))], [TALKER, ENGINEER, leader], led=True)
    assert names(found) == [["乙", "局长"]]


def test_an_empty_office_and_a_trip_without_targets_propose_nobody() -> None:
    assert names(one([QINGHE], [])) == [[]]
    assert names(one([], [TALKER])) == [[]]
    assert propose([], [TALKER]).teams == ()


def test_what_the_meetings_call_for() -> None:
    hosts = [
        QINGHE,
        OSAKA,
        TALKING,
        replace(OSAKA, visit=15, place="X:新加坡"),
        replace(TALKING, visit=16, stages=("签约",)),
    ]
    needs = {need.words: (need.meetings, need.reason) for need in needs_of(hosts)}
    assert needs == {
        "会谈判": (5, "每次洽谈"),
        "会产业技术": (1, "懂行业和产业链"),
        "会日语": (1, "境外客商"),
        "会项目审批": (1, "有在谈项目，要答复落地手续"),
        "会英语": (1, "境外客商"),
        "会经营主体登记": (1, "项目已签约，要办登记"),
    }
    assert needs_of([]) == []


def test_teams_share_those_who_wait_by_where_they_are_and_evenly() -> None:
    hosts = [
        Host(number, Investor(id=number, place=place))
        for number, place in enumerate(("330100", "320200", "330200", "320500", "310000"))
    ]
    parts = spread(hosts, {0: 1}, 2)
    assert [[host.visit for host in part] for part in parts] == [[4, 1, 3], [0, 2]]
    assert spread([], {}, 0) == []


def test_what_somebody_can_is_read_from_skills_languages_authority_experience_and_unit() -> None:
    member = Member(
        id=7,
        name="张三",
        duty="科长",
        skills=("谈判",),
        languages=("英语 熟练",),
        authority="代办立项和注册登记",
        experience="城商行信贷部五年",
    )
    can = abilities_of(member, "清岚县生态环境局")
    assert can.known == {
        "英语": "",
        "谈判": "",
        "项目审批": "授权事项",
        "经营主体登记": "授权事项",
        "财税金融": "经历",
        "环评能评": "清岚县生态环境局",
    }
    assert can.said("项目审批") == "项目审批（授权事项）"
    assert "带队" in abilities_of(Member(name="李四", duty="副局长"))
    assert "带队" not in abilities_of(Member(name="王五", duty="主任科员"))
    assert abilities_of(Expert(name="陈", skills=("法律",), languages=("日语 一般",))).known == {"日语": "", "法律": ""}


def test_a_province_is_no_home_town() -> None:
    assert same_home("320200", "320205") == "320200"
    assert same_home("320205", "320205") == "320200"
    assert (same_home("320000", "320200"), same_home("320500", "320200"), same_home("", "320200")) == ("", "", "")
    assert same_home("310101", "310104") == "310000"

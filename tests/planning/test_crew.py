"""Who goes, and what nobody brings."""

from __future__ import annotations

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.crew import Need, Person, choose, needs_of, person_of

TALKER = Person(1, "甲", frozenset({"谈判", "日语"}))
ENGINEER = Person(2, "乙", frozenset({"产业技术"}))
EXPERT = Person(3, "丙", frozenset({"产业技术"}), expert=True)
NEEDS = [Need("谈判", 5), Need("产业技术", 3), Need("日语", 1)]


def test_the_fewest_people_who_cover_the_needs_with_what_each_brings() -> None:
    crew = choose([ENGINEER, TALKER, Person(4, "丁", frozenset({"谈判"}))], NEEDS, size=4)
    assert [choice.words for choice in crew.chosen] == ["甲：谈判、日语", "乙：产业技术"]
    assert crew.uncovered == ()


def test_our_own_go_before_experts_who_bring_the_same() -> None:
    crew = choose([EXPERT, ENGINEER], [Need("产业技术")], size=2)
    assert [choice.person.id for choice in crew.chosen] == [2]


def test_what_nobody_brings_names_who_could_if_they_were_free() -> None:
    away = Person(5, "戊", frozenset({"日语"}), available=False)
    crew = choose([ENGINEER, away], [Need("产业技术"), Need("日语")], size=3)
    ((need, could),) = crew.uncovered
    assert (need.skill, [person.name for person in could]) == ("日语", ["戊"])


def test_those_who_go_anyway_come_first() -> None:
    leader = Person(9, "组长", frozenset({"谈判"}))
    crew = choose([TALKER, ENGINEER], NEEDS, size=3, keep=[leader])
    assert [choice.words for choice in crew.chosen] == ["组长：谈判", "乙：产业技术", "甲：日语"]


def test_no_more_than_the_team_holds() -> None:
    crew = choose([TALKER, ENGINEER], NEEDS, size=1)
    assert [choice.person.id for choice in crew.chosen] == [1]
    assert [need.skill for need, _ in crew.uncovered] == ["产业技术"]


def test_what_the_meetings_call_for() -> None:
    investors = [
        Investor(name="青禾新材", chain="新材料", open_projects=1),
        Investor(name="东瀛精工", place="X:日本"),
        Investor(name="海外商会", place="X:新加坡"),
    ]
    needs = {need.skill: need.meetings for need in needs_of(investors)}
    assert needs == {"谈判": 3, "产业技术": 1, "项目审批": 1, "日语": 1, "英语": 1}
    assert needs_of([]) == []


def test_members_and_experts_become_people_with_their_languages() -> None:
    member = person_of(Member(id=7, name="张三", skills=("谈判",), languages=("英语 熟练",)))
    expert = person_of(Expert(id=7, name="李四", skills=("法律",)), available=False)
    assert member.can == {"谈判", "英语"}
    assert (expert.expert, expert.available, member.key != expert.key) == (True, False, True)

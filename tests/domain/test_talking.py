from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.talking import (
    habits,
    matching_projects,
    not_to_say,
    to_say,
    without_unit_numbers,
)
from zhaoshang_desktop.domain.visit import Visit

TODAY = date(2026, 11, 20)
FIRM = Investor(id=1, name="青禾新材料有限公司", chain="新材料", chain_node="添加剂", industry="化学原料")


def said(investor: Investor = FIRM, **records: object) -> str:
    return "\n".join(f"{point.text}|{point.source}" for point in to_say(investor, today=TODAY, **records))  # type: ignore[arg-type]


def unsaid(investor: Investor = FIRM, **records: object) -> str:
    return "\n".join(f"{point.text}|{point.source}" for point in not_to_say(investor, today=TODAY, **records))  # type: ignore[arg-type]


def test_projects_of_the_same_node_come_before_those_of_the_chain_and_of_the_industry() -> None:
    projects = [
        Project(id=1, name="行业", industry="化学原料"),
        Project(id=2, name="产业链", chain="新材料", stage="储备"),
        Project(id=3, name="环节", chain="新材料", chain_node="添加剂", stage="在谈"),
        Project(id=4, name="自己的", stage="在建"),
        Project(id=5, name="别的", chain="食品"),
        Project(id=6, name="已签约的", chain="新材料", stage="签约"),
    ]
    found = matching_projects(FIRM, projects, [Stake(project=4, investor=1), Stake(project=5, investor=2)])
    assert [match.project.name for match in found] == ["自己的", "环节", "产业链", "行业"]
    assert found[1].reason == "同属新材料·添加剂环节"


def test_an_investor_without_chain_matches_no_project_without_chain() -> None:
    assert matching_projects(Investor(id=1), [Project(id=1, name="无产业链")], []) == []


def test_an_open_next_step_is_answered_first_and_told_when_late() -> None:
    visit = Visit(day=date(2026, 7, 8), next_step="寄送园区图", next_due=date(2026, 7, 20))
    text = said(replace(FIRM, needs="蒸汽"), history=[visit])
    assert text.startswith("先答复2026-07-08约定的事：寄送园区图（时限2026-07-20，已过期）")
    assert "蒸汽" in text
    assert "寄送" not in said(history=[replace(visit, next_done=True)])


def test_facts_of_other_industries_are_left_out_and_every_fact_gives_its_date() -> None:
    facts = [
        CountyFact(topic="支柱产业", heading="白茶", text="8万亩"),
        CountyFact(topic="支柱产业", heading="新材料", text="46家", as_of=When(2025)),
        CountyFact(topic="交通", text="高铁站通车"),
        CountyFact(topic="材料", heading="宣传片", text="第三版"),
    ]
    text = said(facts=facts)
    assert "新材料：46家|本地概况·支柱产业，截至2025" in text
    assert "高铁站通车|本地概况·交通，未注明日期，引用前核实" in text
    assert "白茶" not in text
    assert "宣传片" not in text


def test_nothing_known_is_nothing_to_say() -> None:
    assert to_say(Investor(), today=TODAY) == []


def test_what_was_refused_is_not_proposed_again() -> None:
    visit = Visit(day=date(2025, 3, 5), said="介绍县情。对方暂不考虑收购旧厂，愿意看地。")
    assert "2025-03-05对方已表示：对方暂不考虑收购旧厂，愿意看地。" in unsaid(history=[visit])
    assert "没有投资意向" in unsaid(history=[Visit(intention="D")])
    assert "已表示" not in unsaid(history=[Visit(said="谈得很好", intention="A")])


def test_a_very_long_note_is_searched_at_once() -> None:
    assert "已表示" not in unsaid(history=[Visit(said="很长的记录，" * 50_000)])


def test_taboos_are_named_with_the_person() -> None:
    contact = Contact(name="陈晓", taboos="不提裁员")
    assert "陈晓：不提裁员" in unsaid(contacts=[contact])
    assert "裁员" not in unsaid(contacts=[replace(contact, keep_until=date(2026, 11, 19))])


def test_records_of_dishonesty_come_before_any_contract() -> None:
    checked = replace(FIRM, dishonest=True, enforced=False, checked_on=date(2026, 11, 1))
    assert "有失信记录，2026-11-01核查，核清之前不谈签约条件" in unsaid(checked)


def test_offers_tied_to_registration_tax_or_statistics_are_never_promised() -> None:
    assert "不承诺与迁移注册、纳税、计入本地统计挂钩的优惠" in unsaid()
    assert "公平竞争审查条例" in unsaid()
    early = not_to_say(FIRM, today=date(2024, 7, 31))
    assert not [point for point in early if "公平竞争" in point.source]


def test_what_may_tell_faith_or_health_needs_a_recorded_basis() -> None:
    contact = Contact(name="陈晓", diet="清真", hobbies=("书法",))
    assert habits(contact, TODAY) == [("爱好", "书法")]
    assert ("饮食与忌口", "清真") in habits(replace(contact, basis="同意"), TODAY)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("同在第27集团军80旅服役", "同在部队服役"),
        ("原61234部队转业", "原部队转业"),
        ("步兵第3师的老战友", "步兵部队的老战友"),
        ("一二三四五部队", "部队"),
    ],
)
def test_the_numbers_of_military_units_are_taken_out(text: str, printed: str) -> None:
    assert without_unit_numbers(text) == printed


@pytest.mark.parametrize(
    "text",
    ["第二团队核心", "第八师石河子市", "兵团第八师的企业", "一团和气", "新四军研究会", "第3旅游团", "30团队"],
)
def test_other_figures_stay(text: str) -> None:
    assert without_unit_numbers(text) == text

"""News and chats as people copy them, taken apart into what a lead wants to know."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.snippet import Message, messages_in, read_snippet

FRIDAY = date(2026, 11, 20)
NEWS = """青禾新材料二期落户计划公布
本报讯（记者 王某）11月18日，江苏青禾新材料股份有限公司宣布，将在苏州昆山市投资12.5亿元建设电解液添加剂基地，占地200亩。
联系电话：0512-88887766
来源：https://example.com/a"""


def said(text: str) -> list[tuple[str, date | None, str]]:
    return [(one.sender, one.day, one.text) for one in messages_in(text, FRIDAY)]


def test_a_news_item_is_one_message_whatever_its_labels() -> None:
    assert said(NEWS) == [("", None, NEWS)]
    found = read_snippet(Message(NEWS), FRIDAY)
    assert found.subject == "青禾新材料二期落户计划公布"
    assert (found.channel, found.kind, found.day) == ("媒体", "投资意向", date(2026, 11, 18))
    assert (found.place, found.chain) == ("320583", "新材料")
    assert found.firms == ("江苏青禾新材料股份有限公司",)
    assert found.amounts == ("投资12.5亿元",)
    assert found.phones == ("0512-88887766",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张敏：\n有个项目\n很大\n李想：\n收到", [("张敏", None, "有个项目\n很大"), ("李想", None, "收到")]),
        ("张敏：有个项目\n李想：收到", [("张敏", None, "有个项目"), ("李想", None, "收到")]),
        ("张敏 2026-11-19 10:23\n有个项目", [("张敏", date(2026, 11, 19), "有个项目")]),
        ("2026/11/19 10:25 陈燕\n收到", [("陈燕", date(2026, 11, 19), "收到")]),
        ("李局长 12月30日 9:05\n看看这家", [("李局长", date(2025, 12, 30), "看看这家")]),
        ("王会长(苏州商会)：\n有三家想来", [("王会长(苏州商会)", None, "有三家想来")]),
        ("张敏 昨天 18:20\n有个项目", [("张敏", date(2026, 11, 19), "有个项目")]),
        ("联系人：张三\n电话：13800001111", [("", None, "联系人：张三\n电话：13800001111")]),
        ("会议要求如下：\n一、抓项目", [("", None, "会议要求如下：\n一、抓项目")]),
    ],
)
def test_chats_are_parted_by_who_speaks(text: str, expected: list[tuple[str, date | None, str]]) -> None:
    assert said(text) == expected


def test_firms_of_the_library_are_found_by_any_of_their_names() -> None:
    firms = {"青禾新材料有限公司": 5, "青禾新材料": 5, "海拓半导体": 6}
    found = read_snippet(Message("今天拜访了青禾新材料有限公司，又见了海拓半导体的周总"), FRIDAY, firms)
    assert (found.known, found.firms) == ((5, 6), ())


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("昨天老乡王总说，苏州云帆智能装备股份有限公司打算外迁", ("苏州云帆智能装备股份有限公司",)),
        ("甲乙丙有限公司和丁戊己集团都想来", ("甲乙丙有限公司", "丁戊己集团")),
        ("我们公司今天开会", ()),
        ("拜访海拓（苏州）半导体有限公司", ("海拓（苏州）半导体有限公司",)),
    ],
)
def test_names_that_look_like_a_firms_are_proposed(text: str, firms: tuple[str, ...]) -> None:
    assert read_snippet(Message(text), FRIDAY).firms == firms


def test_the_offices_own_words_for_chains_go_first_and_the_sender_tells_the_channel() -> None:
    found = read_snippet(
        Message("减速机项目在找地，约3000万元", "老乡王总"), FRIDAY, chains=("高端装备·减速机", "减速机")
    )
    assert (found.chain, found.channel, found.provider) == ("减速机", "老乡", "老乡王总")
    assert found.amounts == ("约3000万元",)


def test_areas_and_headcounts_are_no_money() -> None:
    assert read_snippet(Message("厂房3万平方米，员工2万人，投资2亿"), FRIDAY).amounts == ("投资2亿",)


@given(st.text(max_size=300))
def test_any_text_is_taken_apart_without_a_fault(text: str) -> None:
    for message in messages_in(text, FRIDAY):
        found = read_snippet(message, FRIDAY, {"青禾": 1}, ("新材料",))
        assert found.content == message.text
        assert len(found.subject) <= 40

"""What is a promise the law does not allow, and what only sounds like one."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.fairness import GAP, FairRule, promises, shipped_rules

TODAY = date(2026, 11, 20)
RULE = FairRule(words="税收/税款…返还/退还", article="第十条")


def told(text: str, *rules: FairRule) -> list[str]:
    return [one.words for one in promises(text, rules or shipped_rules(), TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "前三年税收地方留成部分全额返还企业",
        "企业缴纳的增 值 税按50％返还",
        "ＶＣ项目落户后给予500万元落户奖",
        "工业用地零地价供应",
        "土地出让金返还一半",
        "土地出让金先征后返",
        "摘牌后土地款全退",
        "承诺免租期三年",
        "按企业的地方经济贡献给予奖励",
        "将注册地迁入我县的，给予补贴200万元",
        "一企一策给予奖励",
        "政府采购优先使用本地企业产品",
        "不再引进同类企业",
        "税收政策两免三减半",
        "低于成本价供地",
        "三年内不得迁出",
    ],
)
def test_promises_are_found_however_they_are_put(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "前三年税\n收返还",
        "前三年税收返\r\n还企业",
        "前三年税·收·返·还",
        "前三年税-收-返-还企业",
        "前三年税\u200d收\u2060返\u00ad还",
        "前三年稅收全額返還企業",
        "承諾工業用地零地價供應",
        "按实缴税款的30%予以扶持",
        "減免電費三年",
    ],
)
def test_a_promise_is_found_whatever_breaks_it_up_and_in_either_script(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text", ["不得承諾稅收返還", "税收由企业按规定缴纳。\n返还的是投标保证金", "一、税收\n\n二、返还保证金"]
)
def test_lines_that_end_are_not_read_together(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "不得承诺税收返还、零地价供地",
        "严禁以任何形式，承诺税收返还",
        "税收返还一律不得承诺",
        "没有税收返还",
        "我县已取消税收返还",
        "税收返还等做法已全部清理",
        "不承诺与迁移注册、纳税、计入本地统计挂钩的优惠；金额只引用已公布的政策，并说明文号。",
    ],
)
def test_what_is_denied_is_no_promise(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "对方希望税收返还",
        "对方提出三点要求：一是税收返还，二是零地价",
        "对方要求返还土地出让金，我方未答应",
        "张总询问税收返还政策",
        "对方提出税收返还，我方说明不符合公平竞争审查条例",
    ],
)
def test_what_the_other_side_wishes_is_no_promise_of_ours(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "对方希望税收返还，我方同意",
        "我县不收土地款，税收全额返还",
        "三年内不得转让，所得税地方部分返还",
        "不仅税收返还，而且零地价",
        "未来三年税收返还",
        "企业的用工问题我们解决，税收全额返还",
        "特别给予返税",
    ],
)
def test_a_no_to_something_else_hides_no_promise(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "依法享受国家规定的高新技术企业所得税减免政策",
        "按清政发〔2025〕3号给予设备补贴",
        "项目落户后提供帮办代办服务",
        "对方投资3亿元，年纳税2000万元",
        "企业主营保税仓储、退税代理",
        "租金12元每平方米，按月支付",
        "",
    ],
)
def test_what_the_law_allows_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_what_is_proposed_instead_is_never_flagged_itself() -> None:
    assert [rule.instead for rule in shipped_rules() if told(rule.instead)] == []


def test_every_rule_that_ships_says_article_reason_remedy_and_date() -> None:
    for rule in shipped_rules():
        assert rule.words
        assert rule.article.startswith("《公平竞争审查条例》第")
        assert rule.forbidden
        assert rule.instead
        assert rule.valid_from == date(2024, 8, 1)
        assert rule.source.startswith("国务院令第783号")
    assert len({rule.words for rule in shipped_rules()}) == len(shipped_rules())
    with (tables.folder() / "fair_rules.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(shipped_rules())


def test_the_words_are_told_where_they_stand_in_the_text() -> None:
    text = "一、要点\n税 收前三年\t全额返还。"
    (found,) = promises(text, [RULE], TODAY)
    assert text[found.start : found.end] == found.words == "税 收前三年\t全额返还"


def test_a_gap_is_so_wide_and_never_goes_into_the_next_sentence() -> None:
    assert told("税收" + "一" * GAP + "返还", RULE)
    assert told("税收" + "一" * (GAP + 1) + "返还", RULE) == []
    assert told("税收按规定缴纳。返还保证金", RULE) == []


def test_a_rule_that_is_not_in_force_yet_or_any_more_is_silent() -> None:
    tomorrow, yesterday = TODAY + timedelta(1), TODAY - timedelta(1)
    assert told("税收返还", replace(RULE, valid_from=tomorrow)) == []
    assert told("税收返还", replace(RULE, valid_to=yesterday)) == []
    assert told("税收返还", replace(RULE, valid_from=TODAY, valid_to=TODAY))


@pytest.mark.parametrize("words", ["", "…", "/", "……/；…", "返税…", "…返税", "[税(收*"])
def test_words_that_a_clerk_mistypes_harm_nothing(words: str) -> None:
    assert isinstance(told("税收返税[税(收*", FairRule(words=words)), list)


def test_of_findings_inside_each_other_one_is_told() -> None:
    assert told("税收返还", RULE, FairRule(words="返还"), FairRule(words="税收")) == ["税收返还"]


@given(st.text(st.sampled_from("税收款返还不得，。…\n 　A１"), max_size=60))
def test_any_text_is_read_to_its_end_and_places_are_true(text: str) -> None:
    for one in promises(text, [RULE], TODAY):
        assert text[one.start : one.end] == one.words
        assert one.words[0] in "税"

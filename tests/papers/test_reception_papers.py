"""The papers of a reception: what each says, and what it must not say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.papers.reading import DATA, golden_text, page_texts, printed
from tests.papers.receptions import DAY, investing, official, pack_of
from zhaoshang_desktop.actions.reception_paper import RECEPTION_PAPERS
from zhaoshang_desktop.domain.reception import INVESTING, OFFICIAL, Reception, ReceptionPerson
from zhaoshang_desktop.domain.reception_check import ReceptionBook
from zhaoshang_desktop.papers.blocks import Paper, PlaceCards
from zhaoshang_desktop.papers.reception_bill import reception_bill
from zhaoshang_desktop.papers.reception_guide import guest_guide
from zhaoshang_desktop.papers.reception_lists import car_plan, name_list, room_plan
from zhaoshang_desktop.papers.reception_programme import reception_programme

GOLDENS = {
    f"reception_{kind}_{name}": make(pack, False)
    for kind, pack in (("official", official()), ("investing", investing()))
    for name, (_, make) in RECEPTION_PAPERS.items()
}


def flat(paper: Paper) -> str:
    return re.sub(r"\s+", "", "".join(page_texts(printed(paper))))


@pytest.mark.parametrize("name", [*GOLDENS])
def test_the_papers_read_as_they_did(name: str) -> None:
    assert golden_text(printed(GOLDENS[name])) == (DATA / f"{name}.txt").read_text(encoding="utf-8")


def test_guests_see_no_costs_no_remarks_and_nobodys_telephone_but_ours() -> None:
    text = flat(guest_guide(investing()))
    assert "地价只按公开出让条件介绍" not in text
    for hidden in ("预算", "限额", "费用", "每人", "列支", "内部", "13800000401", "陪餐", "接待方案"):
        assert hidden not in text
    assert "看标准厂房和地块" in text
    assert "张敏县投促局副局长13800000101" in text


def test_the_bill_of_officials_says_what_the_rules_want() -> None:
    text = flat(reception_bill(official()))
    for told in (
        "公务接待清单",
        "枣岭市发展和改革委员会",
        "枣岭发改函〔2026〕31号",
        "副主任",
        "三号会议室",
        "单位负责人审签",
        "288.00",
        "403.50",
        "财务票据、派出单位公函和本清单",
    ):
        assert told in text


def test_the_bill_of_clients_is_another_form() -> None:
    text = flat(reception_bill(investing()))
    assert "招商接待清单" in text
    assert "公函" not in text
    assert "公务" not in text


def test_what_breaks_a_rule_stands_under_the_programme() -> None:
    pack = official()
    pack.book.meals[0].companions = 4
    text = flat(reception_programme(pack_of(pack.book)))
    assert "须改正后再报批" in text
    assert "客人4人，陪餐不超过3人，现在是4人" in text
    assert "须改正" not in flat(reception_programme(official()))


@pytest.mark.parametrize("make", [reception_programme, guest_guide, name_list, car_plan, room_plan, reception_bill])
@pytest.mark.parametrize("kind", [OFFICIAL, INVESTING])
def test_a_reception_with_nothing_in_it_prints_lines_that_say_so(make: Callable[..., Paper], kind: str) -> None:
    text = flat(make(pack_of(ReceptionBook(Reception(kind=kind)))))
    assert re.search("待定|尚未|没有", text)


def test_numbers_are_hidden_in_a_list_that_leaves() -> None:
    assert "13800000201" in flat(name_list(official()))
    assert "13800000201" not in flat(name_list(official(), masked=True))


def test_place_cards_are_two_a_page_each_name_twice_and_rare_characters_are_there() -> None:
    paper = Paper("席签", (PlaceCards(("韩维㮾", "方䶮", "阿卜杜热西提·买买提艾力")),))
    texts = page_texts(printed(paper))
    assert len(texts) == 2
    assert texts[0].count("㮾") == 2
    assert "方　䶮".replace("　", "") in re.sub(r"\s+", "", texts[0])
    assert "□" not in "".join(texts)
    assert "阿卜杜热西提·买买提艾力" in texts[1]


def test_three_hundred_guests_are_printed() -> None:
    pack = official()
    crowd = [ReceptionPerson(id=n, name=f"来宾{n}", unit="枣岭市", car="1号车") for n in range(300)]
    book = replace(pack.book, people=crowd)
    for _, make in RECEPTION_PAPERS.values():
        assert len(page_texts(printed(make(replace(pack, book=book), False)))) >= 1
    assert DAY

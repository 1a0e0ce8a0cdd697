"""The texts of an office looked over for promises: by its own list, else by what ships."""

from __future__ import annotations

from datetime import date

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.fairness import find
from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.domain.fairness import FairRule
from zhaoshang_desktop.domain.query import Query

TEXTS = [("报告·第一段", "承诺零地价供应。"), ("报告·第二段", "依法办理。")]


def test_a_promise_is_told_with_place_words_article_and_what_to_write_instead(stocked: Stocked) -> None:
    (found,) = find(stocked.office, TEXTS)
    assert (found.place, found.words) == ("报告·第一段", "零地价")
    assert found.article == "《公平竞争审查条例》第十条第（三）项"
    assert found.sentence.startswith("报告·第一段：“承诺零地价供应。”——《公平竞争审查条例》")
    assert found.instead in found.sentence


def test_the_list_is_the_offices_to_change_and_an_empty_one_falls_back(stocked: Stocked) -> None:
    office = stocked.office
    rules = office.find(Query(FairRule))
    for rule in rules:
        edit_record(office, FairRule, rule.id, {"valid_to": date(2026, 1, 1)}, rule.version)
    assert find(office, TEXTS) == []
    with office.transaction("加一条") as tx:
        tx.save(FairRule(words="依法办理", article="本县规定"))
    assert [one.article for one in find(office, TEXTS)] == ["本县规定"]
    remove_records(office, FairRule, [one.id for one in office.find(Query(FairRule))])
    assert [one.words for one in find(office, TEXTS)] == ["零地价"]

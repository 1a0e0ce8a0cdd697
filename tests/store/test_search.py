"""Finding by name, by part, by person, by number, by pinyin and its initials."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.store.office import Office

NAMES = ("海珥集团", "青禾新材料股份有限公司", "单县华锐铸造厂", "ABC（中国）投资有限公司", "𠅤记食品厂")


@pytest.fixture
def stocked(office: Office) -> Office:
    with office.transaction("准备") as tx:
        investors = [Investor(name=name) for name in NAMES]
        investors[0].credit_code = "91370200MA00A0251Q"
        tx.save_all(investors)
        tx.save(Contact(investor=investors[1].id, name="周远航", mobile="13812342216"))
    return office


def found(office: Office, words: str, **more: object) -> list[str]:
    query = Query(Investor, words=words, **more)  # type: ignore[arg-type]
    names = [one.name for one in office.find(query)]
    keys = office.first_ids(query, 50)
    assert [one.name for one in office.rows(Investor, keys)] == names
    assert office.count(query) == len(names)
    return names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("海珥", "海珥集团"),
        ("海", "海珥集团"),
        ("珥集", "海珥集团"),
        ("团", "海珥集团"),
        ("haier", "海珥集团"),
        ("he", "海珥集团"),
        ("haie", "海珥集团"),
        ("hejt", "海珥集团"),
        ("913702", "海珥集团"),
        ("251q", "海珥集团"),
        ("２５１Ｑ", "海珥集团"),
        ("周远航", "青禾新材料股份有限公司"),
        ("2216", "青禾新材料股份有限公司"),
        ("1234", "青禾新材料股份有限公司"),
        ("qinghe", "青禾新材料股份有限公司"),
        ("青禾 有限", "青禾新材料股份有限公司"),
        ("shanxian", "单县华锐铸造厂"),
        ("danx", "单县华锐铸造厂"),
        ("abc（中国）", "ABC（中国）投资有限公司"),
        ("bc", "ABC（中国）投资有限公司"),
        ("（中", "ABC（中国）投资有限公司"),
        ("𠅤", "𠅤记食品厂"),
        ("𠅤记", "𠅤记食品厂"),
    ],
)
def test_an_investor_is_found_by(stocked: Office, words: str, name: str) -> None:
    assert name in found(stocked, words)


@pytest.mark.parametrize("words", ["海材", "海团", "xyz", "9999", "'", '"', "%", "AND", "海 青", "NEAR(海 珥)", "*"])
def test_words_that_nobody_has_find_nothing(stocked: Office, words: str) -> None:
    assert found(stocked, words) == []


def test_search_and_conditions_narrow_each_other(stocked: Office) -> None:
    assert found(stocked, "有限公司", where=(Where("level", "=", "A"),)) == []
    assert len(found(stocked, "有限公司", where=(Where("level", "empty"),))) == 2


def test_results_keep_the_order_of_the_list(stocked: Office) -> None:
    assert found(stocked, "有限公司", order=("-name",)) == [NAMES[1], NAMES[3]]


def test_a_changed_name_is_found_anew_and_no_longer_by_the_old(stocked: Office) -> None:
    made = stocked.find(Query(Investor, words="海珥集团"))[0]
    made.name = "澜海集团"
    with stocked.transaction("改名") as tx:
        tx.save(made)
    assert found(stocked, "海珥") == []
    assert found(stocked, "lanhai") == ["澜海集团"]


def test_many_hits_are_found_in_order_too(office: Office) -> None:
    with office.transaction("准备") as tx:
        tx.save_all([Investor(name=f"公司{n:04d}") for n in range(2_000)])
    query = Query(Investor, words="公司")
    assert office.first_ids(query, 60) == office.ids(query)[:60]
    assert office.count(query) == 2_000
    assert office.first_ids(Query(Investor, words="gs"), 60) == office.ids(query)[:60]

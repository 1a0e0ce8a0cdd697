"""Which record a row means: exactly, likely, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.matching import Candidate, Finder, Library, Match, candidate_of, library_of
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.unit import Member

CODE, OTHER_CODE = "91320211MA1XQH2P0K", "91320594MA25K8TT3C"
FIRMS = ("江苏青禾新材料有限公司", "云帆智能装备股份有限公司", "海拓（苏州）半导体有限公司")


def library(*candidates: Candidate, firms: bool = True) -> Library:
    made = Library(firms=firms)
    for candidate in candidates:
        made.add(candidate)
    return made


@pytest.mark.parametrize(
    ("known", "wanted", "exact"),
    [
        (Candidate(1, FIRMS[0], CODE), Candidate(0, "改了名的公司", CODE), True),
        (Candidate(1, FIRMS[0], CODE), Candidate(0, FIRMS[0]), True),
        (Candidate(1, FIRMS[0]), Candidate(0, FIRMS[0], CODE), True),
        (Candidate(1, FIRMS[0]), Candidate(0, "  江苏青禾新材料有限公司 "), True),
        (Candidate(1, "ABC公司"), Candidate(0, "ａｂｃ公司"), True),
        (Candidate(1, FIRMS[0], CODE), Candidate(0, FIRMS[0], OTHER_CODE), False),
        (Candidate(1, FIRMS[0]), Candidate(0, "青禾新材料股份有限公司"), False),
        (Candidate(1, FIRMS[0]), Candidate(0, "青禾新材料（江苏）有限公司"), False),
    ],
)
def test_a_firm_is_known_by_code_then_name_then_likeness(known: Candidate, wanted: Candidate, exact: bool) -> None:
    found = library(known).match(wanted)
    assert found is not None
    assert (found.key, found.exact) == (1, exact)
    assert found.reason


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        (Candidate(1, FIRMS[0]), Candidate(0, FIRMS[1])),
        (Candidate(1, FIRMS[0]), Candidate(0, "浙江青禾新材料有限公司")),
        (Candidate(1, FIRMS[0], CODE), Candidate(0, "青禾新材料股份有限公司", OTHER_CODE)),
        (Candidate(1, FIRMS[0]), Candidate(0, "青禾新材料研究院")),
    ],
)
def test_firms_that_contradict_each_other_are_two(known: Candidate, wanted: Candidate) -> None:
    assert library(known).match(wanted) is None


def test_one_name_without_a_contradiction_goes_before_namesakes() -> None:
    two = library(Candidate(1, FIRMS[0], CODE), Candidate(2, FIRMS[0], OTHER_CODE))
    assert two.match(Candidate(0, FIRMS[0], OTHER_CODE)) == Match(2, "信用代码相同", exact=True)


@pytest.mark.parametrize(
    ("employer", "exact"), [("清岚大学", True), ("", True), (" 清岚大学 ", True), ("云帆研究院", False)]
)
def test_a_namesake_of_another_employer_is_only_likely(employer: str, exact: bool) -> None:
    experts = library(Candidate(1, "周远航", employer="清岚大学"), firms=False)
    found = experts.match(Candidate(0, "周远航", employer=employer))
    assert found is not None
    assert found.exact == exact


def test_likeness_is_a_matter_of_firms(stocked: Stocked) -> None:
    with stocked.office.transaction("准备") as tx:
        tx.save(Lead(subject="江苏青禾新材料有限公司"))
    leads = library_of(stocked.office, Lead)
    assert leads.match(candidate_of(Lead(subject="青禾新材料股份有限公司"))) is None
    assert leads.match(candidate_of(Lead(subject="江苏青禾新材料有限公司"))) is not None


def test_the_library_knows_every_record_that_is_not_in_the_bin(stocked: Stocked) -> None:
    gone, *others = stocked.investors
    with stocked.office.transaction("删除") as tx:
        tx.remove(gone)
    known = library_of(stocked.office, Investor)
    assert known.match(candidate_of(gone)) is None
    for one in others:
        found = known.match(candidate_of(one))
        assert found == Match(one.id, "名称相同", exact=True)


@given(st.lists(st.sampled_from(FIRMS), unique=True), st.sampled_from(FIRMS), st.sampled_from(["", CODE]))
def test_what_was_added_is_found_again_and_nothing_else(known: list[str], wanted: str, code: str) -> None:
    made = library(*[Candidate(place, name) for place, name in enumerate(known, 1)])
    found = made.match(Candidate(0, wanted, code))
    assert (found is not None and found.exact) == (wanted in known)
    if found is not None and found.exact:
        assert known[found.key - 1] == wanted


def test_a_person_named_in_a_cell_is_meant_when_only_one_is_called_so(stocked: Stocked) -> None:
    with stocked.office.transaction("准备") as tx:
        tx.save(Member(unit=stocked.members[0].unit, name="张敏"))
        tx.save(Expert(name="王磊"))
    find = Finder(stocked.office)
    assert find("member", " 王磊 ") == stocked.members[1].id
    for title, reason in (("张敏", "不止一个"), ("没有的人", "没有叫这个名字")):
        with pytest.raises(NotUnderstood, match=reason):
            find("member", title)

"""Scores reckoned by the database are those reckoned record by record, on every kind of office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.ranking import (
    ByDay,
    ByKey,
    ByValue,
    FirstOf,
    Flagged,
    Holding,
    Share,
    Terms,
    score_of,
)
from zhaoshang_desktop.store.office import Office

TODAY = date(2026, 12, 1)
CHAINS = ("新材料", "高端装备", "Bio", "")
DAYS = (None, *(TODAY - timedelta(days=number) for number in (1, 30, 31, 90, 400)))
INVESTORS = [
    Investor(
        name=f"青禾{number}公司",
        chain=CHAINS[number % 4],
        industry=("化学原料制造", "bio制药", "")[number % 3],
        place=("320200", "320500", "X:日本", "")[number % 4],
        level=("A", "B", "C", "")[number // 4 % 4],
        checked_on=DAYS[number % 6],
        dishonest=(True, False, None)[number % 3],
        enforced=(None, None, True, False, None)[number % 5],
        local_ties=("", "董事长是本县人")[number % 2],
    )
    for number in range(60)
]
SHARES = st.integers(-1000, 1000)
PLAIN: st.SearchStrategy[Share] = st.one_of(
    st.builds(ByValue, st.just("chain"), st.dictionaries(st.sampled_from(CHAINS[:3]), SHARES)),
    st.builds(ByValue, st.just("place"), st.dictionaries(st.sampled_from(("320200", "X:日本", "110000")), SHARES)),
    st.builds(ByKey, st.dictionaries(st.integers(0, 70), SHARES)),
    st.builds(
        ByDay,
        st.just("checked_on"),
        st.lists(st.tuples(st.sampled_from(DAYS[1:]), SHARES), max_size=4).map(lambda steps: tuple(sorted(steps))),
        SHARES,
    ),
    st.builds(Flagged, st.sampled_from((("dishonest",), ("dishonest", "enforced")))),
    st.builds(Holding, st.sampled_from(("industry", "local_ties")), st.sampled_from(("", "制", "BIO", "bio")), SHARES),
)
TERMS = st.lists(
    st.tuples(st.integers(-50, 50), st.one_of(PLAIN, st.builds(FirstOf, st.lists(PLAIN, max_size=3).map(tuple)))),
    max_size=6,
).map(tuple)


class Stored(list[Investor]):
    """The investors as they are stored, told in few words."""

    def __repr__(self) -> str:
        return f"{len(self)} investors"


@pytest.fixture
def stored(office: Office) -> Stored:
    with office.transaction("准备") as tx:
        tx.save_all([Investor(**{name: getattr(one, name) for name in FIELDS}) for one in INVESTORS])
        tx.remove(tx.save(Investor(name="回收站里的", chain="新材料", level="A")))
    return Stored(office.find(Query(Investor, order=("id",))))


FIELDS = ("name", "chain", "industry", "place", "level", "checked_on", "dishonest", "enforced", "local_ties")


def with_keys(share: Share, stored: Stored) -> Share:
    """The same with the keys of the records in place of their numbers."""
    if isinstance(share, ByKey):
        return ByKey({stored[n].id if n < len(stored) else n: value for n, value in share.shares.items()})
    if isinstance(share, FirstOf):
        return FirstOf(tuple(with_keys(one, stored) for one in share.shares))
    return share


@given(terms=TERMS, limit=st.integers(1, 70), positive=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_reckons_as_we_do(
    office: Office, stored: Stored, terms: Terms, limit: int, positive: bool
) -> None:
    asked = tuple((weight, with_keys(share, stored)) for weight, share in terms)
    scored = [(one.id, score_of(one, asked)) for one in stored]
    wanted = sorted((pair for pair in scored if pair[1] > 0 or not positive), key=lambda pair: (-pair[1], pair[0]))
    assert office.best(Query(Investor), asked, limit, positive=positive) == wanted[:limit]


def test_only_what_is_asked_for_is_weighed(office: Office, stored: Stored) -> None:
    terms = ((10, ByValue("level", {"A": 1000, "B": 500})),)
    where = (Where("chain", "=", "新材料"), Where("place", "under", ("320000",)))
    found = office.best(Query(Investor, where=where), terms, 50)
    wanted = [one for one in stored if one.chain == "新材料" and one.place == "320200" and one.level in ("A", "B")]
    assert {key for key, _ in found} == {one.id for one in wanted}
    some = [one.id for one in stored[:9]]
    among = office.best(Query(Investor, where=(Where("id", "in", (*some, *range(50_000))),)), terms, 50, positive=False)
    assert sorted(key for key, _ in among) == some
    named = office.best(Query(Investor, words="qh7"), terms, 50, positive=False)
    assert [key for key, _ in named] == [one.id for one in stored if "青禾7" in one.name]
    assert office.best(Query(Investor, words="不存在的"), terms, 50, positive=False) == []


def test_a_library_that_two_cores_weigh_gives_the_same_answer(
    office: Office, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = ((10, ByValue("level", {"A": 1000, "B": 500})), (-3, Flagged(("dishonest",))))
    question = Query(Investor, words="青禾")
    whole = office.best(question, terms, 25, positive=False)
    monkeypatch.setattr("zhaoshang_desktop.store.ranking.MANY", 10)
    assert office.best(question, terms, 25, positive=False) == whole
    assert len(whole) == 25

"""A server's ways to the first hits (walked, looked up, the newest first) all give what a plain search would."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.bench.city import name
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.store import create_office, office, open_office, server_search
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.words import words_of

MANY, PAGE = 600, 20
WORDS = (
    "公司",
    "江苏",
    "无锡青",
    "海",
    "科技有限",
    "青云",
    "gs",
    "jswx",
    "qinghe",
    "wuxi",
    "8888",
    "9132",
    "没有的",
    "上海 电子",
)


@pytest.fixture(scope="module")
def city(postgres_url: str) -> Iterator[Office]:
    from tests import postgres

    with postgres.database(postgres_url, "server_search") as url:
        made = create_office(url, name="青岚市")
        dice = random.Random(5)
        with made.transaction("导入") as tx:
            tx.save_all(
                [
                    Investor(
                        name=name(number)[0],
                        level=dice.choice("ABC"),
                        credit_code=f"9132{dice.randint(0, 9**12):014}",
                    )
                    for number in range(MANY)
                ]
            )
        with made.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        server_search._KNOWN.clear()
        yield made
        made.close()


@pytest.fixture(params=["as it is", "walked", "newest first"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """At this size everything is looked up; other thresholds make the ways of a city be taken."""
    if request.param != "as it is":
        monkeypatch.setattr(server_search, "FEW", 5)
        monkeypatch.setattr(server_search, "FEW_SPOKEN", 10)
        monkeypatch.setattr(server_search, "SLICES", (0.2, 1))
        monkeypatch.setattr(server_search, "WALKED", 100 if request.param == "walked" else 0)
        monkeypatch.setattr(server_search, "HIT_COST", 10**6 if request.param == "walked" else 0)


@functools.cache
def _read(where: str, order: tuple[str, ...]) -> list[Investor]:
    opened = open_office(where)
    found: list[Investor] = opened.find(Query(Investor, order=order))
    opened.close()
    return found


def everybody(city: Office, order: tuple[str, ...]) -> list[Investor]:
    """All of them in that order, read once."""
    return _read(city.where, order)


def expected(city: Office, words: str, order: tuple[str, ...] = (), level: str = "") -> list[int]:
    """By looking at every record."""
    asked = words_of(words)
    found = [
        one
        for one in everybody(city, order or ("-id",))
        if all(word.matches(folded(f"{one.name}\n{one.credit_code}")) for word in asked)
        and (not level or one.level == level)
    ]
    begins = [one.id for one in found if not order and len(asked) == 1 and folded(one.name).startswith(asked[0].text)]
    return begins + [one.id for one in found if one.id not in set(begins)]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("words", WORDS)
def test_every_way_gives_the_same_first_page(city: Office, words: str) -> None:
    for order in ((), ("name",), ("-name",)):
        first = city.first_ids(Query(Investor, words=words, order=order), PAGE)
        assert first == expected(city, words, order)[:PAGE], order
    where = (Where("level", "=", "A"),)
    assert city.first_ids(Query(Investor, words=words, where=where), PAGE) == expected(city, words, level="A")[:PAGE]
    assert city.ids(Query(Investor, words=words)) == expected(city, words)


@pytest.mark.usefixtures("way")
def test_a_text_that_is_longer_than_what_the_index_holds_of_it_is_found_in_the_order_of_names_too(
    postgres_database: str,
) -> None:
    made = create_office(postgres_database, name="青岚市")
    with made.transaction("导入") as tx:
        plain = [Investor(name=f"青禾材料{number:03}") for number in range(200)]
        long = [Investor(name=f"青禾集团{number:03}", former_names=("旧" * 300 + "尾声",)) for number in range(30)]
        tx.save_all(plain + long)
    with made.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    server_search._KNOWN.clear()
    found = made.first_ids(Query(Investor, words="尾声", order=("name",)), PAGE)
    assert found == [one.id for one in long[:PAGE]]
    found = made.first_ids(Query(Investor, words="尾声", order=("-name",)), PAGE)
    assert found == [one.id for one in reversed(long)][:PAGE]
    made.close()


@pytest.mark.parametrize("word", ["公司", "wuxi"])
def test_a_walk_by_name_reads_the_index_alone(city: Office, word: str) -> None:
    """The rows lie in another order: at five million a page of a frequent word took seconds."""
    wanted = server_search.Wanted(
        "investor", words_of(word), lambda source: [source.c.sort_key, source.c.id], by_entry=True
    )
    with city.engine.connect() as connection:
        asked = server_search._Asked(connection, wanted, begin=False, newest_first=False)
        said = asked._walk(MANY).compile(connection, compile_kwargs={"literal_binds": True})
        connection.execute(text("SET enable_seqscan = off"))
        connection.execute(text("SET enable_sort = off"))
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {str(said).replace('%', '%%')}").scalars())
    assert "Index Only Scan using ix_investor_entry_sort_key" in plan


def test_a_list_and_a_count_end_somewhere(city: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST", 100)
    assert len(city.listed(Query(Investor))) == 100
    assert len(city.listed(Query(Investor, words="公司"))) == 100
    assert city.count(Query(Investor), city.most) == 100
    assert city.count(Query(Investor, words="公司"), city.most) == 100
    assert city.count(Query(Investor)) == MANY


def test_a_pair_of_syllables_is_asked_for_by_itself() -> None:
    assert [server_search.number("=dan xian")] in server_search.alternatives(words_of("danxian")[0])

"""From words to the first page of rows out of 100,000 investors: our store against plain sqlite3 on the same file.

Words of one, two and four characters, initials and pinyin, each asked as a clerk types it: the order of
the index, and a list that the clerk has sorted. The plain side asks the same index the same question and
reads the same columns of the same number of rows, without making records of them.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.bench.firms import CHAINS, FIRST, GIVEN, SECOND, SURNAMES, TRADES, credit_code, names
from tests.bench.measures import measure
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.search import fts_question
from zhaoshang_desktop.store.words import words_of

MANY = 100_000
BATCH = 10_000
PAGE = 40
RUNS = 3
EACH = 25
CITIES = ("320200", "320500", "330200", "310000", "440300", "370200")
ORDERS: tuple[tuple[str, ...], ...] = ((), ("name",), ("-registered_capital",))


@measure("search.page_p99_ms_100k", bar=16, unit="ms")
@measure("search.page_median_ms_100k", unit="ms")
@measure("search.page_sorted_p99_ms_100k", unit="ms")
@measure("search.page_plain_sqlite_p99_ms_100k", unit="ms")
def first_pages() -> dict[str, float]:
    """Medians of three runs over all the words; the first run of each is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.office"
        office = create_office(file, name="清岚县投资促进局")
        fill(office)
        words = words_to_type()
        found = [runs(words, partial(page, office, order=order)) for order in ORDERS]
        office.close()
        connection = sqlite3.connect(file)
        plain = runs(words, lambda text: plain_page(connection, text))
        connection.close()
    return {
        "search.page_p99_ms_100k": statistics.median(p99(run) for run in found[0]),
        "search.page_median_ms_100k": statistics.median(statistics.median(run) for run in found[0]),
        "search.page_sorted_p99_ms_100k": max(statistics.median(p99(run) for run in one) for one in found[1:]),
        "search.page_plain_sqlite_p99_ms_100k": statistics.median(p99(run) for run in plain),
    }


def fill(office: Office) -> None:
    """Investors with a person each, as an office has them."""
    dice = random.Random(20261123)
    numbered = enumerate(names(MANY))
    while batch := list(itertools.islice(numbered, BATCH)):
        with office.transaction("导入") as tx:
            made = [investor(dice, number, name) for number, name in batch]
            tx.save_all(made)
            tx.save_all([person(dice, one) for one in made])


def investor(dice: random.Random, number: int, name: str) -> Investor:
    return Investor(
        name=name,
        credit_code=credit_code(number),
        place=dice.choice(CITIES),
        chain=dice.choice(CHAINS),
        level=dice.choice("ABC"),
        business=f"{dice.choice(TRADES)}的研发与生产",
        registered_capital=Money(dice.randint(100, 90_000) * 1_000_000),
        tags=("重点",) if dice.random() < 0.3 else (),
    )


def person(dice: random.Random, owner: Investor) -> Contact:
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    return Contact(investor=owner.id, name=name, mobile=f"138{dice.randint(0, 99_999_999):08}", post="总经理")


def words_to_type() -> list[str]:
    """Frequent and rare ones of every kind, in no order; among them some that nobody is called."""
    dice = random.Random(7)
    one = [dice.choice(FIRST + SECOND + GIVEN) for _ in range(EACH)]
    two = [dice.choice(FIRST) + dice.choice(SECOND) for _ in range(EACH)]
    four = [dice.choice(FIRST) + dice.choice(SECOND) + dice.choice(TRADES)[:2] for _ in range(EACH)]
    initials = "jswx qh ydzn ysgs g hx swyy jtyxgs qhxcl s xcl zj bj hrdz x".split()
    pinyin = "qinghe haier wuxi yuanhang zhong ke j suzhou xincailiao chuang danxian gongsi z li shanghai".split()
    rest = "江苏无锡 有限公司 公司 科技 集团 13800 9132 海 青 重点 王敏 单县 不存在的 xyzq 8888".split()
    every = [*one, *two, *four, *initials, *pinyin, *rest]
    dice.shuffle(every)
    return every


def runs(words: Sequence[str], ask: Callable[[str], object]) -> list[list[float]]:
    """Milliseconds of every word, run by run; one run before warms the files up."""
    times = [[milliseconds(lambda: ask(word)) for word in words] for _ in range(RUNS + 1)]  # noqa: B023 - called at once
    return times[1:]


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def page(office: Office, text: str, order: tuple[str, ...]) -> object:
    return office.rows(Investor, office.first_ids(Query(Investor, words=text, order=order), PAGE))


def plain_page(connection: sqlite3.Connection, text: str) -> object:
    found = (
        "SELECT * FROM investor WHERE id IN "
        "(SELECT rowid FROM investor_index WHERE investor_index MATCH ? ORDER BY rowid DESC LIMIT ?)"
    )
    return connection.execute(found, (fts_question(words_of(text)), PAGE)).fetchall()

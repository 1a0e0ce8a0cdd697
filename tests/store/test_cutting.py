"""A cut connection leaves whole batches only, and the program knows which. Every statement is in tests/proof."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.cutting import DEEDS, Deed, cut_once
from tests.wire import wired
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office


@pytest.fixture
def office(postgres_database: str) -> Iterator[Office]:
    made = create_office(postgres_database, name="清岚县投资促进局")
    with made.transaction("准备") as tx:
        tx.save_all([Investor(name=f"云帆{number}") for number in range(9)])
    yield made
    made.close()


@pytest.mark.parametrize("deed", DEEDS[:2], ids=lambda deed: deed.__name__)
def test_a_connection_cut_in_a_save_leaves_all_of_it_or_nothing(office: Office, deed: Deed) -> None:
    fates = set()
    with wired(office.where) as (wire, url):
        for part in (2, 5, 9, 12, 15, 18, 21):
            for heard in (False, True):
                cut = cut_once(office, wire, url, deed, part, heard=heard)
                assert cut.wrong == ()
                fates.add((cut.happened, cut.committed))
    assert (True, False) in fates

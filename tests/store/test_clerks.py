"""Clerks who meet at the same records lose nothing: the office is its journal replayed (longer in tests/proof)."""

from __future__ import annotations

from tests.store.clerks import prepare, work
from zhaoshang_desktop.store import create_office


def test_four_clerks_at_the_same_records_lose_no_update(postgres_database: str) -> None:
    office = create_office(postgres_database, name="清岚县投资促进局")
    prepare(office)
    day = work(office, clerks=4, seconds=4)
    assert day.wrong == []
    assert day.told["edits"]
    assert day.told["tags"]
    office.close()

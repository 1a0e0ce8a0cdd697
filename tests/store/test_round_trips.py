"""How often a save goes to a server and back: fifty clerks wait for the network at each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office


@pytest.fixture
def office(postgres_database: str) -> Iterator[Office]:
    made = create_office(postgres_database, name="清岚县投资促进局")
    yield made
    made.close()


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    told: list[str] = []

    def tell(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        told.append(" ".join(statement.split()))

    event.listen(office.engine, "before_cursor_execute", tell)
    yield told
    event.remove(office.engine, "before_cursor_execute", tell)


def test_a_remark_is_saved_without_a_look_at_the_search_entry(office: Office) -> None:
    firm = Investor(name="青禾新材料")
    with office.transaction("准备") as tx:
        tx.save(firm)
    with statements(office) as told:
        edit_record(office, Investor, firm.id, {"note": "二期"}, firm.version)
    assert not [one for one in told if "_entry" in one]
    assert len(told) <= 8
    under_the_lock = told[-1]
    assert "INSERT INTO batch" in under_the_lock
    assert "INSERT INTO journal" in under_the_lock


def test_whatever_a_record_is_found_by_is_found_after_an_edit_of_it_or_of_what_belongs_to_it(office: Office) -> None:
    firm = Investor(name="青禾新材料")
    with office.transaction("准备") as tx:
        tx.save(firm)
        person = tx.save(Contact(investor=firm.id, name="周远航"))
    edit_record(office, Contact, person.id, {"mobile": "13812342216"}, person.version)
    assert office.ids(Query(Investor, words="2216")) == [firm.id]
    edit_record(office, Investor, firm.id, {"short_name": "云帆"}, firm.version)
    assert office.ids(Query(Investor, words="云帆")) == [firm.id]
    with office.transaction("移走") as tx:
        tx.remove(tx.get(Contact, person.id))
    assert office.ids(Query(Investor, words="2216")) == []

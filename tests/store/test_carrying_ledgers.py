"""Copies of an office that go on under one device number: no line of theirs is lost, however they meet again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, insert, select

from zhaoshang_desktop.domain.ledger import Act, Deed, Entry
from zhaoshang_desktop.store import ledger
from zhaoshang_desktop.store.tables import DEVICE, LEDGER, META, METADATA

COPIES, SHARED = 4, 7
BEGINNING = datetime(2026, 11, 23, tzinfo=UTC)
MOVES = st.tuples(
    st.sampled_from(("note", "note", "note apart", "put back", "home", "home")),
    st.integers(0, COPIES - 1),
    st.integers(1, COPIES - 1),
)


@contextlib.contextmanager
def copy_of_an_office() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection, tables=[META, DEVICE, LEDGER])
        connection.execute(insert(META), {"key": "office", "value": "清岚"})
        connection.execute(insert(DEVICE), {"number": SHARED, "place": "笔记本", "last_key": 0})
        yield connection
    engine.dispose()


def put_back(kept: Connection, over: Connection) -> None:
    for table in (LEDGER, DEVICE):
        over.execute(delete(table))
        rows = [dict(row) for row in kept.execute(select(table)).mappings()]
        if rows:
            over.execute(insert(table), rows)


def said(entry: Entry) -> tuple[datetime, str, Deed]:
    return entry.at, entry.actor, entry.deed


def comes_home(goes: Connection, office: Connection) -> None:
    theirs, ours = ledger.chains(goes), ledger.chains(office)
    ledger.carry(office, theirs)
    after = ledger.chains(office)
    assert {said(one) for one in [*theirs, *ours]} <= {said(one) for one in after}
    assert set(ours) <= set(after)
    assert list(ledger.faults(office)) == []
    assert ledger.carry(office, theirs) == 0
    assert ledger.chains(office) == after


@settings(max_examples=60)
@given(st.lists(MOVES, min_size=4, max_size=24))
def test_no_line_of_a_copy_that_was_put_back_is_lost(moves: list[tuple[str, int, int]]) -> None:
    with contextlib.ExitStack() as stack:
        copies = [stack.enter_context(copy_of_an_office()) for _ in range(COPIES)]
        for number, (move, one, step) in enumerate(moves):
            here, other = copies[one], copies[(one + step) % COPIES]
            if move == "put back":
                put_back(other, here)
            elif move == "home":
                comes_home(other, here)
            else:
                device = SHARED if move == "note" else SHARED + 1 + one
                deed, at = Deed(Act.EXPORT, number), BEGINNING + timedelta(seconds=number)
                ledger.write(here, deed, device=device, actor="王强", at=at)
        for copy in copies[1:]:
            comes_home(copy, copies[0])
        assert [ledger.carry(copies[0], ledger.chains(copy)) for copy in copies[1:]] == [0] * (COPIES - 1)
        assert all(not list(ledger.faults(copy)) for copy in copies)

"""Entries of very many records, made while more of them are written."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import text

from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import search
from zhaoshang_desktop.store.engine import reading
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.transaction import Transaction

MANY = search.MANY


def firms(tx: Transaction, first: int, count: int) -> list[Investor]:
    """New ones, each with somebody, with their entries begun."""
    made = [Investor(name=f"青禾{number}号材料有限公司") for number in range(first, first + count)]
    tx.save_all(made)
    tx.save_all([Contact(investor=one.id, name=f"周{number}航") for number, one in enumerate(made, first)])
    tx.enter_meanwhile(MANY)
    return made


def stale(office: Office) -> set[int]:
    with reading(office.engine) as connection:
        return search.stale(connection, Investor)


def names(office: Office, words: str) -> list[str]:
    return [one.name for one in office.find(Query(Investor, words=words))]


def test_what_is_entered_meanwhile_is_found_with_its_people(office: Office) -> None:
    with office.transaction("导入") as tx:
        firms(tx, 0, 1_200)
        firms(tx, 1_200, 900)
    assert not stale(office)
    assert names(office, "周1733航") == ["青禾1733号材料有限公司"]
    assert office.count(Query(Investor, words="qinghe")) == 2_100


def test_what_changes_after_it_was_entered_is_found_as_it_is_at_the_end(office: Office) -> None:
    with office.transaction("导入") as tx:
        first, second, *_ = firms(tx, 0, 600)
        first.name = "云帆智能装备有限公司"
        tx.save(first)
        tx.save(Contact(investor=second.id, name="单敏"))
        firms(tx, 600, 600)
    assert not stale(office)
    assert names(office, "云帆") == ["云帆智能装备有限公司"]
    assert names(office, "shanmin") == ["青禾1号材料有限公司"]


def test_a_question_within_the_transaction_sees_what_was_only_begun(office: Office) -> None:
    with office.transaction("导入") as tx:
        firms(tx, 0, 600)
        assert [one.name for one in tx.find(Query(Investor, words="青禾599号"))] == ["青禾599号材料有限公司"]


def test_a_transaction_that_fails_leaves_no_entry_and_no_process(office: Office) -> None:
    with pytest.raises(ZeroDivisionError), office.transaction("导入") as tx:
        firms(tx, 0, 600)
        beside = tx._entering.beside
        raise ZeroDivisionError
    assert beside is None or beside._shared._process.poll() is not None
    assert not names(office, "青禾")
    with reading(office.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM investor_entry")).scalar() == 0


def test_without_a_second_process_the_entries_are_made_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/没有/这个程序")
    with office.transaction("导入") as tx:
        firms(tx, 0, 600)
    assert not stale(office)
    assert names(office, "周5航") == ["青禾5号材料有限公司"]


def test_few_records_are_entered_at_the_end(office: Office) -> None:
    with office.transaction("导入") as tx:
        tx.save_all([Investor(name="青禾新材料有限公司")])
        tx.enter_meanwhile(1)
        assert tx._entering.beside is None
    assert names(office, "青禾") == ["青禾新材料有限公司"]

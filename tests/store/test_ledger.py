"""The ledger: what is written stands, in order, and whoever changes it is found out."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from tests.store.conftest import KEY
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

REFUSED = (DBAPIError, sqlite3.Error, KnownError)


def fill(office: Office) -> None:
    office.note(Deed(Act.EXPORT, 3214, "客商.xlsx", "客商库"))
    office.note(Deed(Act.PRINT, 12, "资料.pdf"))
    with office.transaction("清除") as tx:
        tx.save(Investor(name="青禾"))
        tx.note(Deed(Act.ERASE, 1))


def test_what_is_noted_is_read_back_newest_first_and_is_sound(office: Office) -> None:
    fill(office)
    assert [(one.number, one.deed.act, one.deed.count) for one in office.ledger()] == [
        (3, Act.ERASE, 1),
        (2, Act.PRINT, 12),
        (1, Act.EXPORT, 3214),
    ]
    assert {(one.actor, one.device) for one in office.ledger()} == {("张敏", office.device)}
    assert check(office).wrong == []


def test_a_note_of_a_transaction_that_fails_is_not_there(office: Office) -> None:
    with pytest.raises(ZeroDivisionError), office.transaction("清除") as tx:
        tx.note(Deed(Act.ERASE, 1))
        raise ZeroDivisionError
    assert office.ledger() == []


@pytest.mark.parametrize("statement", ["UPDATE ledger SET actor = '别人'", "DELETE FROM ledger"])
def test_the_database_refuses_to_change_a_line(office: Office, statement: str) -> None:
    fill(office)
    with pytest.raises(REFUSED, match="only added to"), office.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert len(office.ledger()) == 3


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE ledger SET actor = '别人' WHERE number = 2", "第 2 行被改过"),
        ("UPDATE ledger SET count = 2 WHERE number = 1", "第 1 行被改过"),
        ("DELETE FROM ledger WHERE number = 2", "在第 1 行之后缺了 1 行"),
        ("DELETE FROM ledger WHERE number = 1", "在第 0 行之后缺了 1 行"),
    ],
)
def test_whoever_goes_behind_the_program_is_found_out(tmp_path: Path, statement: str, told: str) -> None:
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    fill(office)
    office.close()
    with contextlib.closing(sqlite3.connect(office.where, isolation_level=None)) as file:
        for trigger in ("ledger_no_update", "ledger_no_delete"):
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(statement)
    again = open_office(office.where)
    assert any(told in sentence for sentence in check(again).wrong)
    again.close()


def test_a_copy_continues_with_a_chain_of_its_own(tmp_path: Path) -> None:
    office = create_office(tmp_path / "清岚.office", name="清岚县", key=KEY)
    fill(office)
    office.close()
    copied = tmp_path / "副本.office"
    copied.write_bytes(Path(office.where).read_bytes())
    copy = open_office(copied, key=KEY)
    copy.note(Deed(Act.BACKUP))
    assert next((one.device == copy.device, one.number) for one in copy.ledger()) == (True, 1)
    assert check(copy).wrong == []
    copy.close()

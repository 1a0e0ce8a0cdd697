"""An office on a server backed up as a file: what is made, kept and thinned, by whom, and the way back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import postgres
from tests.actions.roles import Server
from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.actions.sending import SendingWish, send_out
from zhaoshang_desktop.actions.sheet_columns import usual_columns
from zhaoshang_desktop.domain import backup as rules
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.sending import SHEET_SECRET
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=rules.WALL)


@pytest.fixture
def server(postgres_database: str) -> Iterator[Server]:
    with ExitStack() as stack:
        yield Server(postgres_database, stack)


def test_a_server_is_copied_once_for_the_same_state_and_its_copies_are_thinned(
    postgres_database: str, tmp_path: Path
) -> None:
    clock = FixedClock(NOW)
    office = new_office(postgres_database, name="清岚县", clock=clock)
    made = []
    for name in ("青禾", "云帆", "华澄"):
        new_record(office, Investor(name=name))
        made.append(actions.back_up_for_script(office, tmp_path)[0])
        assert actions.back_up_for_script(office, tmp_path) == (made[-1], False)
        clock.advance(timedelta(hours=1))
    theirs = new_office(tmp_path / "另一台" / "清岚县.office", name="清岚县", clock=clock)
    new_record(theirs, Investor(name="江南"))
    other, _ = actions.back_up_for_script(theirs, tmp_path)
    theirs.close()
    clock.advance(timedelta(days=40))
    new_record(office, Investor(name="海珥"))
    newest, is_new = actions.back_up_for_script(office, tmp_path)
    assert is_new
    assert [path.exists() for path in (*made, other, newest)] == [False, False, True, True, True]
    office.close()


def test_who_does_not_see_everything_makes_no_backup_of_a_server_and_whoever_does_makes_a_whole_one(
    server: Server, tmp_path: Path
) -> None:
    clerk, leader = server.as_(Role.CLERK), server.as_(Role.LEADER)
    send_out(clerk, SendingWish(Investor, "核对客商", usual_columns(Investor), ("level",)), tmp_path / "下发")
    secret = server.owner.meta(SHEET_SECRET)
    assert secret
    with pytest.raises(KnownError, match="看不到办公室的全部内容"):
        actions.back_up_for_script(leader, tmp_path)
    assert not list(tmp_path.glob("清岚县-备份/*"))
    for office in (clerk, server.as_(Role.ADMIN)):
        new_record(clerk, Investor(name="云帆"))
        path, is_new = actions.back_up_for_script(office, tmp_path)
        copy = open_office(path)
        assert (is_new, copy.meta(SHEET_SECRET), check(copy).wrong) == (True, secret, [])
        copy.close()


def test_a_backup_of_a_server_goes_back_into_an_empty_database(
    postgres_url: str, postgres_database: str, tmp_path: Path
) -> None:
    office = new_office(postgres_database, name="清岚县")
    new_record(office, Investor(name="青禾"))
    number = office.meta("office")
    path, _ = actions.back_up_for_script(office, tmp_path)
    office.close()
    with postgres.database(postgres_url, f"again_{uuid.uuid4().hex}") as empty:
        backup = open_office(path)
        move_office(backup, empty)
        backup.close()
        again = open_office(empty)
        assert [one.name for one in again.find(Query(Investor))] == ["青禾"]
        assert (again.meta("office"), check(again).wrong) == (number, [])
        again.close()

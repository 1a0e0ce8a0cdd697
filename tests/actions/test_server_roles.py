"""The three roles of a server, with SQL by hand: what the program does not ask for the server refuses all the same."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.actions.roles import Server, refused
from zhaoshang_desktop.actions.homecoming import bring_home, held, look_into
from zhaoshang_desktop.actions.moving import about_users, move_office, reopen_office
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.pack import pack_out, unlocking
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.actions.rights import drop_user, put_user, rights_of
from zhaoshang_desktop.actions.sending import SendingWish, send_out
from zhaoshang_desktop.actions.sheet_columns import usual_columns
from zhaoshang_desktop.domain.allowance import Rate
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.sending import SHEET_SECRET
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import open_file

PASSPHRASE = "青山绿水带回家"
NOBODYS = (
    "UPDATE ledger SET actor = '别人'",
    "DELETE FROM ledger",
    "TRUNCATE ledger",
    "DROP TABLE ledger",
    "ALTER TABLE ledger DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_kept ON ledger",
    "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    "SET session_replication_role = replica",
)
"""What not even an admin may."""
ADMINS = (
    "UPDATE journal SET changes = '{}'",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "INSERT INTO journal (seq, batch, noun, record, op, changes) VALUES (9000000000, 1, 'investor', 1, 'update', '{}')",
    "UPDATE batch SET actor = '别人'",
    "DELETE FROM batch",
    "UPDATE meta SET value = '1'",
    "DELETE FROM meta",
    "INSERT INTO meta (key, value) VALUES ('pack', 'x')",
    "INSERT INTO rate (id, version, created, updated) VALUES (1, 1, '', '')",
    "UPDATE rate SET version = 2",
    "DELETE FROM allowance",
    "TRUNCATE investor CASCADE",
    "DELETE FROM blob",
    "UPDATE blob SET data = ''",
    "DELETE FROM device",
    "ALTER TABLE investor ADD COLUMN motto text",
    "ALTER TABLE investor DISABLE TRIGGER ALL",
    "DROP TRIGGER zhaoshang_erase ON investor",
    "CREATE TABLE extra (a integer)",
    "CREATE SCHEMA extra",
    "CREATE FUNCTION extra() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION zhaoshang_erase() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
    "ALTER TABLE meta DISABLE ROW LEVEL SECURITY",
    "SELECT setval('journal_seq_seq', 1)",
    "CREATE ROLE extra LOGIN",
    "GRANT zhaoshang_admin TO CURRENT_USER",
    "SET ROLE zhaoshang_admin",
    "SELECT rolpassword FROM pg_authid",
    "COPY investor TO PROGRAM 'cat'",
    "SELECT pg_read_file('postgresql.conf')",
)
CLERKS = (
    "INSERT INTO investor (id, version, created, updated, name) VALUES (1, 1, '', '', '云帆')",
    "UPDATE investor SET name = '云帆'",
    "DELETE FROM investor",
    "SELECT * FROM investor FOR UPDATE",
    "UPDATE investor_entry SET text = ''",
    "INSERT INTO journal (batch, noun, record, op, changes) VALUES (1, 'investor', 1, 'create', '{}')",
    "INSERT INTO batch (id, at, actor, device, label) VALUES (1, '', '', 1, '')",
    "INSERT INTO blob (hash, size, data) VALUES ('a', 1, 'a')",
    f"INSERT INTO meta (key, value) VALUES ('{SHEET_SECRET}', 'x')",
    "UPDATE device SET last_key = 1",
    "SELECT nextval('journal_seq_seq')",
)


@pytest.mark.parametrize(
    ("role", "statements"),
    [
        (Role.LEADER, NOBODYS + ADMINS + CLERKS),
        (Role.CLERK, NOBODYS + ADMINS),
        (Role.ADMIN, NOBODYS),
    ],
)
def test_sql_by_hand_goes_no_further_than_the_role(server: Server, role: Role, statements: tuple[str, ...]) -> None:
    office = server.as_(role)
    for statement in statements:
        refused(office, statement)
    assert check(office).wrong == []


def test_a_clerk_makes_nothing_younger_to_erase_it(server: Server) -> None:
    clerk = server.as_(Role.CLERK)
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE investor SET created = '2026-01-01T00:00:00.000000Z'")
    refused(clerk, "UPDATE investor SET created = '9999-01-01T00:00:00.000000Z'")
    refused(clerk, "UPDATE investor SET id = 1")
    refused(clerk, "DELETE FROM investor")


def test_a_clerk_sends_the_first_sheets_of_a_server_and_a_leader_does_not_see_what_signs_them(
    server: Server, tmp_path: Path
) -> None:
    clerk = server.as_(Role.CLERK)
    wish = SendingWish(Investor, "核对客商", usual_columns(Investor), ("level",))
    assert send_out(clerk, wish, tmp_path / "表").files
    assert clerk.meta(SHEET_SECRET)
    leader = server.as_(Role.LEADER)
    assert leader.meta(SHEET_SECRET) == ""
    assert leader.name == "清岚县"


def test_nobody_becomes_an_admin_by_the_name_of_a_role_and_the_owner_stays_one(server: Server) -> None:
    with pytest.raises(KnownError, match="不能做服务器上的用户名"):
        put_user(server.owner, "zhaoshang_leader", Role.ADMIN, "qinglan-1")
    for change in (
        lambda: put_user(server.owner, server.owner.user, Role.CLERK),
        lambda: drop_user(server.owner, "office"),
    ):
        with pytest.raises(KnownError, match="不能去掉自己"):
            change()
    put_user(server.owner, server.owner.user, Role.ADMIN)
    assert server.as_(Role.LEADER).role is Role.LEADER
    assert (server.owner.user, server.owner.count(Query(Investor))) == ("office", 1)


def test_a_clerk_attaches_a_content_that_is_there_already(server: Server) -> None:
    clerk = server.as_(Role.CLERK)
    for _ in range(2):
        with clerk.transaction("照片") as tx:
            sha = tx.put_blob(b"photo")
    assert clerk.blob(sha) == b"photo"


def test_what_a_file_kept_of_passwords_does_not_reach_a_server_and_users_are_not_invented_on_the_way_back(
    postgres_database: str, tmp_path: Path
) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    new_record(office, Investor(name="青禾"))
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "王磊", Role.CLERK, "qinglan-2")
    there_moved = move_office(office, postgres_database)
    assert "用户和密码没有搬过去" in about_users(there_moved)
    there = open_office(postgres_database)
    assert there.meta("users") == ""
    assert [one.deed for one in there.ledger()][-3:] == [one.deed for one in office.ledger()][-3:]
    assert check(there).wrong == []
    assert about_users(move_office(there, tmp_path / "没有角色.office")) == ""
    reopen_office(office)
    again = move_office(office, tmp_path / "另一个.office")
    assert about_users(again) == ""
    copy = open_office(tmp_path / "另一个.office")
    assert [one.name for one in copy.users()] == ["张敏", "王磊"]
    for one in (copy, there, office):
        one.close()


def test_a_server_with_roles_comes_home_without_users_and_that_is_said(server: Server, tmp_path: Path) -> None:
    moved = move_office(server.as_(Role.ADMIN), tmp_path / "回来.office")
    assert "重新建用户" in about_users(moved)
    home = open_office(tmp_path / "回来.office")
    assert (rights_of(home).guarded, home.role) == (False, None)
    assert check(home).wrong == []
    home.close()


def test_a_clerk_of_a_server_brings_home_a_pack_without_its_standards(server: Server, tmp_path: Path) -> None:
    clerk = server.as_(Role.CLERK)
    path = tmp_path / "小分队.pack"
    pack_out(clerk, path, {Investor: clerk.ids(Query(Investor))}, PASSPHRASE, holder=clerk.user)
    key = unlocking(PASSPHRASE)(path)
    with contextlib.closing(open_file(path, key)) as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('standards', 'open')")
    there = open_office(path, actor="王强", key=key)
    with there.transaction("两样一起") as tx:
        firm = tx.find(Query(Investor))[0]
        firm.note = "谈过"
        tx.save(firm)
        tx.save(Rate(currency="USD", day=date(2026, 11, 20), cny=Decimal("7.1")))
    there.close()
    for who, said, taken in ((clerk, "标准的 3 处改动（汇率）", 1), (server.as_(Role.ADMIN), "", 3)):
        home = look_into(who, path, unlocking(PASSPHRASE))
        assert held(home)[: len(said)] == said
        merged = bring_home(who, home)
        assert (merged.taken, merged.is_whole) == (taken, True)
        home.close()
    assert clerk.find(Query(Investor))[0].note == "谈过"
    assert clerk.count(Query(Rate)) == 1

"""Who may what: of a file by its own users, of a server by the roles of a real PostgreSQL."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.actions.roles import Server, refused
from zhaoshang_desktop.actions.attachment import clean_up
from zhaoshang_desktop.actions.backup import make, ready_to_restore
from zhaoshang_desktop.actions.office import SHIPPED, new_office, open_office
from zhaoshang_desktop.actions.record import erase_records, new_record, remove_records
from zhaoshang_desktop.actions.repair import rebuild_derived
from zhaoshang_desktop.actions.rights import drop_user, put_user, rights_of, server_sql, set_up_server
from zhaoshang_desktop.actions.standards import add_shipped
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.allowance import Allowance, Rate
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import STANDARDS, NotAllowed, Role
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.migrations import SCHEMA, Step, bring_up_to_date
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import create_tables

TODAY = date(2026, 11, 20)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    office = new_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    new_record(office, Investor(name="青禾"))
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "王磊", Role.CLERK, "qinglan-2")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.close()
    return office_path(office)


def office_path(office: Office) -> Path:
    return Path(office.where)


def test_the_first_user_is_the_admin_and_goes_on(tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚.office", name="清岚县")
    assert not rights_of(office).guarded
    with pytest.raises(KnownError, match="至少要有一个管理员"):
        put_user(office, "王磊", Role.CLERK, "qinglan-2")
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    assert (office.actor, office.role) == ("张敏", Role.ADMIN)
    new_record(office, Investor(name="青禾"))
    with pytest.raises(KnownError, match="至少 6 个"):
        put_user(office, "王磊", Role.CLERK, "短")
    office.close()


def test_nobody_signed_in_reads_and_writes_nothing(file: Path) -> None:
    office = open_office(file)
    assert office.count(Query(Investor)) == 1
    with pytest.raises(NotAllowed, match="先登录"):
        new_record(office, Investor(name="云帆"))
    office.close()


@pytest.mark.parametrize(
    ("name", "password", "writes", "erases"),
    [("张敏", "qinglan-1", True, True), ("王磊", "qinglan-2", True, False), ("局长", "qinglan-3", False, False)],
)
def test_each_role_goes_as_far_as_it_should(file: Path, name: str, password: str, writes: bool, erases: bool) -> None:
    office = open_office(file)
    office.sign_in(name, password)
    assert office.actor == name
    made = make(office)
    tried = {
        "write": (writes, lambda: new_record(office, Investor(name="云帆"))),
        "remove": (writes, lambda: remove_records(office, Investor, office.ids(Query(Investor)))),
        "erase": (erases, lambda: erase_records(office, Investor, office.ids(Query(Investor)))),
        "standards": (erases, lambda: add_shipped(office, Allowance)),
        "a rule": (
            erases,
            lambda: new_record(office, Rate(currency="USD", day=TODAY, cny=Decimal("7.1"))),
        ),
        "clean up": (erases, lambda: clean_up(office)),
        "index": (writes, lambda: rebuild_derived(office)),
        "users": (erases, lambda: put_user(office, "新来的", Role.CLERK, "qinglan-9")),
        "restore": (erases, lambda: ready_to_restore(office, made)),
    }
    for what, (allowed, action) in tried.items():
        if allowed:
            action()
        else:
            with pytest.raises(NotAllowed, match="不能"):
                action()
                pytest.fail(what)
    assert check(office).wrong == []
    office.close()


def test_a_wrong_password_is_a_sentence_and_a_line_of_the_ledger(file: Path) -> None:
    office = open_office(file)
    for name, password in (("王磊", "qinglan-1"), ("没有", "qinglan-1")):
        with pytest.raises(KnownError, match="用户名或密码不对"):
            office.sign_in(name, password)
    office.sign_in("王磊", "ｑｉｎｇｌａｎ－２")
    assert [one.deed.act for one in office.ledger(3)] == [Act.SIGN_IN, Act.REFUSED, Act.REFUSED]
    assert b"qinglan-2" not in Path(office.where).read_bytes()
    office.close()


def test_the_last_user_taken_away_opens_the_office_to_all(file: Path) -> None:
    office = open_office(file)
    office.sign_in("张敏", "qinglan-1")
    with pytest.raises(KnownError, match="去掉自己"):
        drop_user(office, "张敏")
    for name in ("王磊", "局长", "张敏"):
        drop_user(office, name)
    assert not rights_of(office).guarded
    office.close()
    again = open_office(file)
    new_record(again, Investor(name="云帆"))
    again.close()


def test_a_leader_reads_and_the_server_refuses_the_rest(server: Server) -> None:
    leader = server.as_(Role.LEADER)
    assert leader.role is Role.LEADER
    assert leader.count(Query(Investor, words="青禾")) == 1
    leader.note(Deed(Act.EXPORT, 1, "册.xlsx"))
    with pytest.raises(NotAllowed):
        new_record(leader, Investor(name="云帆"))
    leader.role = None  # a program that does not ask
    with pytest.raises(KnownError, match="没有做这件事的权限"):
        new_record(leader, Investor(name="云帆"))
    for statement in (
        "INSERT INTO investor (id, version, created, updated, name) VALUES (1, 1, '', '', '云帆')",
        "UPDATE investor SET name = '云帆'",
        "DELETE FROM investor",
        "INSERT INTO journal (batch, noun, record, op, changes) VALUES (1, 'investor', 1, 'create', '{}')",
        "UPDATE ledger SET actor = ''",
        "DROP TABLE investor",
    ):
        refused(leader, statement)
    assert leader.count(Query(Investor)) == 1


def test_a_clerk_writes_and_takes_back_and_erases_nothing_old(server: Server) -> None:
    clerk = server.as_(Role.CLERK)
    changes = new_record(clerk, Investor(name="云帆"))
    assert clerk.undo() is not None
    assert clerk.count(Query(Investor)) == 1
    assert changes
    new_record(clerk, Investor(name="云帆"))
    with pytest.raises(NotAllowed, match="不能清除"):
        erase_records(clerk, Investor, clerk.ids(Query(Investor)))
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE investor SET created = '2026-01-01T00:00:00.000000Z'")
    for statement in (
        "DELETE FROM investor",
        "DELETE FROM journal",
        "UPDATE journal SET changes = '{}'",
        "DELETE FROM ledger",
        "UPDATE meta SET value = ''",
        "UPDATE rate SET version = 2",
        "ALTER TABLE investor ADD COLUMN motto text",
    ):
        refused(clerk, statement)
    with pytest.raises(KnownError, match="没有做这件事的权限"), clerk.transaction("汇率") as tx:
        tx.save(Rate(currency="USD", day=TODAY, cny=Decimal("7.1")))
    assert check(clerk).wrong == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.CLERK])
def test_who_may_not_upgrade_a_server_is_told_who_does(server: Server, role: Role) -> None:
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE meta SET value = '{SCHEMA - 1}' WHERE key = 'schema'")
    with pytest.raises(KnownError, match="升级由管理员来做"):
        server.as_(role)
    assert server.owner.meta("schema") == str(SCHEMA - 1)


def test_an_admin_erases_and_changes_the_structure_but_not_the_ledger(server: Server) -> None:
    admin = server.as_(Role.ADMIN)
    admin.note(Deed(Act.EXPORT, 1, "册.xlsx"))
    erase_records(admin, Investor, admin.ids(Query(Investor)))
    with admin.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE investor ADD COLUMN motto text")
    for statement in ("DELETE FROM ledger", "UPDATE ledger SET actor = ''", "ALTER TABLE ledger DISABLE TRIGGER ALL"):
        refused(admin, statement)
    assert check(admin).wrong == []


def test_who_is_what_on_a_server_is_read_from_it_and_changed(server: Server) -> None:
    found = {one.name: one.role for one in rights_of(server.owner).people}
    assert {server.name(role): role for role in Role}.items() <= found.items()
    put_user(server.owner, server.name(Role.LEADER), Role.CLERK)
    assert server.as_(Role.LEADER).role is Role.CLERK
    drop_user(server.owner, server.name(Role.CLERK))
    with pytest.raises(KnownError, match="权限"):
        server.as_(Role.CLERK)
    with pytest.raises(KnownError, match="不能做服务器上的用户名"):
        put_user(server.owner, "pg_wang", Role.CLERK, "qinglan")


def test_the_sql_can_be_run_by_hand_and_twice(server: Server) -> None:
    statements = server_sql(server.owner)
    assert "GRANT SELECT ON investor TO zhaoshang_leader" in statements
    set_up_server(server.owner)
    assert server.as_(Role.CLERK).role is Role.CLERK


def test_every_table_of_policy_is_an_admins_to_change() -> None:
    assert {record.NOUN for record, _ in SHIPPED} | {Rate.NOUN} == set(STANDARDS)


@pytest.mark.parametrize("upgrading", ["owner", Role.ADMIN])
def test_tables_that_an_upgrade_makes_are_the_clerks_too(server: Server, upgrading: str) -> None:
    with server.owner.engine.begin() as connection:
        for table in ("absence", "absence_entry", "target_rule", "target_rule_entry"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")

    upgrade(server, server.owner if upgrading == "owner" else server.as_(Role.ADMIN), create_tables)
    clerk = server.as_(Role.CLERK)
    with clerk.transaction("记下") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        member = tx.save(Member(name="王磊", unit=unit.id))
        tx.save(Absence(member=member.id, start=date(2026, 12, 1)))
    refused(clerk, "DELETE FROM target_rule")
    assert server.as_(Role.LEADER).count(Query(Absence)) == 1


def test_an_upgrade_by_an_admin_brings_the_rights_of_today(server: Server) -> None:
    with server.owner.engine.begin() as connection:
        for older in (
            "DROP FUNCTION zhaoshang_born CASCADE",
            "CREATE OR REPLACE FUNCTION zhaoshang_erase() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            "REVOKE SELECT ON investor FROM zhaoshang_clerk",
            "GRANT UPDATE ON meta TO zhaoshang_clerk",
        ):
            connection.exec_driver_sql(older)
    upgrade(server, server.as_(Role.ADMIN))
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE investor SET created = '2020-01-01T00:00:00'")
    clerk = server.as_(Role.CLERK)
    assert clerk.count(Query(Investor)) == 1
    for statement in ("DELETE FROM investor", "UPDATE investor SET created = ''", "UPDATE meta SET value = ''"):
        refused(clerk, statement)


def test_who_set_up_the_roles_with_an_older_program_opens_the_office_first(server: Server) -> None:
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql("ALTER FUNCTION zhaoshang_erase OWNER TO CURRENT_USER")
    with pytest.raises(KnownError, match="用当时设立角色的账号"):
        upgrade(server, server.as_(Role.ADMIN))
    upgrade(server, server.owner)
    upgrade(server, server.as_(Role.ADMIN))


def upgrade(server: Server, office: Office, step: Step = lambda _connection: None) -> None:
    """A step of the schema by whose office it is; afterwards this program opens it again."""
    bring_up_to_date(office.engine, lambda: None, {SCHEMA + 1: step}, SCHEMA + 1)
    with server.owner.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE meta SET value = '{SCHEMA}' WHERE key = 'schema'")

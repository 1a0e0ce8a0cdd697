"""Users and their roles: of a file, with passwords of its own; of a server, as the database knows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.rights import ROLE_TITLES, Right, Role
from zhaoshang_desktop.store import ledger, server_rights, users
from zhaoshang_desktop.store.engine import is_server, reading, writing
from zhaoshang_desktop.store.users import with_password

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in."""

    name: str
    role: Role


@dataclass(frozen=True)
class Rights:
    """Who may what in an office; `guarded` when a server's roles are set up, or a file has users; `managed` when who
    sits here may change that: on a server who may make roles there, which not every admin of the office may."""

    people: tuple[Person, ...]
    guarded: bool
    server: bool
    managed: bool


def rights_of(office: Office) -> Rights:
    """Who may sign in."""
    if is_server(office.where):
        with reading(office.engine) as connection:
            guarded = server_rights.are_set_up(connection)
            found = server_rights.logins(connection) if guarded else []
            managed = guarded and office.may(Right.USERS) and server_rights.manages_logins(connection)
        return Rights(tuple(Person(one.name, one.role) for one in found), guarded, server=True, managed=managed)
    known = office.users()
    people = tuple(Person(one.name, one.role) for one in known)
    return Rights(people, bool(known), server=False, managed=office.may(Right.USERS))


def put_user(office: Office, name: str, role: Role, password: str = "") -> Rights:
    """Makes a user, or gives one another role, and another password if there is one.

    The first user of a file is its admin, and is signed in at once: otherwise nobody could go on.
    """
    office.require(Right.USERS)
    name = name.strip()
    if is_server(office.where):
        _refuse_oneself(office, name, role)
        with writing(office.engine) as connection:
            server_rights.put_login(connection, name, role, password)
            _note(connection, office, f"{name}：{ROLE_TITLES[role]}")
        return rights_of(office)
    known = office.users()
    there = next((one for one in known if one.name == name), None)
    made = replace(there, role=role) if there is not None and not password else with_password(name, role, password)
    wanted = [made if one.name == name else one for one in known] + ([made] if there is None else [])
    with writing(office.engine) as connection:
        users.put(connection, wanted)
        _note(connection, office, f"{name}：{ROLE_TITLES[role]}")
    if not known:
        office.role, office.user, office.actor = made.role, made.name, made.name
    elif office.user == name:
        office.role = made.role
    return rights_of(office)


def drop_user(office: Office, name: str) -> Rights:
    """Takes a user away; with the last one of a file everybody may do everything again."""
    office.require(Right.USERS)
    if is_server(office.where):
        _refuse_oneself(office, name, None)
        with writing(office.engine) as connection:
            server_rights.drop_login(connection, name)
            _note(connection, office, f"{name}：去掉")
        return rights_of(office)
    known = office.users()
    if name == office.user and len(known) > 1:
        raise KnownError("不能去掉自己。", "请让另一个管理员来做。")
    with writing(office.engine) as connection:
        users.put(connection, [one for one in known if one.name != name])
        _note(connection, office, f"{name}：去掉")
    if len(known) == 1:
        office.role, office.user = None, ""
    return rights_of(office)


def _refuse_oneself(office: Office, name: str, role: Role | None) -> None:
    """Who gave up being an admin of a server could not open the office any more to take it back."""
    if name == office.user and role is not Role.ADMIN:
        raise KnownError("不能去掉自己，也不能把自己改成别的身份。", "请让另一个能管用户的账号来做。")


def set_up_server(office: Office) -> Rights:
    """Makes the three roles on the server; who does it becomes an admin."""
    if office.role is not None:
        office.require(Right.USERS)
    with writing(office.engine) as connection:
        server_rights.set_up(connection)
        _note(connection, office, "设立三种角色")
        office.role, office.user = server_rights.role_of_user(connection), server_rights.user_of(connection)
    return rights_of(office)


def server_sql(office: Office) -> str:
    """The same as SQL, for an administrator of the server who does it by hand."""
    with reading(office.engine) as connection:
        return "".join(f"{statement};\n" for statement in server_rights.statements(connection))


def _note(connection: Any, office: Office, said: str) -> None:
    deed = Deed(Act.RIGHTS, note=said)
    ledger.write(connection, deed, device=office.device, actor=office.actor, at=office.clock.now())

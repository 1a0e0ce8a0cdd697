"""Who may what on PostgreSQL: three roles of the database's own, each with what its people need and no more.

Leaders read, and add to the ledger (they export and print too). Clerks write records; they may take back what was
created within a day, as 撤销 does, and nothing else is deleted for good. Admins own the tables: they change the
structure, the office's rules, and erase; the ledger is not theirs either. The roles belong to the whole server, their
rights to this database: of two offices on one server who is a clerk in one is a clerk in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.rights import STANDARDS, Role
from zhaoshang_desktop.domain.sending import SHEET_SECRET
from zhaoshang_desktop.store.tables import ENTRIES, JOURNAL, METADATA, TABLES

_PREFIX = "zhaoshang_"
NAMES = {role: f"{_PREFIX}{role}" for role in Role}
_READ_AND_ADD = ("ledger", "device")
"""What leaders add to: the ledger, and the PC they sit at."""
_FUNCTIONS = {
    "zhaoshang_erase": """
CREATE OR REPLACE FUNCTION zhaoshang_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, 'zhaoshang_admin', 'MEMBER')
     OR OLD.created > to_char((now() - interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'permission denied to erase' USING ERRCODE = 'insufficient_privilege';
END $$""",
    "zhaoshang_born": """
CREATE OR REPLACE FUNCTION zhaoshang_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, 'zhaoshang_admin', 'MEMBER') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'permission denied to change when it was created' USING ERRCODE = 'insufficient_privilege';
END $$""",
}


@dataclass(frozen=True)
class Login:
    """Somebody who may sign in to the server, and what they are in the office."""

    name: str
    role: Role


def statements(connection: Connection) -> list[str]:
    """The SQL of the three roles, for who owns the tables and may make roles; running it again does no harm."""
    database = _quoted(connection.execute(text("SELECT current_database()")).scalar_one())
    owner = _quoted(user_of(connection))
    return list(_statements(database, owner, _tables(connection)))


def _statements(database: str, owner: str, tables: list[str]) -> Iterator[str]:
    leader, clerk, admin = (NAMES[role] for role in Role)
    for name in (leader, clerk, admin):
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') "
            f"THEN CREATE ROLE {name} NOLOGIN; END IF; END $$"
        )
    yield f"GRANT {admin} TO {owner}"
    everybody = f"{leader}, {clerk}, {admin}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {everybody}"
    yield f"GRANT USAGE ON SCHEMA public TO {everybody}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT CREATE ON SCHEMA public TO {admin}"
    yield from _of_tables(tables)


def _of_tables(tables: list[str]) -> Iterator[str]:
    """Everything that is said of tables: an admin's to change and to say again."""
    for name, function in _FUNCTIONS.items():
        yield function
        yield f"ALTER FUNCTION {name}() OWNER TO {NAMES[Role.ADMIN]}"
    for table in tables:
        yield from _of_table(table)
        if table in TABLES:
            yield from _of_noun(table)
    yield f"GRANT USAGE ON SEQUENCE journal_seq_seq TO {NAMES[Role.CLERK]}"
    yield from _of_secrets()


def _of_table(table: str) -> Iterator[str]:
    """Whose a table is, and who may do what with it."""
    leader, clerk, admin = (NAMES[role] for role in Role)
    yield (
        f"GRANT SELECT, INSERT ON ledger TO {admin}" if table == "ledger" else f"ALTER TABLE {table} OWNER TO {admin}"
    )
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {leader}, {clerk}"
    yield f"GRANT SELECT ON {table} TO {leader}, {clerk}"
    if table in _READ_AND_ADD:
        yield f"GRANT INSERT ON {table} TO {leader}"
    rights = _clerk(table)
    if rights:
        yield f"GRANT {rights} ON {table} TO {clerk}"


def _of_secrets() -> Iterator[str]:
    """Of the office's own facts leaders see all but what sheets are signed with, and clerks add nothing but that, for
    the first sheets; an admin owns them."""
    leader, clerk = NAMES[Role.LEADER], NAMES[Role.CLERK]
    yield "ALTER TABLE meta ENABLE ROW LEVEL SECURITY"
    for name, to_whom in (
        ("zhaoshang_open", f"FOR SELECT TO {leader} USING (key <> '{SHEET_SECRET}')"),
        ("zhaoshang_all", f"FOR SELECT TO {clerk} USING (true)"),
        ("zhaoshang_draw", f"FOR INSERT TO {clerk} WITH CHECK (key = '{SHEET_SECRET}')"),
    ):
        yield f"DROP POLICY IF EXISTS {name} ON meta"
        yield f"CREATE POLICY {name} ON meta {to_whom}"


def _of_noun(noun: str) -> Iterator[str]:
    """What keeps clerks from erasing what is older than a day, and from making it younger."""
    for name, when in (("zhaoshang_erase", "DELETE"), ("zhaoshang_born", "UPDATE OF id, created")):
        yield f"DROP TRIGGER IF EXISTS {name} ON {noun}"
        yield f"CREATE TRIGGER {name} BEFORE {when} ON {noun} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _clerk(table: str) -> str:
    """What clerks may do to a table besides reading."""
    if table in ("ledger", "batch", "meta"):
        return "INSERT"
    if table == "journal":  # all but its number
        return f"INSERT ({', '.join(one.name for one in JOURNAL.c if not one.primary_key)})"
    if table == "blob":  # a content stays what it is; to lock one takes some right to change it
        return "INSERT, UPDATE (size)"
    if table in STANDARDS:
        return ""
    if table in TABLES or table in {f"{noun}_entry" for noun in ENTRIES}:
        return "INSERT, UPDATE, DELETE"
    return "INSERT, UPDATE"


def set_up(connection: Connection) -> None:
    """Makes the roles and gives them their rights; KnownError when this user may not."""
    _run(connection, statements(connection))


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))


def renew(connection: Connection) -> None:
    """The roles get today's rights, to tables that an upgrade has made as well; a step for nothing else may be empty.

    KnownError where the functions are still theirs who set up the roles, which an earlier program left so.
    """
    if not are_set_up(connection):
        return
    others = text(
        "SELECT 1 FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = ANY(:names) "
        "AND NOT pg_has_role(proowner, 'MEMBER')"
    )
    if connection.execute(others, {"names": [*_FUNCTIONS]}).first():
        raise KnownError(
            "服务器上的角色是用旧程序设立的，这个账号升级不了办公室，什么都没有改动。",
            "请用当时设立角色的账号，拿这个版本的程序打开一次，然后再打开。",
        )
    mine = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(tableowner, 'MEMBER')")
    owned = set(connection.execute(mine).scalars())
    _run(connection, _of_tables([table for table in METADATA.tables if table in owned]))


def role_of_user(connection: Connection) -> Role | None:
    """What the user of this connection is; None where the roles were never set up (then the database's own rights are
    all there is)."""
    if not are_set_up(connection):
        return None
    for role in reversed(Role):
        member = text("SELECT pg_has_role(current_user, :name, 'MEMBER')")
        if connection.execute(member, {"name": NAMES[role]}).scalar():
            return role
    return None


def sees_all(connection: Connection) -> bool:
    """Is nothing hidden from this user? Of the office's own facts leaders, and who has no role, do not see all."""
    hides = connection.execute(text("SELECT row_security_active('meta')")).scalar_one()
    return not hides or role_of_user(connection) not in (None, Role.LEADER)


def user_of(connection: Connection) -> str:
    """Who is signed in to the server on this connection."""
    return str(connection.execute(text("SELECT current_user")).scalar_one())


def manages_logins(connection: Connection) -> bool:
    """May this user make users and give them roles? Since PostgreSQL 16 who may make roles gives only those that are
    its own to give."""
    asked = text(
        "SELECT rolsuper OR rolcreaterole AND (current_setting('server_version_num')::int < 160000 "
        "OR pg_has_role(current_user, :name, 'MEMBER WITH ADMIN OPTION')) FROM pg_roles WHERE rolname = current_user"
    )
    return bool(connection.execute(asked, {"name": NAMES[Role.LEADER]}).scalar())


def are_set_up(connection: Connection) -> bool:
    """Do the three roles have their rights in this database?"""
    known = "SELECT count(*) FROM pg_roles WHERE rolname = ANY(:names)"
    if connection.execute(text(known), {"names": [*NAMES.values()]}).scalar_one() < len(NAMES):
        return False
    guarded = "SELECT has_table_privilege(:leader, 'investor', 'SELECT')"
    return bool(connection.execute(text(guarded), {"leader": NAMES[Role.LEADER]}).scalar())


def logins(connection: Connection) -> list[Login]:
    """Who may sign in, and as what; the strongest of several roles counts."""
    found: dict[str, Role] = {}
    members = text(
        "SELECT member.rolname FROM pg_auth_members m JOIN pg_roles member ON member.oid = m.member "
        "JOIN pg_roles granted ON granted.oid = m.roleid WHERE granted.rolname = :name AND member.rolcanlogin"
    )
    for role in Role:
        for name in connection.execute(members, {"name": NAMES[role]}).scalars():
            found[name] = role
    return [Login(name, role) for name, role in sorted(found.items())]


def put_login(connection: Connection, name: str, role: Role, password: str = "") -> None:
    """Makes a user or gives one another role (and password, if any)."""
    _refuse_odd(name)
    there = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name}).scalar()
    if not there:
        if not password:
            raise KnownError("新用户要有密码。", "请填上密码。")
        connection.exec_driver_sql(f"CREATE ROLE {_quoted(name)} LOGIN")
    if password:
        said = connection.execute(text("SELECT quote_literal(:password)"), {"password": password}).scalar_one()
        connection.exec_driver_sql(f"ALTER ROLE {_quoted(name)} PASSWORD {said}".replace("%", "%%"))
    for other in Role:
        verb, word = ("GRANT", "TO") if other is role else ("REVOKE", "FROM")
        connection.exec_driver_sql(f"{verb} {NAMES[other]} {word} {_quoted(name)}")


def drop_login(connection: Connection, name: str) -> None:
    """Takes all three roles from a user, who stays a user of the server."""
    for role in Role:
        connection.exec_driver_sql(f"REVOKE {NAMES[role]} FROM {_quoted(name)}")


def _tables(connection: Connection) -> list[str]:
    there = set(connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars())
    return [name for name in METADATA.tables if name in there]


def _refuse_odd(name: str) -> None:
    if not name.strip() or len(name.encode()) > 63 or "\0" in name or "%" in name or name.startswith(("pg_", _PREFIX)):
        raise KnownError(f"“{name}”不能做服务器上的用户名。", "请用姓名的拼音，或 20 个字以内的中文。")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

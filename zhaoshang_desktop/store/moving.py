"""An office moves: from a file to a server, or back into a file, with all it has, and stays the same office.

Every table goes over as it is: records, the recycle bin, versions, journal and batches, devices, the ledger,
attachments. What the search index holds is made anew. The target is one transaction (a file: under another name
until it is whole), so that whatever interrupts leaves nothing there; nobody writes to the source meanwhile. At the
end each row of both sides is read once more and compared by its hash, and both ledgers say where the office went.
The source's transaction ends after the target's: with it the office is no longer here, which the store itself knows
from then on (`moved`). The copy does not have that fact, nor does one that is made for a backup set it.

The users of a file stay behind: a server has users and roles of its own, and whoever reads its tables must not find
what the file kept of their passwords.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, Text, collate, func, select, text

from zhaoshang_desktop.domain.errors import KnownError, LostConnection
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.runtime import passwords
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import ledger, moved, search, server_rights, server_search, users
from zhaoshang_desktop.store.engine import connect, driver_sentences, is_server, sentences, writing
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.opening import new_file, prepare_file, refuse_used
from zhaoshang_desktop.store.tables import ENTRIES, JOURNAL, META, METADATA, create_tables, insert_rows
from zhaoshang_desktop.store.transaction import JOURNAL_LOCK

CHUNK = 1_000


@dataclass(frozen=True)
class Moved:
    """Where the office is now: records by noun (those in the recycle bin among them), rows of all tables, and the
    hash of everything, the same on both sides. With `without_users` the office told people apart, by users of the file
    or (`from_server`) roles of the server, and they stayed behind."""

    where: str
    rows: int
    hash: str
    counts: dict[str, int] = field(default_factory=dict)
    without_users: bool = False
    from_server: bool = False


def move(
    source: Office,
    target: Path | str,
    *,
    key: bytes | None = None,
    act: Act = Act.MOVE,
    note: str = "",
    progress: Progress = untold,
) -> Moved:
    """Copies the whole office to an empty database or a new file (encrypted with the key, when there is one); `act` and
    `note` are what the ledgers call it."""
    target = passwords.hold(str(target)) if is_server(target) else target
    if str(target) == source.where:
        raise KnownError("办公室已经在那里了。", "请选另一个位置。")
    with _alone(source.engine) as reading, _target(target, key) as engine, _whole(engine) as writing_:
        job = _Job(reading, writing_, progress)
        with _cut_off():
            if act is Act.MOVE:
                moved.refuse(reading)
            job.copy()
            job.index()
            digest = job.compare()
            without_users = job.leaves_users and _tells_apart(reading)
            job.note(source, target, act, note)
            gone = moved.mark(reading, target, source.clock.now()) if act is Act.MOVE else ""
    source.moved = gone or source.moved
    counts = {noun: job.rows[noun] for noun in RECORDS}
    from_server = is_server(source.where)
    return Moved(str(target), sum(job.rows.values()), digest, counts, without_users, from_server)


def reopen(office: Office) -> None:
    """An office that has moved is one to work in again, whatever became of the copy."""
    with writing(office.engine) as connection:
        if not moved.take_back(connection):
            raise KnownError("这个办公室没有搬走，本来就可以用。")
        deed = Deed(Act.MOVE, note="重新启用")
        ledger.write(connection, deed, device=office.device, actor=office.actor, at=office.clock.now())
    office.moved = ""


def _tells_apart(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        return server_rights.are_set_up(connection)
    return bool(users.users(connection))


@contextlib.contextmanager
def _cut_off() -> Iterator[None]:
    """A connection that breaks on the way leaves nothing on the other side."""
    try:
        with sentences():
            yield
    except LostConnection as error:
        raise KnownError(
            "搬到一半，与服务器的连接断了：没有搬成，那边什么都没有留下，原来的没有动。", "请检查网络后重新搬。"
        ) from error


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """The source, to which nobody writes until the end: the target is whole by then."""
    copied = False
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                _keep_to_oneself(connection)
            yield connection
            copied = True
    except KnownError as error:
        if not copied:
            raise
        raise KnownError(
            f"新的那一份已经完整，逐条核对一致，但原来的这边没有能记下来：{error.sentence}",
            "以后用新的，原来的不要再改。",
        ) from error


def _keep_to_oneself(connection: Connection) -> None:
    if not server_rights.sees_all(connection):
        raise KnownError("这个账号看不到办公室的全部内容，复制出来就不完整，没有做。", "请用专员或管理员的账号来做。")
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": JOURNAL_LOCK})
    _take_time(connection)


@contextlib.contextmanager
def _target(target: Path | str, key: bytes | None) -> Iterator[Engine]:
    with contextlib.ExitStack() as stack:
        place = target if is_server(target) else stack.enter_context(new_file(Path(target)))
        engine = connect(place, key)
        stack.callback(engine.dispose)
        if not is_server(target):
            prepare_file(engine)
        yield engine


@contextlib.contextmanager
def _whole(engine: Engine) -> Iterator[Connection]:
    """The target's one transaction; a file's links are compared at its end, all at once."""
    copied = False
    try:
        with writing(engine) as connection:
            refuse_used(connection)
            if connection.dialect.name == "postgresql":
                _take_time(connection)
            create_tables(connection)
            yield connection
            copied = True
    except LostConnection as error:
        if not copied:
            raise
        raise KnownError(
            "最后一步时与服务器的连接断了：可能已经搬成，也可能什么都没有搬过去；原来的没有动。",
            "网络恢复后先别改原来的，直接打开服务器上的那个办公室：打得开就是搬成了，以后用它；打不开，就重新搬。",
        ) from error


def _take_time(connection: Connection) -> None:
    """A large office takes longer than any save may."""
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))


class _Job:
    """One move, table by table."""

    def __init__(self, source: Connection, target: Connection, progress: Progress) -> None:
        self._source, self._target = source, target
        self._progress = progress
        self._server = target.dialect.name == "postgresql"
        self.leaves_users = "postgresql" in (source.dialect.name, target.dialect.name)
        self._tables = {table: self._of(table) for table in METADATA.tables.values()}
        self.rows = {
            table.name: source.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
            for table, rows in self._tables.items()
        }
        self._total = sum(self.rows.values())

    def copy(self) -> None:
        """All rows; entries on a server with their array."""
        done = 0
        if self._server:
            for noun in ENTRIES:
                server_search.add_array(self._target, noun)
        for table, all_rows in self._tables.items():
            for rows in _chunks(self._source, table, all_rows):
                self._put(table, rows)
                done += len(rows)
                self._progress(f"正在搬{called(table)}", done, self._total)

    def index(self) -> None:
        """What is made anew: the search index, the numbering of the journal, the ledger's protection."""
        for number, noun in enumerate(ENTRIES):
            self._progress("正在建检索", number, len(ENTRIES))
            if self._server:
                server_search.add_index(self._target, noun)
        if not self._server:
            search.create(self._target)
            search.rebuild(self._target)
        else:
            last = select(func.max(JOURNAL.c.seq)).scalar_subquery()
            serial = func.pg_get_serial_sequence(JOURNAL.name, "seq")
            self._target.execute(select(func.setval(serial, func.coalesce(last, 1), last.is_not(None))))
        ledger.protect(self._target)

    def compare(self) -> str:
        """Reads both sides once more, row by row; KnownError at the first that differs. Gives the hash of all."""
        whole, done = hashlib.sha256(), 0
        for table, all_rows in self._tables.items():
            sides = (_hashes(self._source, table, all_rows), _hashes(self._target, table, select(table)))
            for number, (one, other) in enumerate(zip_longest(*sides)):
                if one != other:
                    raise KnownError(
                        f"搬过去的{called(table)}与原来的不一致，已全部撤回，原来的没有动。", "请把日志发给维护人员。"
                    )
                whole.update(one or b"")
                done += 1
                if number % CHUNK == 0:
                    self._progress(f"正在逐条核对{called(table)}", done, self._total)
        return whole.hexdigest()

    def note(self, office: Office, target: Path | str, act: Act, note: str) -> None:
        """The same line in both ledgers: where everything went."""
        deed = Deed(act, sum(self.rows[noun] for noun in RECORDS), moved.called(target), note)
        at = office.clock.now()
        for connection in (self._target, self._source):
            ledger.write(connection, deed, device=office.device, actor=office.actor, at=at)

    def _of(self, table: Table) -> Select[Any]:
        """What goes over of a table."""
        left = [moved.FACT, users.FACT] if self.leaves_users else [moved.FACT]
        return select(META).where(META.c.key.not_in(left)) if table is META else select(table)

    def _put(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        names = [column.name for column in table.columns]
        if not self._server:
            insert_rows(self._target, table, [dict(zip(names, row, strict=True)) for row in rows])
            return
        noun = table.name.removesuffix("_entry")
        is_entry = noun in ENTRIES and ENTRIES[noun] is table
        if is_entry:
            text_ = names.index("text")
            names, rows = [*names, "tokens"], [[*row, server_search.tokens_of(row[text_])] for row in rows]
        columns = ", ".join(f'"{name}"' for name in names)
        driver: Any = self._target.connection.driver_connection
        with (
            driver_sentences(),
            driver.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)


def called(table: Table) -> str:
    """What a table's rows are called."""
    if table.name.endswith("_entry"):
        return "检索条目"
    return RECORD_TITLES.get(table.name) or {"journal": "修改记录", "blob": "附件", "ledger": "台账"}.get(
        table.name, "登记"
    )


def _chunks(connection: Connection, table: Table, rows: Select[Any]) -> Iterator[Sequence[Sequence[Any]]]:
    """All rows in the order of their keys, a few at a time; contents of files one by one."""
    order = [collate(key, "C") if _sorts_by_place(connection, key) else key for key in table.primary_key.columns]
    size = 1 if table.name == "blob" else CHUNK
    statement = rows.order_by(*order).execution_options(yield_per=size)
    with connection.execute(statement) as result:
        yield from result.partitions()


def _sorts_by_place(connection: Connection, key: Any) -> bool:
    """Does a server sort this text as its own country does?"""
    return isinstance(key.type, Text) and connection.dialect.name == "postgresql"


def _hashes(connection: Connection, table: Table, all_rows: Select[Any]) -> Iterator[bytes]:
    for rows in _chunks(connection, table, all_rows):
        for row in rows:
            written = json.dumps([_plain(value) for value in row], ensure_ascii=False)
            yield hashlib.sha256(written.encode(errors="surrogatepass")).digest()


def _plain(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value

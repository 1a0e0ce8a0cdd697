"""The office: one store with its transactions, questions, history and undo."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, func, select

from zhaoshang_desktop.domain.changes import Batch, Changes, End, Line, Touched, Undone
from zhaoshang_desktop.domain.errors import KnownError, LostConnection
from zhaoshang_desktop.domain.ledger import Act, Deed, Entry
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.ranking import Terms
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import ROLE_TITLES, MovedAway, NotAllowed, Right, Role, may, needed_for, refusal
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.runtime.held import Identity, identity_of
from zhaoshang_desktop.store import blobs, following, journal, ledger, moved, query, ranking, users, vault
from zhaoshang_desktop.store.engine import is_server, reading, sentences, writing
from zhaoshang_desktop.store.following import Following
from zhaoshang_desktop.store.tables import BATCH, JOURNAL, META, stamp
from zhaoshang_desktop.store.transaction import Transaction
from zhaoshang_desktop.store.users import User

R = TypeVar("R", bound=Record)
HOW_TO_WRITE = "请检查文件属性、文件夹权限、U盘的写保护和磁盘空间，再重新打开。"
"""What to do about an office that can only be looked at."""
_RECENT = 200
MOST = 20_000


@dataclass
class Office:
    """An open office. Reading is free for every thread; one thread at a time writes.

    `since` is this device's latest batch when it was opened: Ctrl+Z does not reach behind it. `key` is there when
    the file is encrypted.
    """

    engine: Engine
    where: str
    actor: str
    device: int
    clock: Clock
    since: int = 0
    key: bytes | None = field(default=None, repr=False)
    role: Role | None = None
    user: str = ""
    """Who signed in, and as what; None where there are no users: then everybody may do everything."""
    looks_at: str = ""
    """What can only be looked at, in words: a backup, a file that cannot be written; "" for an office one works in."""
    leaving: bool = False
    """It is being copied to another place: what was written here now would stay behind."""
    moved: str = ""
    """When and where to it has moved, in words, as far as is known here; the store knows it at each transaction."""
    noted_in: Office | None = field(default=None, repr=False)
    """The office whose ledger hears what is done with such a copy, which is thrown away."""
    fixed_standards: bool = False
    """Whether this is a 出差包 in which nobody may change the office's standards: nobody signs in to one."""
    identity: Identity | None = None
    """Which file of the disk this is; None on a server."""
    backup_keys: dict[bytes, bytes] = field(default_factory=dict, repr=False)
    """What opens backups that are under other keys, by the marks of these, as soon as their passphrases were given."""
    own: set[int] = field(default_factory=set)
    """The batches written through this office: whoever follows it knows them already."""
    _followed: list[Following] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The office's own name, as it stands on papers."""
        return self.meta("name")

    @cached_property
    def pack(self) -> str:
        """What this 出差包 is called; "" for an office that is none. Asked once, since windows ask again and again,
        without the server too."""
        return self.meta("pack_name") or ("出差包" if self.meta("pack") else "")

    def meta(self, key: str) -> str:
        """A fact about the office itself; "" when it was never set."""
        with reading(self.engine) as connection:
            return connection.execute(select(META.c.value).where(META.c.key == key)).scalar() or ""

    @property
    def only_looked_at(self) -> str:
        """What can only be looked at, in words, for whatever reason; "" for an office one works in."""
        return self.looks_at or self.moved

    def may(self, right: Right) -> bool:
        """Whether who sits here has that right."""
        fixed = right is Right.STANDARDS and self.fixed_standards
        gone = self.leaving or (self.moved and right is not Right.REOPEN)
        return not self.looks_at and not gone and not fixed and may(self.role, right)

    @property
    def may_write(self) -> bool:
        """Whether who sits here may change records."""
        return self.may(Right.WRITE)

    def require(self, right: Right) -> None:
        """KnownError when who sits here may not."""
        if self.looks_at:
            way = "要回到这一份，用“备份与恢复”里的恢复。" if self.noted_in else HOW_TO_WRITE
            raise NotAllowed(f"这是{self.looks_at}，只能看，什么都没有改动。", way)
        if self.leaving:
            raise NotAllowed("办公室正在搬走，这里只能看，什么都没有改动。", "请等它搬完，到新的地方改。")
        if self.moved and right is not Right.REOPEN:
            raise MovedAway(self.moved)
        if right is Right.STANDARDS and self.fixed_standards:
            raise NotAllowed("出差包里不能改标准与参数，什么都没有改动。", "请回办公室由管理员改。")
        if self.role is not None and not may(self.role, right):
            if self.wants_sign_in:
                raise NotAllowed(
                    "这个办公室有用户，没有登录只能看，什么都没有改动。",
                    "请先登录（命令行用环境变量 ZHAOSHANG_USER）。",
                )
            raise refusal(self.role, right)

    def users(self) -> list[User]:
        """Who may sign in to this file; none when everybody may do everything."""
        with reading(self.engine) as connection:
            return users.users(connection)

    @property
    def wants_sign_in(self) -> bool:
        """Has this file users, and nobody is signed in?"""
        return self.role is not None and not self.user and not self.looks_at and not is_server(self.where)

    def go_on_as(self, name: str) -> None:
        """Who was signed in before the file was closed for a moment still is, as what the file says now."""
        found = next((one for one in self.users() if one.name == name), None) if self.wants_sign_in else None
        if found is not None:
            self.role, self.user, self.actor = found.role, found.name, found.name

    def sign_in(self, name: str, password: str) -> None:
        """From now on it is this user who works here; KnownError when the password is another."""
        found = next((one for one in self.users() if one.name == name), None)
        if found is None or not users.is_password(found, password):
            self.note(Deed(Act.REFUSED, note=name))
            raise KnownError("用户名或密码不对。", "请再试一次，注意大小写和输入法；忘记了请找管理员重设。")
        self.role, self.user, self.actor = found.role, found.name, found.name
        self.note(Deed(Act.SIGN_IN, note=ROLE_TITLES[found.role]))

    @contextlib.contextmanager
    def transaction(self, label: str, undoes: int = 0) -> Iterator[Transaction]:
        """Ends well or leaves nothing; `label` is what 撤销 calls it."""
        self.require(Right.WRITE)
        now, tx = self.clock.now(), None
        try:
            with writing(self.engine) as connection:
                if connection.dialect.name == "sqlite":
                    moved.refuse(connection)  # a server is asked under the lock of its journal
                tx = Transaction(connection, device=self.device, actor=self.actor, now=now, label=label, undoes=undoes)
                yield tx
                tx.finish()
                for noun in tx.changes.records:
                    self.require(needed_for(noun))
                self._refuse_gone()
                self.own.add(tx.changes.batch)
        except BaseException as error:
            if tx is not None:
                tx.forget()
                if isinstance(error, LostConnection):
                    error.attempt = (tx.batch, stamp(now))
            if isinstance(error, MovedAway):
                self.moved = error.words
            raise

    def _refuse_gone(self) -> None:
        """A file that was deleted or moved away is written on all the same by some systems, and lost at the end."""
        if self.identity is None:
            return
        now = identity_of(Path(self.where))
        if now is None:
            raise KnownError(
                f"办公室文件“{Path(self.where).name}”不在原来的地方了，这次修改没有保存。",
                "如果在U盘上，请插好再重新打开；被移走或删掉了，请放回原处，或从备份恢复。",
            )
        if now != self.identity:
            raise KnownError(
                f"办公室文件“{Path(self.where).name}”被换成了另一个文件，这次修改没有保存。",
                "请重新打开它；如果不是有意换的，请从备份恢复。",
            )

    def was_committed(self, attempt: tuple[int, str]) -> bool:
        """Was the batch committed that was under way when the connection was lost (`LostConnection.attempt`)?"""
        key, at = attempt
        with reading(self.engine) as connection:
            return bool(connection.execute(select(BATCH.c.id).where(BATCH.c.id == key, BATCH.c.at == at)).first())

    def changes_of(self, batch: int) -> Changes:
        """What a batch changed."""
        with reading(self.engine) as connection:
            return following.changes_of(connection, batch)

    def follow(
        self,
        told: Callable[[Changes], object],
        lost: Callable[[KnownError], object] | None = None,
        back: Callable[[], object] | None = None,
    ) -> Following:
        """From now on `told` hears within a second what others write; see Following. It ends with the office."""
        followed = Following(self, told, lost, back)
        self._followed.append(followed)
        return followed

    def get(self, record: type[R], key: int) -> R:
        """The record of that key; KnownError when it is gone."""
        found = self.rows(record, [key])
        if not found:
            raise KnownError("这条记录已经不在了。", "请刷新列表。")
        return found[0]

    def find(self, question: Query) -> list[Any]:
        """The whole records that answer."""
        with reading(self.engine) as connection:
            return query.find(connection, question)

    def ids(self, question: Query) -> list[int]:
        """All keys of the answer, in order."""
        with reading(self.engine) as connection:
            return query.ids(connection, question)

    @property
    def most(self) -> int | None:
        """A list of a server's office shows and counts no further than this; None for a file, which is all here."""
        return MOST if self.engine.dialect.name == "postgresql" else None

    def listed(self, question: Query) -> list[int]:
        """The keys a list shows: all of a file's, of a server's no more than `most`."""
        return self.first_ids(question, self.most) if self.most else self.ids(question)

    def first_ids(self, question: Query, limit: int) -> list[int]:
        """The first keys of the answer, as fast as a keystroke."""
        with reading(self.engine) as connection:
            return query.first_ids(connection, question, limit)

    def count(self, question: Query, most: int | None = None) -> int:
        """How many records answer; no further than `most` is counted."""
        with reading(self.engine) as connection:
            return query.count(connection, question, most)

    def rows(self, record: type[R], keys: Sequence[int]) -> list[R]:
        """The records of these keys, in their order, without those that are gone."""
        with reading(self.engine) as connection:
            return query.rows(connection, record, keys)  # type: ignore[return-value]

    def columns(self, record: type[Record], *names: str, where: Sequence[Where] = ()) -> list[tuple[Any, ...]]:
        """Key and some one-column fields of every live record: enough to match a whole list against."""
        with reading(self.engine) as connection:
            return query.columns(connection, record, names, where)

    def frequent(self, record: type[Record], name: str, limit: int) -> list[tuple[Any, int]]:
        """The values of a field that most live records have, and how many have each."""
        with reading(self.engine) as connection:
            return query.frequent(connection, record, name, limit)

    def best(self, question: Query, terms: Terms, limit: int, *, positive: bool = True) -> list[tuple[int, int]]:
        """Key and score of those that score highest; with `positive` only those for whom more speaks than against."""
        return ranking.best(self.engine, question, terms, limit, positive=positive)

    def blob(self, name: str) -> bytes | None:
        """The content of that hash; None when it is not here."""
        with reading(self.engine) as connection:
            return blobs.get(connection, name)

    def blobs_held(self, since: datetime) -> blobs.Held:
        """What attachments hold together, and what of it `clean_blobs` would take away."""
        with reading(self.engine) as connection:
            return blobs.held(connection, stamp(since))

    def clean_blobs(self, since: datetime) -> tuple[int, int]:
        """Takes away contents that no attachment names, nor the journal since then; gives number and bytes."""
        with writing(self.engine) as connection:
            return blobs.clean(connection, stamp(since))

    def history(self, record: type[Record], key: int) -> list[Line]:
        """What happened to a record, newest first."""
        with reading(self.engine) as connection:
            return journal.history(connection, record, key)

    def as_of(self, line: int, record: type[R], keys: Sequence[int]) -> dict[int, R]:
        """The records of these keys as they were when the journal had come to that line."""
        with reading(self.engine) as connection:
            return journal.as_of(connection, line, record, keys)  # type: ignore[return-value]

    def makers(self, record: type[Record], keys: Sequence[int]) -> dict[int, str]:
        """Who made each of these records."""
        with reading(self.engine) as connection:
            return journal.makers(connection, record, keys)

    def batches(self, limit: int = 100) -> list[Batch]:
        """The latest batches of everybody, newest first; all of them when there is no limit (0)."""
        with reading(self.engine) as connection:
            return journal.batches(connection, limit)

    def latest(self) -> int:
        """The number of the journal's last line; what is written later has a greater one."""
        with reading(self.engine) as connection:
            return connection.execute(select(func.max(JOURNAL.c.seq))).scalar() or 0

    def touched(self, batches: Iterable[int]) -> list[Touched]:
        """What these batches did to which records, a line each, in their order."""
        with reading(self.engine) as connection:
            return journal.touched(connection, batches)

    def end(self) -> End:
        """How far the journal goes, and in which history."""
        with reading(self.engine) as connection:
            return journal.end(connection)

    def changed_since(self, line: int, record: type[Record]) -> list[int]:
        """The records of a type that the journal's lines after that one are about."""
        wanted = select(JOURNAL.c.record).where(JOURNAL.c.seq > line, JOURNAL.c.noun == record.NOUN).distinct()
        with reading(self.engine) as connection:
            return list(connection.execute(wanted).scalars())

    def note(self, deed: Deed) -> None:
        """Writes into the ledger what was done; what belongs to a transaction is noted through that one.

        Where nothing can be written (an office on a CD or a full disk, to look at only) it cannot be noted either.
        """
        if self.noted_in is not None:
            self.noted_in.note(deed)
            return
        if self.looks_at:
            return
        with writing(self.engine) as connection:
            ledger.write(connection, deed, device=self.device, actor=self.actor, at=self.clock.now())

    def ledger(self, limit: int = 0) -> list[Entry]:
        """The ledger's lines, newest first."""
        with reading(self.engine) as connection:
            return ledger.read(connection, limit)

    def undo(self) -> Undone | None:
        """Takes back the latest batch of this device since the office was opened; None when there is none."""
        return self._take_back(journal.to_undo(self._own_batches()), "撤销")

    def can_undo(self) -> bool:
        """Whether `undo` would find something."""
        return journal.to_undo(self._own_batches()) is not None

    def redo(self) -> Undone | None:
        """Does again what undo took back; None when there is nothing."""
        return self._take_back(journal.to_redo(self._own_batches()), "重做")

    def undo_batch(self, key: int) -> Undone:
        """Takes back any batch, however old; what others changed since stays and is listed."""
        with reading(self.engine) as connection:
            target = journal.batch(connection, key)
        done = self._take_back(target, "撤销")
        assert done is not None
        return done

    def is_undone(self, batch: int) -> bool:
        """Whether that batch is taken back now, here or by somebody else."""
        with reading(self.engine) as connection:
            return journal.is_undone(connection, batch)

    def hide(self, text: str) -> str:
        """What the PC keeps for this office beside it, unreadable without its key if it is encrypted."""
        return text if self.key is None else vault.hidden(self.key, text)

    def show(self, text: str) -> str:
        """What `hide` hid; "" when that was for another office."""
        return text if self.key is None else vault.shown(self.key, text)

    def close(self) -> None:
        """Gives back its connections; an encrypted file that nobody else uses can then travel alone."""
        while self._followed:
            self._followed.pop().stop()
        with sentences():
            self.engine.dispose()
        if self.key is not None:
            vault.seal(Path(self.where), self.key)

    def _own_batches(self) -> list[Batch]:
        own = select(BATCH.c.id).where(BATCH.c.device == self.device, BATCH.c.id > self.since)
        with reading(self.engine) as connection:
            keys = set(connection.execute(own.order_by(BATCH.c.id.desc()).limit(_RECENT)).scalars())
            keys -= journal.packs_out(connection, keys)
            return [one for one in journal.batches(connection, _RECENT) if one.id in keys]

    def _take_back(self, target: Batch | None, verb: str) -> Undone | None:
        if target is None:
            return None
        label = target.label.removeprefix("撤销：") if verb == "重做" else target.label
        with self.transaction(f"{verb}：{label}", undoes=target.id) as tx:
            skipped = journal.take_back(tx, target.id)
        return Undone(tx.changes, label, tuple(skipped))

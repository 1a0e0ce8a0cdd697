"""带出出差包: what would go, and writing it."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.pack_reach import ALWAYS, reach
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError, Locked, LostConnection, not_written
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.file_name import free_name
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.pack import CameHome, Pack
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.reception import Reception, ReceptionPerson
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime import credentials
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.runtime.files import logs_set_aside, making, passing
from zhaoshang_desktop.runtime.held import refuse_unfit
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store.pack_file import PackFile
from zhaoshang_desktop.store.packs import Cargo, Sent, make_pack, stored_size
from zhaoshang_desktop.store.vault import NewVault, append, is_encrypted, new_vault, read_vault, unlock_file

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.store.office import Office

Chosen = Mapping[type[Record], Iterable[int]]

ENDING = ".pack"
_TOLD_FIRST = tuple(record.NOUN for record in (Trip, Reception, Visit, Investor, Contact, Project, Lead, Expert))
_STAYS = "联系人、电话、附件和标为个人信息的内容都不带；经办、填报、接待等栏和文字记录里写到的姓名，请自行留意。"
_EMPTY_BYTES, _RECORD_BYTES = 600_000, 1_500


@dataclass(frozen=True)
class Contents:
    """What would go: records by noun, the size the file will have (bytes, roughly), and whose data leaves."""

    cargo: Cargo
    counts: dict[str, int]
    files_size: int

    @property
    def records(self) -> int:
        """Of all types together."""
        return sum(self.counts.values())

    @property
    def size(self) -> int:
        return _EMPTY_BYTES + self.records * _RECORD_BYTES + self.files_size

    @property
    def whose(self) -> str:
        """Whose personal information leaves, in words."""
        people = "、".join(
            f"{words} {self.counts[record.NOUN]} 人"
            for record, words in (
                (Contact, "客商联系人"),
                (Expert, "专家"),
                (Member, "本单位人员"),
                (ReceptionPerson, "接待名单"),
            )
            if self.counts.get(record.NOUN)
        )
        if self.cargo.abroad:
            return f"{f'随行的{people}（姓名、单位、职务）。' if people else ''}{_STAYS}"
        return people or "没有个人信息"

    def words(self) -> str:
        """What goes, in words: what one goes out for first, what every pack holds in one figure."""
        always = {record.NOUN for record in ALWAYS}
        own = [noun for noun in dict.fromkeys((*_TOLD_FIRST, *RECORDS)) if noun in self.counts and noun not in always]
        told = [f"{RECORD_TITLES[noun]} {self.counts[noun]:,}" for noun in own]
        common = sum(count for noun, count in self.counts.items() if noun in always)
        return "，".join([*told, f"单位、人员、本地概况和各种标准 {common:,}"] if common else told)


@dataclass(frozen=True)
class PackedOut:
    """A pack that was written and opened again; `recovery` opens it too and is shown once."""

    path: Path
    pack: int
    sent: Sent
    size: int
    recovery: str
    changes: Changes


def what_goes(office: Office, chosen: Chosen, *, abroad: bool = False) -> Contents:
    """What a pack of these trips or records would hold."""
    keys = reach(office, chosen, abroad=abroad)
    cargo = Cargo(keys, abroad)
    return Contents(cargo, {noun: len(some) for noun, some in keys.items()}, stored_size(office, cargo))


def pack_out(
    office: Office,
    target: Path,
    chosen: Chosen,
    passphrase: str,
    *,
    name: str = "",
    holder: str = "",
    abroad: bool = False,
    papers: bool = False,
    remember: bool = False,
    progress: Progress = untold,
) -> PackedOut:
    """Writes the pack, encrypted, opens it again to see that all of it is there, and registers it.

    It is made on this PC's own disk (encrypted there too) and only then copied to the stick. KnownError leaves
    neither a file nor a line of the register, or says which may be left. With `papers` the briefing packs of its
    trips are made and travel too; to `remember` is to keep its key in this PC's credential store, so that it comes home
    without being asked for.
    """
    office.require(Right.WRITE)
    if office.meta("pack"):
        raise KnownError("现在打开的本身就是一个出差包，不能再从里面带出。", "请先打开办公室。")
    chosen = {record: list(keys) for record, keys in chosen.items()}
    name = name or _name(office, chosen)
    pack = Pack(
        name=name,
        holder=holder,
        since=today(office.clock),
        destination="境外" if abroad else "境内",
        scope=_scope(chosen),
        trips=tuple(chosen.get(Trip, ())),
        code=uuid.uuid4().hex,
    )
    made = new_vault(passphrase)
    try:
        with making(target) as part:  # before anything else: nothing is printed for a stick that cannot be written
            if papers and not abroad:
                _keep_papers(office, chosen.get(Trip, ()), progress)
            progress("查找要带的内容")
            contents = what_goes(office, chosen, abroad=abroad)
            pack.position = office.latest()
            sent = _written(office, pack, contents.cargo, part, made, passphrase, progress)
            pack.records, pack.digest = sent.records, sent.digest
            changes = _registered(office, pack, part, target)
    except OSError as error:
        raise not_written(target, error) from None
    if remember:
        credentials.remember(made.vault.mark, made.key)
    return PackedOut(target, pack.id, sent, target.stat().st_size, made.recovery, changes)


def _written(
    office: Office, pack: Pack, cargo: Cargo, part: Path, made: NewVault, passphrase: str, progress: Progress
) -> Sent:
    """Writes the pack beside the place it is for, under another name still; what is in it."""
    with passing() as folder:
        draft = folder / "pack.office"
        sent = make_pack(
            office,
            draft,
            made.key,
            cargo,
            pack.code,
            pack.name,
            holder=pack.holder,
            open_standards=_opens_standards(office, pack.holder),
            progress=progress,
        )
        append(draft, made.vault)
        progress("打开核对")
        _open_again(draft, passphrase, sent)
        progress(f"写到“{part.parent}”")
        _copy(draft, part)
    return sent


def _opens_standards(office: Office, holder: str) -> bool:
    """May whoever carries the pack change standards at home? Nobody signs in to a pack: where the office tells people
    apart, only an admin who carries it themself is known to be one."""
    return office.role is None or (office.may(Right.STANDARDS) and holder == office.user)


def _registered(office: Office, pack: Pack, part: Path, target: Path) -> Changes:
    """The file gets its name and the register its line, or neither; if the answer to the commit is lost the server is
    asked. KnownError says what is so where it cannot be."""
    named = False
    try:
        with office.transaction(f"带出出差包：{pack.name}") as tx:
            tx.save(pack)
            tx.note(Deed(Act.PACK_OUT, pack.records or 0, target.name, pack.destination))
            with logs_set_aside(target):
                part.replace(target)
                named = True
    except BaseException as error:
        if not named:
            raise
        attempt = error.attempt if isinstance(error, LostConnection) else None
        changes = _committed(office, attempt, target) if attempt else None
        if changes is None:
            _take_away(target)
            raise
        (pack.id,) = changes.records[Pack.NOUN]
        return changes
    return tx.changes


def _committed(office: Office, attempt: tuple[int, str], target: Path) -> Changes | None:
    """What the register took in before the connection was lost; None when it did not."""
    try:
        return office.changes_of(attempt[0]) if office.was_committed(attempt) else None
    except KnownError:
        _take_away(target)
        raise KnownError(
            f"登记时与服务器的连接断了，“{target.name}”没有带出（写好的文件已删掉）；登记里可能多了一个“在外”的。",
            "网络恢复后请看一下出差包的登记：有它就作废，再重新带出。",
        ) from None


def _take_away(target: Path) -> None:
    """Deletes a pack that did not get into the register."""
    try:
        target.unlink(missing_ok=True)
    except OSError:
        raise KnownError(
            f"连接断了或没有登记上，写好的“{target.name}”又删不掉。", "请手工删掉它，看一下出差包的登记，再重新带出。"
        ) from None


def packs_out(office: Office) -> list[Pack]:
    """The register, those that are out first, then the latest first."""
    packs: list[Pack] = office.find(Query(Pack, order=("-id",)))
    return sorted(packs, key=lambda pack: pack.state != "在外")


def give_up_pack(office: Office, pack: int) -> Changes:
    """Strikes a pack from those that are out: the laptop is lost, or the pack is not needed any more."""
    with office.transaction("出差包作废") as tx:
        found = tx.get(Pack, pack)
        found.state = "作废"
        tx.save(found)
    return tx.changes


def unlocking(secret: str) -> Callable[[Path], bytes | None]:
    """What opens a pack by its passphrase or its recovery key; without either by what this PC remembers."""

    def unlock(path: Path) -> bytes | None:
        if not is_encrypted(path):
            return None
        key = unlock_file(path, secret) if secret else _recalled(path)
        if key is None:
            raise Locked("请输入出差包的密码，或恢复密钥。", "")
        return key

    return unlock


def is_remembered(path: Path) -> bool:
    """Does this PC know how to open that pack?"""
    with contextlib.suppress(OSError, KnownError):
        refuse_unfit(path)
        return _recalled(path) is not None
    return False


def _recalled(path: Path) -> bytes | None:
    vault = read_vault(path)
    return credentials.recall(vault.mark) if vault is not None else None


def promises_taken(office: Office, chosen: Chosen) -> list[Promise]:
    """What the papers of a pack's trips promise and the law on fair competition review does not allow."""
    from zhaoshang_desktop.actions.brief import briefing_of, promises_in  # brings the printing press with it

    return [one for trip in chosen.get(Trip, ()) for one in promises_in(office, briefing_of(office, trip))]


def _keep_papers(office: Office, trips: Iterable[int], progress: Progress) -> None:
    from zhaoshang_desktop.actions.brief import keep_brief  # brings the printing press with it

    for trip in trips:
        progress("排印资料")
        keep_brief(office, trip)


def _open_again(path: Path, passphrase: str, sent: Sent) -> None:
    """The way the pack will be opened one day, with everything that is checked then."""
    file = PackFile(path, unlocking(passphrase))
    try:
        found = file.read(CameHome(), sent.digest)
    finally:
        file.close()
    if found.sent != sent.records or found.records.edits or found.standards.edits:
        raise KnownError("写好的出差包没有通过核对，已丢弃。", "请再试一次；仍不行请换一个磁盘。")


def _copy(draft: Path, part: Path) -> None:
    """To where the pack will lie, and read back from there."""
    shutil.copyfile(draft, part)
    with part.open("rb") as there, draft.open("rb") as here:
        same = hashlib.file_digest(there, "sha256").digest() == hashlib.file_digest(here, "sha256").digest()
    if not same:
        raise KnownError("写到那里的内容读回来不一样，已删除。", "请换一个U盘再试。")


def _name(office: Office, chosen: Chosen) -> str:
    trips = office.rows(Trip, list(chosen.get(Trip, ())))
    if trips:
        return "、".join(trip.name for trip in trips)
    record, keys = next(iter(chosen.items()), (Investor, ()))
    return f"{RECORD_TITLES[record.NOUN]} {len(list(keys))} 条"


def _scope(chosen: Chosen) -> str:
    return "，".join(f"{RECORD_TITLES[record.NOUN]} {len(list(keys))} 个" for record, keys in chosen.items())


def place_for(folder: Path, name: str, day: object) -> Path:
    """Where a pack is offered to be written: under a name that no file of the folder has."""
    try:
        taken = {one.name.lower() for one in folder.iterdir()}
    except OSError:
        taken = set()
    return folder / free_name(file_name(name, day), taken)


def file_name(name: str, day: object) -> str:
    """What a pack's file is called, without what Windows forbids in names."""
    kept = "".join(one for one in name if one.isalnum() or one in "（）-_·、 ").strip()[:60]
    return f"出差包-{kept or '未命名'}（{day}带出）{ENDING}"

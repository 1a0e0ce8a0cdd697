"""Backups of an office: made before what is risky and once a day, kept in two places, thinned, put back.

When one is worth making, in one rule. A sound backup that holds everything already, to the journal's last line and
with the users as they are, is enough for anything. Otherwise one is made before an upgrade, a restore, a repair or a
merge, and before an act on 1,000 records or more; a smaller import or mass edit is content with any backup of today,
since 撤销 takes it back record by record. An office in which nobody has done anything yet, and a server (which has its
own means), are left alone.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain import backup as rules
from zhaoshang_desktop.domain.backup import BY_HAND, DAILY, RESTORE, SMALL
from zhaoshang_desktop.domain.changes import Batch
from zhaoshang_desktop.domain.errors import KnownError, Locked, not_written
from zhaoshang_desktop.domain.file_name import safe_name
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import Clock, SystemClock, to_local
from zhaoshang_desktop.runtime.files import clear_parts, logs_set_aside, making
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import backup as files
from zhaoshang_desktop.store import moving, users
from zhaoshang_desktop.store.backup import Backup, Holds, Whose
from zhaoshang_desktop.store.engine import is_server, reading
from zhaoshang_desktop.store.opening import open_office
from zhaoshang_desktop.store.restoring import Restorable, put_in_place, refuse_unfit, settle
from zhaoshang_desktop.store.vault import Vault, beside, is_encrypted, is_plain, key_mark, read_vault

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

USERS_STAY = "用户、角色和密码不随备份回去，还是现在的。"
DOUBT = "读不出是不是这个办公室的"
"""What is said of a backup that bears the office's name and proves no more."""
LOST = "办公室文件当时不在"
_ALWAYS = (rules.UPGRADE, rules.RESTORE, rules.REPAIR, rules.MERGE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """What keeping the backups came to: the one made now, if any, and the one in the second place.

    `missing` is a sentence when the second place was not there; the next time makes up for it.
    """

    made: Path | None = None
    second: Path | None = None
    missing: str = ""


def before(office: Office, why: str, *, records: int = SMALL, progress: Progress = untold) -> Path | None:
    """The hook of every risky act: call it first thing, with how many records the act will touch.

    Gives the backup that was made; None when none was needed (see above). KnownError when it could not be made: then
    the act should not be done either.
    """
    if is_server(office.where) or not _is_used(office):
        return None
    known = _known(office)
    if why not in _ALWAYS and records < SMALL and known and not rules.is_due(known[0].name.at, office.clock.now()):
        return None
    if covering(office, known) is not None:
        return None
    return make(office, why, progress=progress)


def make(office: Office, why: str = BY_HAND, *, to: Path | None = None, progress: Progress = untold) -> Path:
    """Makes a backup now, beside the office or in the folder `to`."""
    where = _file_of(office)
    target = files.backup_name(where, office.clock.now(), why, to)
    target = files.back_up(office.engine, target, office.key, where, progress)
    if why == BY_HAND or to is not None:
        office.note(Deed(Act.BACKUP, 0, target.name, why))
    return target


def back_up_for_script(office: Office, to: Path | None = None) -> tuple[Path, bool]:
    """A backup beside the office or in `to` (which must be there), and whether it had to be made for that.

    An office on a server is copied into a file, record by record; the server's own backups are another matter.
    """
    if to is not None and not _is_there(to):
        raise KnownError(f"文件夹“{to}”不在，没有备份。", "请插好U盘、连上共享，或换一个文件夹。")
    if to is None and is_server(office.where):
        raise KnownError("服务器上的办公室备份成一个文件，要说放在哪里。", "请加 --to 和一个文件夹。")
    cover = covering(office, _known(office, to))
    path = cover.path if cover is not None else _made_by_hand(office, to)
    thin(_named_after(office), whose(office), office.clock, to)
    return path, cover is None


def encrypt_backups(
    where: Path, owner: Whose, key: bytes, vault: Vault, second: Path | None = None, *, progress: Progress = untold
) -> tuple[int, tuple[str, ...]]:
    """Encrypts what backups of an encrypted office are still in clear: how many, and the names of those that could
    not be. `progress` may stop it between two."""
    from zhaoshang_desktop.store.encrypting import recode  # only encrypted offices pay for it

    done, left = 0, []
    known = [*files.find_backups(where, owner), *(files.find_backups(where, owner, second) if second else [])]
    for number, one in enumerate(known):
        try:
            if is_encrypted(one.path):
                continue
            progress("正在加密备份", number, len(known))
            recode(one.path, None, key, vault)
            beside(one.path).unlink(missing_ok=True)  # a backup ends with its own and lies still
            done += 1
        except (KnownError, OSError):
            left.append(one.path.name)
    return done, tuple(left)


def daily(office: Office, second: Path | None = None, *, progress: Progress = untold) -> Kept:
    """What is done on the first use of a day: a backup if anything has changed, the second place, thinning.

    An office that can only be looked at stays as it is, with its folder.
    """
    if is_server(office.where) or office.looks_at:
        return Kept()
    where, made = Path(office.where), None
    for folder in (where.parent, files.backups_folder(where)):
        clear_parts(folder)  # of a decryption that was killed there may be one in clear
    vault = read_vault(where) if office.key is not None else None
    if office.key is not None and vault is not None:  # for an encryption that was killed
        encrypt_backups(where, whose(office), office.key, vault, second, progress=progress)
    known = _known(office)
    newest = known[0].name.at if known else None
    if rules.is_due(newest, office.clock.now()) and _is_used(office) and covering(office, known) is None:
        made = make(office, DAILY, progress=progress)
    thin(where, whose(office), office.clock)
    return second_place(office, second, made, progress=progress)


def second_place(office: Office, place: Path | None, made: Path | None = None, *, progress: Progress = untold) -> Kept:
    """Brings the newest backup to the second place; a stick that is not in is said and made up for the next time."""
    if place is None or is_server(office.where):
        return Kept(made)
    where = Path(office.where)
    if not _is_there(place):
        return Kept(made, missing=f"第二处备份“{place}”这次不在，下次补上。")
    clear_parts(files.backups_folder(where, place))
    newest = next(iter(_known(office)), None)
    copy = None
    if newest is not None and not _is_there_too(newest, _known(office, place), office):
        try:
            copy = files.duplicate(newest.path, files.backups_folder(where, place), office.key, progress)
        except KnownError as error:
            raise KnownError(f"第二处“{place}”没有存成：{error.sentence}", error.way_out) from error
        office.note(Deed(Act.BACKUP, 0, copy.name, f"第二处：{place}"))
    thin(where, whose(office), office.clock, place)
    return Kept(made, copy)


def whose(office: Office) -> Whose:
    """By what an open office knows its own backups."""
    return Whose(office.meta("office"), key_mark(office.key) if office.key is not None else b"")


def _is_there_too(newest: Backup, there: Iterable[Backup], office: Office) -> bool:
    """A copy of today was checked when it was made; an older one, on which an office without changes goes on relying,
    is checked anew."""
    key, end = office.key, files.end_of_backup(newest.path, office.key)
    copies = [one.path for one in there if one.is_copy_of(newest) and files.end_of_backup(one.path, key) == end]
    is_old = rules.is_due(newest.name.at, office.clock.now())
    return any(not is_old or files.is_sound(copy, key) for copy in copies)


def _known(office: Office, place: Path | None = None) -> list[Backup]:
    """The backups of one place that are the office's beyond doubt, in the order of `backups`."""
    found = [one for one in files.find_backups(_named_after(office), whose(office), place) if one.is_own]
    return _in_order(found, office.clock.now(), office.key)


def _in_order(found: list[Backup], now: datetime, key: bytes | None) -> list[Backup]:
    """Those of days to come are from when the clock ran ahead, and older than they say: they come last, unless they
    go on where the newest of the others ends. (By their dates no day would be due any more, and the latest would be
    one of long ago.)"""
    ahead = [one for one in found if rules.is_ahead(one.name.at, now)]
    known = [one for one in found if one not in ahead]
    end = files.end_of_backup(known[0].path, key) if ahead and known else None
    later = [one for one in ahead if end is not None and files.goes_on(one.path, end, key)]
    return [*later, *known, *(one for one in ahead if one not in later)]


def covering(office: Office, known: Iterable[Backup]) -> Backup | None:
    """The newest backup, if it holds everything up to the journal's last line, and the users as they are, and passes
    the check that a new one has to pass: a disk may have spoilt it since."""
    newest = next(iter(known), None)
    if newest is None:
        return None
    with reading(office.engine) as connection:
        covers = files.covers(newest.path, connection, office.key)
    return newest if covers and files.is_sound(newest.path, office.key) else None


def thin(where: Path, owner: Whose, clock: Clock, place: Path | None = None) -> int:
    """Takes away those of the owner's backups that the rule of keeping can do without; how many. What may be somebody
    else's stays."""
    known = [one for one in files.find_backups(where, owner, place) if one.is_own]
    gone = rules.superfluous(((one.name.at, one.name.why) for one in known), clock.now())
    count = 0
    for one in known:
        if (one.name.at, one.name.why) in gone:
            with contextlib.suppress(OSError):
                one.path.unlink()
                count += 1
    return count


def backups(
    where: Path, second: Path | None = None, *, now: datetime, owner: Whose = files.NOBODY, key: bytes | None = None
) -> list[Backup]:
    """All backups of an office in both places, that of the latest state first; one that lies in both is there once, as
    the nearer. Those that nothing proves to be its own come last."""
    near, far = files.find_backups(where, owner), files.find_backups(where, owner, second) if second else []
    found = [replace(one, twice=any(map(one.is_copy_of, far))) for one in near]
    found += [one for one in far if not any(map(one.is_copy_of, near))]
    found.sort(key=attrgetter("order"), reverse=True)
    own, other = ([one for one in found if one.is_own is is_own] for is_own in (True, False))
    return [*_in_order(own, now, key), *_in_order(other, now, key)]


@dataclass(frozen=True)
class Look:
    """A backup looked into: what it holds, and what of the present office it does not (newest first); whether it has
    other users than those who would stay."""

    holds: Holds
    lost: tuple[Batch, ...]
    other_users: bool


def key_to(office: Office, backup: Path) -> bytes | None:
    """What opens a backup of the office; Locked when it is under another passphrase that `unlock` was not given yet."""
    with contextlib.suppress(OSError):
        if is_plain(backup):
            return None
    vault = read_vault(backup)
    if vault is None or (office.key is not None and vault.mark == key_mark(office.key)):
        return office.key
    if vault.mark not in office.backup_keys:
        raise Locked(f"备份“{backup.name}”是用另一个密码加密的。", "请输入备份时的密码，或那时的恢复密钥。")
    return office.backup_keys[vault.mark]


def unlock(office: Office, backup: Path, secret: str) -> None:
    """From now on the office's backups under that key open, too; WrongPassphrase when the secret is another."""
    vault = read_vault(backup)
    if vault is not None:
        office.backup_keys[vault.mark] = vault.unlock(secret)


def look(office: Office, backup: Path) -> Look:
    """What is in a backup, and what would be lost if it were put back; Locked as `key_to` says."""
    found = files.holds(backup, key_to(office, backup))
    lost = tuple(one for one in office.batches(0) if one.id not in found.batches)
    return Look(found, lost, office.meta(users.FACT) != found.users)


def lost_words(lost: Iterable[Batch], most: int = 5) -> list[str]:
    """What would be lost, in words: the newest batches, each a line, and how many more."""
    batches = list(lost)
    lines = [f"{to_local(one.at):%m-%d %H:%M}　{one.actor}　{one.label}" for one in batches[:most]]
    return lines + ([f"……以及更早的 {len(batches) - most} 批"] if len(batches) > most else [])


def ready_to_restore(office: Office, backup: Path, *, progress: Progress = untold) -> Restorable:
    """Looks whether the backup is fit, and backs up the present state; the office is closed after this. Locked as
    `key_to` says."""
    office.require(Right.SETTINGS)
    where, own_key = _file_of(office), key_to(office, backup)
    refuse_unfit(backup, own_key, where, office.key)
    cover, made = covering(office, _known(office)), None
    if cover is not None:
        made = cover.path
    elif _is_used(office):
        made = make(office, RESTORE, progress=progress)
    return Restorable(where, backup, own_key, office.key, office.device, office.actor, made)


def restore(ready: Restorable, clock: Clock | None = None, *, progress: Progress = untold) -> bool:
    """Puts the backup in the place of the closed office, whose users stay: were there others in the backup? KnownError
    leaves it as it was, and so does `progress`, which may stop it."""
    progress("正在恢复")
    present = settle(ready.where, ready.key)
    deed = Deed(Act.RESTORE, 0, ready.backup.name, "")
    now = (clock or SystemClock()).now()
    others = put_in_place(ready, present, deed, now, lambda percent: progress("正在恢复", percent, 100))
    _log.info("restored from a backup")
    return others


def restore_missing(backup: Path, where: Path, key: bytes | None = None) -> None:
    """Puts a backup where no office file is, which its ledger says; KnownError when it is damaged.

    Nobody has to sign in for it: users are no guard against who has the files.
    """
    refuse_unfit(backup, key, where, None)
    try:
        with making(where) as part:
            shutil.copyfile(backup, part)
            files.put_on_disk(part)
            with logs_set_aside(where):
                part.replace(where)
    except OSError as error:
        raise not_written(where, error) from None
    with contextlib.closing(open_office(where, key=key)) as office:
        office.note(Deed(Act.RESTORE, 0, backup.name, LOST))


def _made_by_hand(office: Office, to: Path | None) -> Path:
    if not is_server(office.where):
        return make(office, BY_HAND, to=to)
    target = files.backup_name(_named_after(office), office.clock.now(), BY_HAND, to)
    target.parent.mkdir(parents=True, exist_ok=True)
    moving.move(office, target, act=Act.BACKUP, note=BY_HAND)
    return target


def _named_after(office: Office) -> Path:
    """The file whose name its backups bear: an office on a server has none, and its own name instead."""
    return Path(f"{safe_name(office.name)}.office" if is_server(office.where) else office.where)


def _file_of(office: Office) -> Path:
    if is_server(office.where):
        raise KnownError("服务器上的办公室由服务器自己备份。", "请管理员用 pg_dump 备份，或搬回一个文件再备份。")
    return Path(office.where)


def _is_used(office: Office) -> bool:
    """Has anybody done anything yet? (The tables that ship are there from the beginning.)"""
    return len(office.batches(2)) > 1 or any(batch.label != "建立办公室" for batch in office.batches(1))


def _is_there(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False

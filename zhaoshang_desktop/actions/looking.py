"""Looking into a backup: as an office of its own, and what of the present one it does not hold, record by record."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.backup import key_to
from zhaoshang_desktop.domain.changes import NAMELESS, Batch, Touched
from zhaoshang_desktop.domain.errors import not_read
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.backup import named_of
from zhaoshang_desktop.store.restoring import bring, refuse_unfit

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_GONE = "（已不在）"
VERBS = {"create": "新建", "update": "修改", "remove": "移到回收站", "restore": "恢复", "erase": "清除"}


@dataclass(frozen=True)
class LostRecord:
    """A record as it would be lost: what was done to it, by whom, when last."""

    title: str
    noun: str
    done: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Losses:
    """What going back would cost: records by what happened to them and by who did it, and the latest of them."""

    count: int
    by_deed: dict[tuple[str, str], int]
    by_who: dict[str, int]
    records: tuple[LostRecord, ...]

    def words(self) -> str:
        """The sums, in two lines: what, and whose."""
        if not self.count:
            return ""
        deeds = "、".join(f"{VERBS[op]}{RECORD_TITLES[noun]} {count:,}" for (op, noun), count in self.by_deed.items())
        people = "、".join(f"{who or NAMELESS} {count:,} 条" for who, count in self.by_who.items())
        return f"{deeds}\n{people}"


def losses(office: Office, lost: Iterable[Batch], shown: int) -> Losses:
    """What these batches did, gathered by record; so many records are named, the latest first."""
    lines: dict[tuple[str, int], list[Touched]] = {}
    for line in office.touched(batch.id for batch in lost):
        lines.setdefault((line.noun, line.record), []).append(line)
    latest = dict(sorted(lines.items(), key=lambda one: one[1][-1].at, reverse=True)[:shown])
    titles = _titles(office, latest)
    records = [
        LostRecord(titles.get(key) or _told(some), key[0], VERBS[_deed(some)], _who(some), some[-1].at)
        for key, some in latest.items()
    ]
    deeds = Counter((_deed(some), noun) for (noun, _), some in lines.items())
    people = Counter(who for some in lines.values() for who in dict.fromkeys(line.actor for line in some))
    return Losses(len(lines), dict(deeds.most_common()), dict(people.most_common()), tuple(records))


def open_to_look(office: Office, backup: Path, folder: Path, *, progress: Progress = untold) -> Office:
    """A backup as an office that can only be looked at: a copy of it in that folder, taken to today's schema.

    The copy is in clear only if the office and the backup are; Locked as `key_to` says. What is done with it (an
    export, a print) is noted in the ledger of the office it belongs to.
    """
    own_key = key_to(office, backup)
    refuse_unfit(backup, own_key, Path(office.where), office.key)
    key = office.key if own_key is None else own_key
    copy = folder / f"{secrets.token_hex(8)}{backup.suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        bring(backup, copy, own_key, key, lambda percent: progress("正在打开备份", percent, 100))
    except OSError as error:
        raise not_read(backup, error) from None
    found = open_office(copy, actor=office.actor, clock=office.clock, key=key)
    named = named_of(backup)
    at = f"{to_local(named.at):%Y-%m-%d %H:%M} 的" if named is not None else ""
    found.role, found.looks_at, found.noted_in = Role.LEADER, f"{at}备份", office
    return found


def _titles(office: Office, lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    by_noun: dict[str, list[int]] = {}
    for noun, key in lines:
        by_noun.setdefault(noun, []).append(key)
    return {(noun, one.id): one.title for noun, keys in by_noun.items() for one in office.rows(RECORDS[noun], keys)}


def _told(lines: Iterable[Touched]) -> str:
    return next((line.title for line in lines if line.title), _GONE)


def _deed(lines: list[Touched]) -> str:
    """What became of a record through all its lines: one that is new is new, whatever was changed in it since."""
    last = lines[-1].op
    return "erase" if last == "erase" else "create" if lines[0].op == "create" else last


def _who(lines: Iterable[Touched]) -> str:
    return "、".join(dict.fromkeys(line.actor for line in lines if line.actor))

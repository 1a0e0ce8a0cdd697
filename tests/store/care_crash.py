"""Killing a process while it backs up, restores, upgrades or repairs, and looking at what it left."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

from tests.store.carer import OFFICE
from tests.store.crash import HOUSE
from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.repair import repair_file
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import NOBODY, backups_folder, find_backups, is_sound
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.migrations import SCHEMA

STATES = (200, 300)
"""How many investors there are in each of the two backups that are restored."""


def make_folder(folder: Path) -> None:
    """An office with two backups of different states."""
    office = create_office(folder / OFFICE, name="清岚县", actor="张敏")
    made = 0
    for wanted in STATES:
        with office.transaction("导入") as tx:
            firms = [Investor(name=f"公司{n}", note="字" * 300) for n in range(made, wanted)]
            tx.save_all(firms)
            tx.save_all([Contact(investor=one.id, name="周远航") for one in firms])
        made = wanted
        actions.make(office)
    office.close()


def kill_while_caring(what: str, folder: Path, seconds: float) -> list[str]:
    """Kills the process so long after it began its first round; a sentence for everything that is wrong."""
    command = [sys.executable, "-m", "tests.store.carer", what, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HOUSE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.stderr.read()
    return [*([f"it failed by itself: {said[-400:]}"] if said else []), *_faults(what, folder)]


def _faults(what: str, folder: Path) -> list[str]:
    where = folder / OFFICE
    faults = _faults_of_office(where, what)
    faults += [f"{one.path.name} is no sound backup" for one in find_backups(where, NOBODY) if not is_sound(one.path)]
    for old in folder.glob("旧*.office"):
        faults += _faults_of_office(old, "")
        faults += [f"{one.path.name} is unsound" for one in find_backups(old, NOBODY) if not is_sound(one.path)]
    for broken in folder.glob("坏*.office"):
        if "损坏" not in broken.name:
            faults += _faults_of_broken(broken)
    return faults


def _faults_of_office(where: Path, what: str) -> list[str]:
    office = open_office(where)
    with contextlib.closing(office):
        faults = check(office).wrong
        count = office.count(Query(Investor))
        if what == "restore" and count not in STATES:
            faults.append(f"{count} investors are no state there ever was")
        if office.meta("schema") != str(SCHEMA):
            faults.append("the schema is an old one")
        actions.daily(office)
    return [f"{where.name}: {fault}" for fault in faults] + [
        f"{one.name} is left" for place in (where.parent, backups_folder(where)) for one in place.glob(".*.part*")
    ]


def _faults_of_broken(where: Path) -> list[str]:
    """It is repaired, or can be repaired still."""
    with contextlib.suppress(KnownError):
        office = open_office(where)
        with contextlib.closing(office):
            if not check(office).wrong:
                return []
    repair_file(where)
    return _faults_of_office(where, "")

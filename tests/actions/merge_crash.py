"""Killing a process while it brings a pack home, and asking what it left."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.actions.laptops import KEY, come_home, take_out
from zhaoshang_desktop.actions.homecoming import bring_home
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.pack import PackReturn
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

HOUSE = Path(__file__).parents[2]
FIRMS, NEW = 800, 300


def office_and_pack(folder: Path) -> tuple[Path, Path]:
    """An office of some firms, and a pack in which all of them were changed and some are new."""
    where, path = folder / "清岚.office", folder / "小分队.pack"
    office = create_office(where, name="清岚县", actor="张敏")
    with office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"公司{number}") for number in range(FIRMS)])
    take_out(office, path, "code")
    office.close()
    there = open_office(path, actor="王强", key=KEY)
    with there.transaction("补记") as tx:
        for firm in there.find(Query(Investor)):
            firm.note = "谈过了"
            tx.save(firm)
        new = [Investor(name=f"路上遇到的{number}") for number in range(NEW)]
        tx.save_all(new)
        tx.save_all([Contact(investor=one.id, name="周远航") for one in new])
    there.close()
    return where, path


def kill_while_merging(where: Path, path: Path, seconds: float) -> tuple[bool, list[str]]:
    """Kills the merge so long after it has begun, in a copy of the office.

    Gives whether it was done, and a sentence for everything that is wrong: half a merge, a journal that does not add
    up, a merge that cannot be done afterwards.
    """
    copy = where.with_name("killed.office")
    for one in copy.parent.glob("killed*"):
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    shutil.copy(where, copy)
    command = [sys.executable, "-m", "tests.actions.merger", str(copy), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        told = process.stdout.read()
    office = open_office(copy, actor="张敏")
    try:
        return _found(office, path, "merged" in told)
    finally:
        office.close()


def _found(office: Office, path: Path, told: bool) -> tuple[bool, list[str]]:
    wrong = check(office).wrong
    done, counts = office.count(Query(PackReturn)), _counts(office)
    if counts != ((FIRMS + NEW, FIRMS, NEW) if done else (FIRMS, 0, 0)):
        wrong.append(f"half a merge: {counts}")
    if told and not done:
        wrong.append("the merge was reported and is lost")
    home = come_home(office, path)
    bring_home(office, home)
    home.close()
    if _counts(office) != (FIRMS + NEW, FIRMS, NEW):
        wrong.append(f"merged again it is {_counts(office)}")
    return bool(done), wrong + check(office).wrong


def _counts(office: Office) -> tuple[int, int, int]:
    firms = office.find(Query(Investor))
    return len(firms), sum(one.note == "谈过了" for one in firms), office.count(Query(Contact))

"""Clerks at one office on a server, each a process of its own: random edits, through the program's own actions.

`python -m tests.store.clerks URL NAME SEED SECONDS` is one of them; `work` runs many and gives what they said.
Each says what it has seen stored: `edit KEY FIELD VALUE` once per edit that was told to be saved.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.store.crash import HOUSE
from zhaoshang_desktop.actions.record import edit_record, new_record, remove_records, restore_records, undo
from zhaoshang_desktop.domain.clash import EditClash
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

FIELDS = ("note", "address", "website", "business", "needs")
SHARED = 40
"""So many investors all clerks edit, so that they meet."""


@dataclass
class Clerk:
    """One who edits what all edit, looks for things, and takes back what was wrong."""

    office: Office
    name: str
    dice: random.Random
    told: Counter[str] = field(default_factory=Counter)

    def work(self, seconds: float) -> None:
        """Until the time is over."""
        until, number = time.monotonic() + seconds, 0
        seldom: Sequence[Callable[[int], None]] = [self._make, self._bin, self._undo]
        deeds = [*[self._edit] * 12, *[self._append] * 4, *seldom]
        while time.monotonic() < until:
            number += 1
            self.dice.choice(deeds)(number)

    def _some(self) -> Investor:
        keys = self.office.first_ids(Query(Investor, words="共用"), SHARED)
        return self.office.get(Investor, self.dice.choice(keys))

    def _edit(self, number: int) -> None:
        """A field gets this clerk's own value, on a picture that may be old; whoever is asked chooses by lot."""
        shown = self._some()
        changes = dict.fromkeys(self.dice.sample(FIELDS, self.dice.randint(1, 2)), f"{self.name}-{number}")
        version = shown.version
        for _ in range(20):
            try:
                batch = edit_record(self.office, Investor, shown.id, changes, version)
            except EditClash as clash:
                self.told["clashes"] += 1
                mine = [one.field for one in clash.clashes if self.dice.random() < 0.5]
                changes, version = clash.resolved(mine), clash.version
                continue
            except KnownError:
                self.told["refused"] += 1
                return
            self.told["edits"] += bool(batch)
            return

    def _append(self, number: int) -> None:
        """A tag of its own, which nobody may lose: lists are joined."""
        shown = self._some()
        tag = f"{self.name}-{number}"
        try:
            edit_record(self.office, Investor, shown.id, {"tags": (*shown.tags, tag)}, shown.version)
        except KnownError:
            self.told["refused"] += 1
            return
        self.told["tags"] += 1
        sys.stdout.write(f"tag {shown.id} {tag}\n")

    def _make(self, number: int) -> None:
        changes = new_record(self.office, Investor(name=f"{self.name}第{number}家"))
        (key,) = changes.of("investor")
        new_record(self.office, Contact(investor=key, name="周远航", mobile="13800000000"))
        self.told["made"] += 2
        sys.stdout.write(f"made {key} -\n")

    def _bin(self, _number: int) -> None:
        """Into the bin and out of it, which is refused where another was faster."""
        keys = self.office.first_ids(Query(Investor, words=self.name), 5)
        if keys:
            try:
                remove_records(self.office, Investor, keys[:1])
                restore_records(self.office, Investor, keys[:1])
                self.told["binned"] += 2
            except KnownError:
                self.told["refused"] += 1

    def _undo(self, number: int) -> None:
        """Makes a firm and takes it back: its own last batch."""
        new_record(self.office, Investor(name=f"{self.name}错建{number}"))
        undo(self.office)
        self.told["undone"] += 1


@dataclass
class Day:
    """What many did: how often, and a sentence for everything that is wrong afterwards."""

    told: Counter[str]
    wrong: list[str]


def prepare(office: Office) -> None:
    """What all of them edit."""
    with office.transaction("准备") as tx:
        tx.save_all([Investor(name=f"共用{number}号") for number in range(SHARED)])


def work(office: Office, clerks: int, seconds: float) -> Day:
    """Runs so many clerks for so long, then compares the office with its journal and with what they were told."""
    command = [sys.executable, "-m", "tests.store.clerks", office.where]
    processes = [
        subprocess.Popen(
            [*command, f"c{number}x", str(number), str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOUSE,
            env={**os.environ, "USER": f"c{number}x", "USERNAME": f"c{number}x"},  # another person is another device
        )
        for number in range(clerks)
    ]
    said = [process.communicate()[0] for process in processes]
    wrong = [f"clerk {number} ended with {one.returncode}" for number, one in enumerate(processes) if one.returncode]
    told: Counter[str] = Counter()
    for line in "".join(said).splitlines():
        what, key, value = line.split(" ", 2)
        if what == "count":
            told[key] += int(value)
        elif what == "tag" and value not in office.get(Investor, int(key)).tags:
            wrong.append(f"the tag {value} is lost")
        elif what == "made" and not office.rows(Investor, [int(key)]):
            wrong.append(f"{key} is lost")
    return Day(told, wrong + check(office).wrong)


if __name__ == "__main__":
    url, name, seed, seconds = sys.argv[1:]
    opened = open_office(url, actor=name)
    clerk = Clerk(opened, name, random.Random(int(seed)))
    clerk.work(float(seconds))
    for what, count in clerk.told.items():
        sys.stdout.write(f"count {what} {count}\n")

"""A process that writes to an office without pause, and says on standard output what was committed, until it is killed.

`python -m tests.store.writer WHERE SEED [KEY]`; each line is `batch lines`: a batch that is committed, and how many
lines of the journal it has.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from zhaoshang_desktop.actions.import_plan import plan_import
from zhaoshang_desktop.actions.importing import run_plan
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office

ROWS = 300


@dataclass
class Writer:
    """What a clerk does, over and over: an import, a record with its person, an edit, the bin, undo."""

    office: Office
    dice: random.Random

    def run(self) -> Iterator[tuple[Changes, int]]:
        """Each batch when it is committed, with the number of its lines."""
        for round_ in itertools.count():
            yield self._import(round_)
            yield self._pair(round_)
            yield self._edit(round_)
            yield self._remove()
            undone = self.office.undo()
            assert undone is not None
            yield undone.changes, 1

    def _import(self, round_: int) -> tuple[Changes, int]:
        start = self.dice.randrange(10**6) * 1000
        records = [Investor(name=f"公司{start + n}", note="老朋友" * 20) for n in range(ROWS)]
        drafts = [Draft(one, row, [Contact(name="周远航")]) for row, one in enumerate(records, 2)]
        plan = plan_import(self.office, Investor, f"第 {round_} 份.xlsx", [("名录", draft) for draft in drafts])
        return run_plan(self.office, plan).changes, 2 * ROWS

    def _pair(self, round_: int) -> tuple[Changes, int]:
        with self.office.transaction("新建客商") as tx:
            made = tx.save(Investor(name=f"第 {round_} 家"))
            tx.save(Contact(investor=made.id, name="周远航", mobile="13800000000"))
        return tx.changes, 2

    def _edit(self, round_: int) -> tuple[Changes, int]:
        with self.office.transaction("修改") as tx:
            made = tx.get(Investor, self._some())
            made.business = f"第 {round_} 次修改，{self.dice.random()}"
            tx.save(made)
        return tx.changes, 1

    def _remove(self) -> tuple[Changes, int]:
        with self.office.transaction("删除") as tx:
            tx.remove(tx.get(Investor, self._some()))
        return tx.changes, 1

    def _some(self) -> int:
        return self.dice.choice(self.office.ids(Query(Investor)))


if __name__ == "__main__":
    where, seed, *key = sys.argv[1:]
    writer = Writer(open_office(where, key=bytes.fromhex(key[0]) if key else None), random.Random(int(seed)))
    for changes, lines in writer.run():
        sys.stdout.write(f"{changes.batch} {lines}\n")
        sys.stdout.flush()

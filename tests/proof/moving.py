"""A moving office is killed sixty times at moments drawn by lot, to a server and back into a file in turns: either all
of it is there or nothing, and the office that moved is as it was, and locked only if all of it is there."""

from __future__ import annotations

import random
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgres
from tests.bench.measures import measure
from tests.store.test_moving import kill_while_moving, tables_of
from zhaoshang_desktop.actions.moving import move_office, reopen_office
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.moved import FACT
from zhaoshang_desktop.store.office import Office

KILLS = 60
ROWS = 1_500
LONGEST_SECONDS = 2.5


@measure("moving.kills", unit="kills")
@measure("moving.left_nothing", unit="kills")
@measure("moving.faults", bar=0)
def kills() -> dict[str, float]:
    """Faults are halves of an office, and an office that does not check clean or is not what it was."""
    dice, nothing, faults = random.Random(20261128), 0, []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        programs = postgres.binaries()
        assert programs is not None
        url = stack.enter_context(postgres.server(programs))
        file = create_office(folder / "清岚.office", name="清岚县投资促进局")
        stack.callback(file.close)
        fill(file)
        on_server = stack.enter_context(postgres.database(url, "home"))
        move_office(file, on_server)
        reopen_office(file)
        there = open_office(on_server)
        stack.callback(there.close)
        for kill in range(KILLS):
            with postgres.database(url, f"moved_{kill}") as empty:
                source, target = (file, empty) if kill % 2 else (there, str(folder / f"回来{kill}.office"))
                kill_while_moving(source, target, dice.uniform(0, LONGEST_SECONDS))
                whole = tables_of(target) > 0 if kill % 2 else Path(target).exists()
                nothing += not whole
                faults += [f"kill {kill}: {fault}" for fault in left(source, target if whole else "")]
                if source.meta(FACT):
                    reopen_office(source)
    for fault in faults:
        print(fault)
    return {"moving.kills": KILLS, "moving.left_nothing": nothing, "moving.faults": len(faults)}


def fill(office: Office) -> None:
    """Firms with their people, and an attachment's content."""
    with office.transaction("导入") as tx:
        made = [Investor(name=f"公司{number}", note="老朋友" * 20) for number in range(ROWS)]
        tx.save_all(made)
        tx.save_all([Contact(investor=one.id, name="周远航", mobile="13800000000") for one in made])
        tx.put_blob(b"\x00\xff" * 500_000)


def left(source: Office, target: str) -> list[str]:
    """What is wrong afterwards, here and there."""
    wrong = check(source).wrong
    if source.count(Query(Investor)) != ROWS:
        wrong.append("the office that moved is not what it was")
    if source.meta(FACT) and not target:
        wrong.append("an office that is locked, and nothing over there")
    if target:
        moved = open_office(target)
        wrong += check(moved).wrong
        if moved.count(Query(Investor)) != ROWS:
            wrong.append("half an office")
        moved.close()
    return wrong

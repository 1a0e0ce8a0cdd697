"""The connection to a server is cut at every statement of a save, an edit, an import, an undo and a move: before the
server hears it, and after, so that the answer is lost. Nothing torn, nothing lost that was committed, nothing done
twice by a program that asks."""

from __future__ import annotations

import itertools
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests import postgres
from tests.bench.measures import measure
from tests.store.cutting import DEEDS, cut_once
from tests.wire import wired
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office

MOST = 400


@measure("cutting.cuts", unit="cuts", at_least=True, bar=100)
@measure("cutting.committed_unheard", unit="cuts")
@measure("cutting.faults", bar=0)
def cuts() -> dict[str, float]:
    """Faults are torn or lost batches, a program that believes the wrong thing, and a move that left something."""
    happened, unheard = 0, 0
    faults: list[str] = []
    with ExitStack() as stack:
        programs = postgres.binaries()
        assert programs is not None
        url = stack.enter_context(postgres.server(programs))
        where = stack.enter_context(postgres.database(url, "cutting"))
        office = create_office(where, name="清岚县投资促进局")
        stack.callback(office.close)
        with office.transaction("准备") as tx:
            tx.save_all([Investor(name=f"云帆{number}") for number in range(200)])
        wire, through = stack.enter_context(wired(where))
        for deed, heard in itertools.product(DEEDS, (False, True)):
            for part in range(1, MOST):
                cut = cut_once(office, wire, through, deed, part, heard=heard)
                happened, unheard = happened + cut.happened, unheard + (cut.happened and cut.committed)
                faults += cut.wrong
                if not cut.happened:
                    break
        moves, wrong = moving(url, office, stack)
        happened, faults = happened + moves, faults + wrong
    for fault in faults:
        print(fault)
    return {"cutting.cuts": happened, "cutting.committed_unheard": unheard, "cutting.faults": len(faults)}


def moving(url: str, office: Office, stack: ExitStack) -> tuple[int, list[str]]:
    """A move to a server, cut at every fifth part until one is not cut any more."""
    home = Path(stack.enter_context(TemporaryDirectory())) / "清岚.office"
    move_office(office, home)
    source = create_office(home.with_name("小.office"), name="清岚县投资促进局")
    with source.transaction("准备") as tx:
        tx.save_all([Investor(name=f"云帆{number}") for number in range(50)])
    wrong: list[str] = []
    for number in itertools.count():
        with postgres.database(url, f"moved_{number}") as where, wired(where) as (wire, through):
            wire.cut_at(1 + 5 * number, heard=bool(number % 2))
            with suppress(KnownError):
                move_office(source, through)
            if not wire.is_cut:
                source.close()
                return number, wrong
            with psycopg.connect(where) as connection:
                found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
                if found and found[0] and "meta" not in tables(connection):
                    wrong.append(f"move cut at {1 + 5 * number}: {found[0]} tables are left")
    raise AssertionError


def tables(connection: psycopg.Connection) -> set[str]:
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows}

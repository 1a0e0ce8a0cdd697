"""Twenty clerks at one office on a server for ten minutes, editing the same forty records at random: afterwards the
office is what its journal adds up to, and nothing that a clerk was told was saved is lost."""

from __future__ import annotations

from contextlib import ExitStack

from tests import postgres
from tests.bench.measures import measure
from tests.store.clerks import prepare, work
from zhaoshang_desktop.store import create_office

CLERKS = 20
SECONDS = 600.0


@measure("clerks.edits", unit="edits")
@measure("clerks.clashes", unit="clashes")
@measure("clerks.refused", unit="edits")
@measure("clerks.faults", bar=0)
def ten_minutes() -> dict[str, float]:
    """Faults are records that are not what the journal says, lost tags and lost records."""
    with ExitStack() as stack:
        programs = postgres.binaries()
        assert programs is not None
        url = stack.enter_context(postgres.server(programs))
        office = create_office(stack.enter_context(postgres.database(url, "clerks")), name="清岚县投资促进局")
        stack.callback(office.close)
        prepare(office)
        day = work(office, CLERKS, SECONDS)
    for fault in day.wrong:
        print(fault)
    return {
        "clerks.edits": day.told["edits"] + day.told["tags"],
        "clerks.clashes": day.told["clashes"],
        "clerks.refused": day.told["refused"],
        "clerks.faults": len(day.wrong),
    }

"""A city: five million investors on PostgreSQL, fifty clerks for five minutes, each with a pause of a few seconds.

The database takes an hour and 20 GB to make; ZHAOSHANG_CITY names one that is there already (made by
`tests.bench.city.fill`), which is then used and kept.
"""

from __future__ import annotations

import os
from contextlib import ExitStack

from tests import postgres
from tests.bench import city, server
from tests.bench.measures import measure

MANY = 5_000_000
CLERKS, SECONDS = 50, 300.0
MEMORY = "-c shared_buffers=6GB -c effective_cache_size=14GB -c max_wal_size=8GB -c checkpoint_timeout=15min"


@measure("city.search_p99_ms_5m", bar=100, unit="ms")
@measure("city.search_median_ms_5m", unit="ms")
@measure("city.save_p99_ms_5m", bar=50, unit="ms")
@measure("city.save_median_ms_5m", unit="ms")
def fifty_clerks() -> dict[str, float]:
    """They search as they type, open, and save every third time."""
    with ExitStack() as stack:
        where = os.environ.get("ZHAOSHANG_CITY") or made(stack)
        times = server.work(where, CLERKS, SECONDS)
    print(f"{len(times['search'])} searches, {len(times['save'])} saves")
    return {f"city.{name}_ms_5m": value for name, value in server.figures(times).items()}


def made(stack: ExitStack) -> str:
    """A server with all of them, which goes when it has been measured."""
    programs = postgres.binaries()
    assert programs is not None
    url = stack.enter_context(postgres.server(programs, safe=True, settings=MEMORY))
    where = stack.enter_context(postgres.database(url, "city"))
    city.fill(where, MANY, "2GB")
    return where

"""An office of each kind: every test of the store runs on all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhaoshang_desktop.runtime.clock import SystemClock
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office

KEY = bytes(range(32))


@pytest.fixture(params=["sqlite", "sqlcipher", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A new, empty office."""
    if request.param == "postgresql":
        where: Path | str = request.getfixturevalue("postgres_database")
    else:
        where = tmp_path / "清岚.office"
    key = KEY if request.param == "sqlcipher" else None
    made = create_office(where, name="清岚县投资促进局", actor="张敏", clock=SystemClock(), key=key)
    yield made
    made.close()

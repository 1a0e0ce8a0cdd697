"""A few damaged workbooks on every run; `dev.py proof fuzz` tries twenty thousand."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.mutating import Outcome, fuzz
from zhaoshang_desktop.actions.office import new_office

FILES = 60


def test_damaged_workbooks_are_read_or_refused_whole(tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚县.office", name="清岚县投资促进局", actor="张敏")
    outcome = Outcome()
    fuzz(office, tmp_path, range(FILES), outcome)
    office.close()
    assert not outcome.faults
    assert outcome.read + outcome.refused == FILES
    assert outcome.read > 0

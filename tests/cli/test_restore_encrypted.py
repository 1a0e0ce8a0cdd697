"""zhaoshang restore of an office that is encrypted, or was: what comes back, and what opens it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor

SECRET = "青禾 2026 清岚"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A closed plain office with one firm."""
    path = tmp_path / "清岚县.office"
    made = new_office(path, name="清岚县投资促进局")
    with made.transaction("新建") as tx:
        tx.save(Investor(name="霁岚特种陶瓷有限公司"))
    made.close()
    return path


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_PASSPHRASE", SECRET)


def test_an_encrypted_office_that_went_back_travels_alone(run: Run, office: Path, tmp_path: Path) -> None:
    assert run("encrypt", "--office", office).code == 0
    assert run("backup", "--office", office).code == 0
    assert run("passphrase", "--recovery", "--office", office).code == 0
    assert run("restore", "latest", "--office", office).code == 0
    there = tmp_path / "另一台" / office.name
    there.parent.mkdir()
    shutil.copy(office, there)
    assert "霁岚特种陶瓷" in run("search", "陶瓷", "--office", there).out
    beside = office.with_name("清岚县.office.key")
    assert there.with_name(beside.name).read_bytes() == beside.read_bytes()

"""What a killed act has left beside a file or in the person's own folder goes with the next one; what another process
is still writing stays."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.halfway import SECRET, WORK
from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.encryption import new_vault
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.runtime.progress import untold
from zhaoshang_desktop.store import create_office, open_office

HOUSE = Path(__file__).parents[2]


def firms() -> list[Record]:
    """Enough of them for every act to say how far it is."""
    return [Investor(name=f"青禾{n}公司", note="字" * 300) for n in range(200)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain office with a pack that is out, and an encrypted one."""
    office = create_office(tmp_path / "清岚.office", name="清岚县", first=firms())
    pack_out(office, tmp_path / "带出.pack", {Investor: office.ids(Query(Investor))}, SECRET)
    office.close()
    made = new_vault(SECRET)
    create_office(tmp_path / "密.office", name="清岚县", key=made.key, vault=made.vault, first=firms()).close()
    return tmp_path


def remains(folder: Path) -> set[str]:
    """What lies aside in that folder and below, and in the person's own."""
    return {one.name for one in [*folder.rglob(".*.part*"), *paths.passing_folder().glob("*")]}


@contextlib.contextmanager
def halfway(what: str, folder: Path) -> Iterator[None]:
    """Another process has begun, and is killed at the end."""
    command = [sys.executable, "-m", "tests.actions.halfway", what, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "halfway\n"
            yield
        finally:
            process.kill()


@pytest.mark.parametrize("what", WORK)
def test_only_what_a_killed_act_has_left_is_cleared_by_the_next(folder: Path, what: str) -> None:
    act, _ = WORK[what]
    with halfway(what, folder):
        under_way = remains(folder)
        assert under_way
        with contextlib.suppress(KnownError):  # of a closed file only one process may do something
            act(folder, untold)
        (folder / "又一个.pack").unlink(missing_ok=True)
        (folder / "搬来.office").unlink(missing_ok=True)
        assert remains(folder) == under_way
    act(folder, untold)
    assert remains(folder) == set()


def test_the_first_use_of_an_office_clears_what_was_being_made_in_clear(folder: Path) -> None:
    with halfway("decrypt", folder):
        pass
    assert remains(folder)
    office = open_office(folder / "密.office", secret=SECRET)
    backup.daily(office)
    office.close()
    assert remains(folder) == set()

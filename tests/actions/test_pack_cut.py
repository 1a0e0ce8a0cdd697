"""A pack that is written while the server is lost is in the register, or there is no file either."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.wire import Wire, wired
from zhaoshang_desktop.actions.pack import PackedOut, pack_out, packs_out
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import unlock_file

PASSPHRASE = "青山绿水带回家"


@pytest.fixture
def far(postgres_database: str) -> Iterator[tuple[Office, Wire]]:
    """An office on a server, and the cable to it."""
    made = create_office(postgres_database, name="清岚县投资促进局")
    with made.transaction("准备") as tx:
        tx.save(Trip(name="新材料链小分队", start=date(2026, 11, 23), end=date(2026, 11, 27)))
    made.close()
    with wired(postgres_database) as (wire, url), contextlib.closing(open_office(url, actor="张敏")) as office:
        yield office, wire


def go(office: Office, target: Path, progress: Progress = untold) -> PackedOut:
    chosen = {Trip: office.ids(Query(Trip))}
    return pack_out(office, target, chosen, PASSPHRASE, holder="王强", progress=progress)


def test_a_commit_whose_answer_is_lost_is_asked_for_and_counts(far: tuple[Office, Wire], tmp_path: Path) -> None:
    office, wire = far
    wire.cut_on(b"COMMIT", heard=True, briefly=True)
    done = go(office, tmp_path / "a.pack")
    (pack,) = packs_out(office)
    assert (pack.id, pack.state, pack.holder) == (done.pack, "在外", "王强")
    assert done.changes.records == {"pack": {pack.id}}
    assert unlock_file(done.path, done.recovery)
    assert [one.deed.file for one in office.ledger()] == ["a.pack"]


@pytest.mark.parametrize("words", [b"COMMIT", b"INSERT INTO journal"], ids=["commit", "journal"])
def test_a_pack_that_is_not_in_the_register_leaves_no_file(
    far: tuple[Office, Wire], tmp_path: Path, words: bytes
) -> None:
    office, wire = far
    wire.cut_on(words, heard=False, briefly=True)
    with pytest.raises(KnownError, match="没有保存"):
        go(office, tmp_path / "a.pack")
    assert list(tmp_path.iterdir()) == []
    assert (packs_out(office), office.ledger()) == ([], [])
    assert go(office, tmp_path / "a.pack").path.exists()


@pytest.mark.parametrize("heard", [False, True])
def test_where_the_server_cannot_be_asked_it_is_said_what_may_be_so(
    far: tuple[Office, Wire], tmp_path: Path, heard: bool
) -> None:
    office, wire = far
    wire.cut_on(b"COMMIT", heard=heard, briefly=False)
    with pytest.raises(KnownError, match="登记里可能多了一个“在外”的") as told:
        go(office, tmp_path / "a.pack")
    assert "“a.pack”没有带出" in told.value.sentence
    assert "作废" in told.value.way_out
    assert list(tmp_path.iterdir()) == []
    wire.mend()
    assert len(packs_out(office)) == heard


def test_an_office_that_is_taken_away_meanwhile_leaves_no_pack(tmp_path: Path) -> None:
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    with office.transaction("准备") as tx:
        tx.save(Trip(name="新材料链小分队", start=date(2026, 11, 23), end=date(2026, 11, 27)))
    stick = tmp_path / "U盘"
    stick.mkdir()

    def take_away(words: str, _done: int = 0, _total: int = 0) -> None:
        if words.startswith("写到"):
            (tmp_path / "清岚.office").rename(tmp_path / "别处.office")

    with pytest.raises(KnownError, match="不在原来的地方了"):
        go(office, stick / "a.pack", take_away)
    assert list(stick.iterdir()) == []
    office.close()

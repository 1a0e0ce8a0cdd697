"""What attachments hold lies in the office itself, once, for as long as anything may want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import back_up
from zhaoshang_desktop.store.blobs import Held
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import writing
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import BLOB

PHOTO = bytes(range(256)) * 40
LONG_AGO, LATER = datetime(2020, 1, 2, tzinfo=UTC), datetime.now(UTC) + timedelta(days=400)


def attach(office: Office, owner: Investor, name: str, data: bytes = PHOTO) -> Attachment:
    with office.transaction("添加附件") as tx:
        if not owner.id:
            tx.save(owner)
        held = tx.put_blob(data)
        return tx.save(Attachment(owner_noun="investor", owner=owner.id, name=name, size=len(data), sha256=held))


def test_a_content_comes_back_byte_by_byte_and_lies_there_once(office: Office) -> None:
    owner = Investor(name="青禾")
    first, second = attach(office, owner, "签约.jpg"), attach(office, owner, "又一次.jpg")
    assert first.sha256 == second.sha256
    assert office.blob(first.sha256) == PHOTO
    assert office.blobs_held(LONG_AGO) == Held(1, len(PHOTO), 0, 0)
    assert office.blob("0" * 64) is None
    assert check(office).wrong == []


def test_a_transaction_that_fails_leaves_no_content(office: Office) -> None:
    with pytest.raises(RuntimeError), office.transaction("添加附件") as tx:
        tx.put_blob(PHOTO)
        raise RuntimeError
    assert office.blobs_held(LATER).count == 0


def test_only_what_no_attachment_and_no_undo_wants_is_cleaned_away(office: Office) -> None:
    owner = Investor(name="青禾")
    attach(office, owner, "一.jpg")
    attach(office, owner, "二.jpg")
    gone = attach(office, owner, "三.pdf", b"%PDF")
    in_bin = attach(office, owner, "四.txt", b"4")
    with office.transaction("移除") as tx:
        tx.remove(in_bin)
        tx.erase(Attachment, [gone.id])
    assert office.clean_blobs(LONG_AGO) == (0, 0)
    assert office.blobs_held(LATER) == Held(3, len(PHOTO) + 5, 1, 4)
    office.undo()
    assert office.blob(gone.sha256) == b"%PDF"
    office.redo()
    assert office.clean_blobs(LATER) == (1, 4)
    assert (office.blob(gone.sha256), office.blob(in_bin.sha256)) == (None, b"4")
    assert check(office).wrong == []


def test_undoing_an_attachment_and_doing_it_again_needs_no_second_file(office: Office) -> None:
    made = attach(office, Investor(name="青禾"), "签约.jpg")
    office.undo()
    assert office.count(Query(Attachment)) == 0
    office.redo()
    assert office.get(Attachment, made.id).name == "签约.jpg"
    assert office.blob(made.sha256) == PHOTO


def test_undoing_a_record_that_has_got_a_file_since_keeps_it(office: Office) -> None:
    owner = Investor(name="青禾")
    with office.transaction("新建") as tx:
        tx.save(owner)
    batch = tx.changes.batch
    attach(office, owner, "签约.jpg")
    assert office.undo_batch(batch).skipped
    assert office.count(Query(Investor)) == 1


def test_check_tells_of_a_content_that_is_gone_and_of_one_that_is_spoilt(office: Office) -> None:
    made = attach(office, Investor(name="青禾"), "签约.jpg")
    with writing(office.engine) as connection:
        connection.execute(text("DELETE FROM blob"))
        connection.execute(insert(BLOB), {"hash": "ab" * 32, "size": 1, "data": b"x"})
    wrong = check(office).wrong
    assert wrong == ["附件“签约.jpg”：内容不在了", "附件的内容 abababababab…：已损坏"]
    assert made.id


def test_a_backup_carries_what_attachments_hold(tmp_path: Path) -> None:
    office = create_office(tmp_path / "清岚.office", name="清岚县")
    made = attach(office, Investor(name="青禾"), "签约.jpg")
    copy = open_office(back_up(office.engine, tmp_path / "备份.office"))
    assert copy.blob(made.sha256) == PHOTO
    copy.close()
    office.close()

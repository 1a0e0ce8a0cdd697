"""Files put to a record, and what becomes of them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from zhaoshang_desktop.actions import attachment as files
from zhaoshang_desktop.actions.record import erase_records, remove_records
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.files import clear_folder
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

NOW = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "清岚.office", name="清岚县", actor="张敏", clock=FixedClock(NOW))
    yield made
    made.close()


@pytest.fixture
def owner(office: Office) -> Investor:
    made = Investor(name="青禾")
    with office.transaction("新建") as tx:
        tx.save(made)
    return made


def photo(width: int = 3200, height: int = 2400, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    data = random.Random(3).randbytes(width * height * 3)
    Image.frombytes("RGB", (width, height), data).save(out, kind)
    return out.getvalue()


def put(folder: Path, name: str, data: bytes = b"%PDF") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def names(office: Office, owner: Investor) -> list[str]:
    return [one.attachment.name for one in files.files_of(office, Investor, owner.id)]


def test_files_are_attached_as_one_batch_with_who_did_it(office: Office, owner: Investor, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    paths = [put(tmp_path, "协议.pdf"), put(tmp_path, "名录.xlsx", b"PK")]
    done = files.attach_files(
        office, Investor, owner.id, paths, progress=lambda words, now, all_: told.append((words, now, all_))
    )
    assert (done.count, done.scaled, done.known) == (2, 0, ())
    found = files.files_of(office, Investor, owner.id)
    assert [(one.attachment.name, one.attachment.media_type, one.attachment.size) for one in found] == [
        ("协议.pdf", "application/pdf", 4),
        ("名录.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 2),
    ]
    assert {one.by for one in found} == {office.actor}
    assert told == [("读取文件", 0, 2), ("读取文件", 1, 2)]
    office.undo()
    assert names(office, owner) == []
    office.redo()
    assert names(office, owner) == ["协议.pdf", "名录.xlsx"]
    assert check(office).wrong == []


def test_a_photo_is_made_smaller_unless_the_original_is_wanted(office: Office, owner: Investor, tmp_path: Path) -> None:
    path = put(tmp_path, "合影.JPEG", photo())
    assert files.attach_files(office, Investor, owner.id, [path]).scaled == 1
    assert files.attach_files(office, Investor, owner.id, [path], original=True).scaled == 0
    small, whole = [one.attachment for one in files.files_of(office, Investor, owner.id)]
    assert (small.name, whole.name) == ("合影.jpg", "合影.JPEG")
    assert (small.size or 0) < (whole.size or 0) == path.stat().st_size
    assert max(Image.open(io.BytesIO(files.content_of(office, small))).size) == 2560


def test_the_same_file_twice_is_kept_once_and_another_of_that_name_gets_a_number(
    office: Office, owner: Investor, tmp_path: Path
) -> None:
    first = put(tmp_path, "协议.pdf")
    files.attach_files(office, Investor, owner.id, [first])
    (tmp_path / "新").mkdir()
    done = files.attach_files(office, Investor, owner.id, [first, put(tmp_path / "新", "协议.pdf", b"%PDF-2")])
    assert (done.count, done.known) == (1, ("协议.pdf",))
    assert names(office, owner) == ["协议.pdf", "协议 (2).pdf"]


def test_a_pasted_picture_is_called_after_the_hour(office: Office, owner: Investor) -> None:
    files.attach_picture(office, Investor, owner.id, photo(200, 100, "PNG"))
    assert names(office, owner) == ["粘贴的图片 2026-11-20 1042.png"]


def test_one_file_that_cannot_be_taken_and_none_is(office: Office, owner: Investor, tmp_path: Path) -> None:
    good = put(tmp_path, "协议.pdf")
    large = tmp_path / "录像.mp4"
    with large.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    for bad, words in ((tmp_path / "没有.pdf", "找不到"), (tmp_path, "文件夹"), (large, "一个文件最多 50.0 MB")):
        with pytest.raises(KnownError, match=words):
            files.attach_files(office, Investor, owner.id, [good, bad])
    assert names(office, owner) == []


def test_renaming_keeps_the_ending_and_makes_the_name_safe(office: Office, owner: Investor, tmp_path: Path) -> None:
    files.attach_files(office, Investor, owner.id, [put(tmp_path, "1.pdf"), put(tmp_path, "2.pdf", b"2")])
    first, second = [one.attachment.id for one in files.files_of(office, Investor, owner.id)]
    files.rename_attachment(office, first, "协议: 终稿?")
    files.rename_attachment(office, second, "协议_ 终稿_.pdf")
    assert names(office, owner) == ["协议_ 终稿_.pdf", "协议_ 终稿_ (2).pdf"]


def test_a_removed_file_comes_back_by_undo(office: Office, owner: Investor, tmp_path: Path) -> None:
    files.attach_files(office, Investor, owner.id, [put(tmp_path, "1.pdf")])
    files.remove_attachments(office, [files.files_of(office, Investor, owner.id)[0].attachment.id])
    assert names(office, owner) == []
    office.undo()
    assert names(office, owner) == ["1.pdf"]


def test_files_are_saved_elsewhere_without_writing_over_others(office: Office, owner: Investor, tmp_path: Path) -> None:
    files.attach_files(office, Investor, owner.id, [put(tmp_path, "1.pdf")])
    keys = [one.attachment.id for one in files.files_of(office, Investor, owner.id)]
    assert [path.name for path in files.save_attachments(office, keys, tmp_path)] == ["1 (2).pdf"]
    assert (tmp_path / "1 (2).pdf").read_bytes() == b"%PDF"
    assert [(one.deed.act, one.deed.count) for one in office.ledger()] == [(Act.EXPORT, 1)]
    with pytest.raises(KnownError, match="不存在"):
        files.save_attachment(office, keys[0], tmp_path / "没有" / "1.pdf")


def test_a_copy_to_look_at_is_read_only_and_is_cleared_away(office: Office, owner: Investor, tmp_path: Path) -> None:
    files.attach_files(office, Investor, owner.id, [put(tmp_path, "1.pdf"), put(tmp_path, "清单.pdf.exe", b"MZ")])
    document, program = [one.attachment.id for one in files.files_of(office, Investor, owner.id)]
    folder = tmp_path / "打开"
    path = files.lay_out(office, document, folder)
    assert (path.name, path.read_bytes(), path.stat().st_mode & 0o222) == ("1.pdf", b"%PDF", 0)
    with pytest.raises(KnownError, match="不从这里打开"):
        files.lay_out(office, program, folder)
    clear_folder(folder)
    assert not folder.exists()


def from_a_pack(office: Office, owner: Investor, name: str) -> int:
    """An attachment that is called as a pack calls it, which nobody has looked through."""
    with office.transaction("带回") as tx:
        sha = tx.put_blob(name.encode())
        return tx.save(Attachment(owner_noun="investor", owner=owner.id, name=name, sha256=sha, size=1)).id


@pytest.mark.parametrize(
    "name", ["../逃出去.txt", "..\\..\\逃出去.txt", "/tmp/逃出去.txt", "..", "C:\\逃出去.txt", "a/\0"]
)
def test_a_file_that_came_in_a_pack_is_saved_in_the_folder_whatever_it_is_called(
    office: Office, owner: Investor, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "里" / "面"
    folder.mkdir(parents=True)
    before = {path for path in tmp_path.rglob("*") if path != folder}
    (made,) = files.save_attachments(office, [from_a_pack(office, owner, name)], folder)
    assert made.parent == folder
    assert made.read_bytes() == name.encode()
    assert {path for path in tmp_path.rglob("*") if path not in (folder, made)} >= before
    assert not list(tmp_path.glob("*逃*"))


@pytest.mark.parametrize("name", ["照片.jpg.exe ", "照片.exe.", "照片.e\u200bxe", "照片\u202egpj.exe", "x/照片.bat\n"])
def test_a_program_that_came_in_a_pack_is_not_laid_out_however_its_name_hides_it(
    office: Office, owner: Investor, tmp_path: Path, name: str
) -> None:
    with pytest.raises(KnownError, match="不从这里打开"):
        files.lay_out(office, from_a_pack(office, owner, name), tmp_path / "打开")


def test_erasing_a_record_takes_its_files_and_a_clean_up_their_content(
    office: Office, owner: Investor, tmp_path: Path
) -> None:
    files.attach_files(office, Investor, owner.id, [put(tmp_path, "1.pdf")])
    remove_records(office, Investor, [owner.id])
    erase_records(office, Investor, [owner.id])
    assert office.count(Query(Attachment)) == office.count(Query(Attachment, bin=True)) == 0
    assert (files.space_held(office).count, files.clean_up(office)) == (1, (0, 0))
    office.undo()
    assert names(office, owner) == ["1.pdf"]


def test_a_content_that_is_not_here_is_said_so(office: Office, owner: Investor) -> None:
    with office.transaction("外来") as tx:
        made = tx.save(Attachment(owner_noun="investor", owner=owner.id, name="1.pdf", sha256="0" * 64))
    with pytest.raises(KnownError, match="内容不在"):
        files.content_of(office, made)

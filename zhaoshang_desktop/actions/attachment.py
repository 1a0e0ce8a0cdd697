"""附件: files put to a record, opened, saved elsewhere, renamed, taken away."""

from __future__ import annotations

import mimetypes
import secrets
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.attachment import LARGEST, Attachment
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError, not_read, not_written
from zhaoshang_desktop.domain.file_name import free_name, is_program, safe_name, size_text, split_ending
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.runtime.files import replace_file
from zhaoshang_desktop.runtime.held import refuse_unfit
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.blobs import Held
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

MB = 1024**2
LARGEST_TOGETHER = 300 * MB
KEPT_DAYS = 30
"""So long an undo may bring back what was erased, content and all."""


@dataclass(frozen=True)
class Filed:
    """An attachment, and who put it there ("" when the journal does not say)."""

    attachment: Attachment
    by: str


@dataclass(frozen=True)
class Attached:
    """What came of attaching: the changes, how many were taken, how many of them made smaller, which were there."""

    changes: Changes
    count: int
    scaled: int
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Content:
    name: str
    data: bytes
    media_type: str
    scaled: bool = False


def attach_files(
    office: Office,
    owner: type[Record],
    key: int,
    paths: Sequence[Path],
    *,
    original: bool = False,
    progress: Progress = untold,
) -> Attached:
    """Put files to a record, as one batch; photos are made smaller unless the `original` is wanted.

    All are read before anything is written: one that cannot be read, or is too large, and none is taken.
    """
    contents, together = [], 0
    for number, path in enumerate(paths):
        progress("读取文件", number, len(paths))
        content = _read(path, original)
        together += len(content.data)
        if together > LARGEST_TOGETHER:
            raise KnownError(f"一次添加的文件合起来超过 {size_text(LARGEST_TOGETHER)}，没有添加。", "请分几次添加。")
        contents.append(content)
    return _attach(office, owner, key, contents)


def attach_picture(office: Office, owner: type[Record], key: int, data: bytes) -> Attached:
    """Put a picture that was pasted (PNG) to a record; it is called after the hour."""
    name = f"粘贴的图片 {to_local(office.clock.now()):%Y-%m-%d %H%M}.png"
    return _attach(office, owner, key, [_content(name, data, original=False)])


def attach_paper(office: Office, owner: type[Record], key: int, name: str, data: bytes) -> Attached:
    """Put a PDF that was made here to a record; the one of that name from before goes into the recycle bin."""
    return _attach(office, owner, key, [_Content(safe_name(name), data, "application/pdf")], instead=True)


def files_of(office: Office, owner: type[Record], key: int) -> list[Filed]:
    """The files of a record, in the order they came."""
    where = (Where("owner", "=", key), Where("owner_noun", "=", owner.NOUN))
    found = office.find(Query(Attachment, where=where, order=("id",)))
    makers = office.makers(Attachment, [one.id for one in found])
    return [Filed(one, makers.get(one.id, "")) for one in found]


def rename_attachment(office: Office, key: int, name: str) -> Changes:
    """Give it another name; its ending stays when none is typed."""
    with office.transaction("重命名文件") as tx:
        found = tx.get(Attachment, key)
        wanted = safe_name(name.strip() or found.name)
        if not split_ending(wanted)[1]:
            wanted += split_ending(found.name)[1]
        found.name = free_name(wanted, _names(tx, found.owner_noun, found.owner or 0, besides=key))
        tx.save(found)
    return tx.changes


def remove_attachments(office: Office, keys: Sequence[int]) -> Changes:
    """Take files away from their record, as one batch; the recycle bin keeps them."""
    with office.transaction(f"移除 {len(keys)} 个文件") as tx:
        for key in keys:
            tx.remove(tx.get(Attachment, key))
    return tx.changes


def content_of(office: Office, attachment: Attachment) -> bytes:
    """What the file holds; KnownError when its content is not in this office."""
    data = office.blob(attachment.sha256)
    if data is None:
        raise KnownError(f"“{attachment.name}”的内容不在这个办公室里。", "它可能已被清理，请从备份中找。")
    return data


def save_attachment(office: Office, key: int, path: Path) -> Path:
    """Write the file's content to `path`."""
    data = content_of(office, office.get(Attachment, key))
    try:
        replace_file(path, lambda file: file.write(data))
    except OSError as error:
        raise not_written(path, error) from None
    return path


def save_attachments(office: Office, keys: Iterable[int], folder: Path) -> list[Path]:
    """Write several into a folder; what lies there already stays. The ledger says that they left the office."""
    made: list[Path] = []
    for key in keys:
        taken = {path.name.lower() for path in folder.iterdir()} if folder.is_dir() else set()
        name = safe_name(office.get(Attachment, key).name)  # what came home in a pack may be called anything
        made.append(save_attachment(office, key, folder / free_name(name, taken)))
    if made:
        office.note(Deed(Act.EXPORT, len(made), "", "附件另存"))
    return made


def lay_out(office: Office, key: int, folder: Path) -> Path:
    """A copy to be looked at with the PC's own program, read-only, in a folder of its own below `folder`.

    A program is never laid out: it would run. Who laid it out clears the folder (`runtime.files.clear_folder`).
    """
    found = office.get(Attachment, key)
    name = safe_name(found.name)
    if is_program(name):
        raise KnownError(f"“{name}”是程序或快捷方式，不从这里打开。", "确实需要时请另存，查毒后再用。")
    data = content_of(office, found)
    path = folder / secrets.token_hex(6) / name
    try:
        path.parent.mkdir(parents=True, mode=0o700)
        path.write_bytes(data)
        path.chmod(stat.S_IREAD)
    except OSError as error:
        raise not_written(path, error) from None
    return path


def space_held(office: Office) -> Held:
    """How much the contents of all attachments take, and how much a clean-up would free."""
    return office.blobs_held(office.clock.now() - timedelta(days=KEPT_DAYS))


def clean_up(office: Office) -> tuple[int, int]:
    """Take away contents that no file refers to any more and no undo may want; gives number and bytes."""
    office.require(Right.ERASE)
    return office.clean_blobs(office.clock.now() - timedelta(days=KEPT_DAYS))


def erase_with(tx: Transaction, owner: type[Record], keys: Iterable[int]) -> None:
    """The files of records that are being erased go with them."""
    where = (Where("owner", "in", tuple(keys)), Where("owner_noun", "=", owner.NOUN))
    tx.erase(Attachment, [*_keys(tx, where, bin=False), *_keys(tx, where, bin=True)])


def _keys(tx: Transaction, where: tuple[Where, ...], *, bin: bool) -> list[int]:  # noqa: A002 - as the query calls it
    return [one.id for one in tx.find(Query(Attachment, where=where, bin=bin, order=("id",)))]


def _read(path: Path, original: bool) -> _Content:
    try:
        refuse_unfit(path)
        size = path.stat().st_size
        if size > LARGEST and (original or not _is_photo(path.name)):
            raise _too_large(path.name, size)
        data = path.read_bytes()
    except OSError as error:
        raise not_read(path, error) from None
    return _content(path.name, data, original)


def _content(name: str, data: bytes, original: bool) -> _Content:
    from zhaoshang_desktop.exchange.photos import scaled  # Pillow, when first needed

    name = safe_name(name)
    photo = scaled(data) if not original and _is_photo(name) else None
    if photo is not None:
        return _Content(split_ending(name)[0] + photo.ending, photo.data, photo.media_type, scaled=True)
    if len(data) > LARGEST:
        raise _too_large(name, len(data))
    return _Content(name, data, mimetypes.guess_type(name)[0] or "application/octet-stream")


def _is_photo(name: str) -> bool:
    return (mimetypes.guess_type(name)[0] or "").startswith("image/")


def _too_large(name: str, size: int) -> KnownError:
    return KnownError(
        f"“{name}”有 {size_text(size)}，一个文件最多 {size_text(LARGEST)}，没有添加。",
        "录像等大文件请留在硬盘上，在备注里写明放在哪里。",
    )


def put_picture(tx: Transaction, owner: type[Record], key: int, data: bytes, name: str) -> bool:
    """A photo that comes with a record, within the transaction that stores it; False when it is there already."""
    return bool(_put(tx, owner, key, [_content(name, data, original=False)])[0])


def _attach(
    office: Office, owner: type[Record], key: int, contents: Sequence[_Content], *, instead: bool = False
) -> Attached:
    """`instead`: of those with the same names."""
    with office.transaction(f"添加 {len(contents)} 个文件") as tx:
        tx.get(owner, key)
        for old in _files(tx, owner.NOUN, key) if instead else ():
            if old.name in {content.name for content in contents}:
                tx.remove(old)
        made, known = _put(tx, owner, key, contents)
    return Attached(tx.changes, len(made), len([one for one in made if one.scaled]), tuple(known))


def _put(
    tx: Transaction, owner: type[Record], key: int, contents: Sequence[_Content]
) -> tuple[list[_Content], list[str]]:
    """What was put to the record, and what those are called that it had."""
    known: list[str] = []
    made: list[_Content] = []
    there = {one.sha256: one.name for one in _files(tx, owner.NOUN, key)}
    names = _names(tx, owner.NOUN, key)
    for content in contents:
        held = tx.put_blob(content.data)
        if held in there:
            known.append(there[held])
            continue
        name = free_name(content.name, names)
        names.add(name.lower())
        there[held] = name
        made.append(content)
        tx.save(
            Attachment(
                owner_noun=owner.NOUN,
                owner=key,
                name=name,
                media_type=content.media_type,
                size=len(content.data),
                sha256=held,
            )
        )
    return made, known


def _files(tx: Transaction, noun: str, key: int) -> list[Attachment]:
    where = (Where("owner", "=", key), Where("owner_noun", "=", noun))
    return tx.find(Query(Attachment, where=where, order=("id",)))


def _names(tx: Transaction, noun: str, key: int, besides: int = 0) -> set[str]:
    return {one.name.lower() for one in _files(tx, noun, key) if one.id != besides}

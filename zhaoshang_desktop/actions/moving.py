"""把办公室移到服务器, and back into a file."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.rights import MovedAway, Right
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import moving
from zhaoshang_desktop.store.engine import is_server
from zhaoshang_desktop.store.moving import Moved
from zhaoshang_desktop.store.office import Office

IN_CLEAR = "这个文件没有加密，谁拿到它就看得到全部内容：请收好，或用 zhaoshang encrypt 加密。"
"""What a script is told of a file into which the office of a server was written."""


def begin_move(office: Office) -> None:
    """From now on the office is only looked at, since what was written to it would stay behind, until `move_office`
    fails. Only who may change its settings does it.

    KnownError for a pack: it belongs to the office that it left."""
    office.require(Right.SETTINGS)
    if office.pack:
        raise KnownError("现在打开的是出差包，不能把它搬走。", "请先带回，再在办公室的电脑上搬办公室。")
    office.leaving = True


def move_office(
    office: Office,
    target: Path | str,
    *,
    key: bytes | None = None,
    progress: Progress = untold,
) -> Moved:
    """Copies the whole office there and compares both sides record by record; the office itself stays as it is, but
    for a line in its ledger, and to be looked at: wherever it is open, it knows from now on that it has moved."""
    if not office.leaving:
        begin_move(office)
    try:
        return moving.move(office, target, key=key, progress=progress)
    except MovedAway as error:
        office.moved = error.words
        raise
    finally:
        office.leaving = False


def reopen_office(office: Office) -> None:
    """An office that has moved is one to work in again, beside its copy elsewhere: what is done in the one the other
    never hears of."""
    office.require(Right.REOPEN)
    moving.reopen(office)


def about_users(moved: Moved) -> str:
    """What became of those whom the office told apart, in a sentence; "" where it did not."""
    if not moved.without_users:
        return ""
    if is_server(moved.where) and moved.from_server:
        return (
            "原来那里的用户和角色没有跟着搬：在新的数据库里设立角色以前谁连得上谁就能改，"
            "请现在就到“文件 › 用户与权限”设立。"
        )
    if is_server(moved.where):
        return (
            "文件里的用户和密码没有搬过去：服务器上由三种角色代替，设立以前谁连得上谁就能改，"
            "请现在就到“文件 › 用户与权限”设立。"
        )
    return (
        "服务器上的用户和角色不跟着文件走：现在谁打开这个文件都能做一切，要分人用，请到“文件 › 用户与权限”重新建用户。"
    )

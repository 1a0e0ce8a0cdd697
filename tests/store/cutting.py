"""Cutting the connection to a server at the n-th thing that is said to it, and asking what was left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from tests.wire import Wire
from zhaoshang_desktop.domain.errors import KnownError, LostConnection
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import BATCH, JOURNAL

Deed = Callable[[Office], object]


def save_new(office: Office) -> object:
    """A record with its person."""
    with office.transaction("新建客商") as tx:
        made = tx.save(Investor(name="青禾新材料"))
        tx.save(Contact(investor=made.id, name="周远航", mobile="13800000000"))
    return made


def edit_some(office: Office) -> object:
    """Two records changed, one put into the bin."""
    one, other, third = office.find(Query(Investor, order=("id",)))[:3]
    one.note, other.name = f"{one.note}改", f"{other.name}新"
    with office.transaction("修改") as tx:
        tx.save_all([one, other])
        tx.remove(third)
    return one


def import_many(office: Office) -> object:
    """A list at once."""
    with office.transaction("导入") as tx:
        tx.go_alone()
        tx.save_all([Investor(name=f"公司{number}") for number in range(40)])
    return None


def take_back(office: Office) -> object:
    """Undo."""
    return office.undo_batch(office.batches(1)[0].id)


DEEDS: tuple[Deed, ...] = (save_new, edit_some, import_many, take_back)


@dataclass(frozen=True)
class Cut:
    """What came of one cut: whether it happened before the deed was over, and a sentence for all that is wrong."""

    happened: bool
    committed: bool
    wrong: tuple[str, ...]


def cut_once(whole: Office, wire: Wire, url: str, deed: Deed, part: int, *, heard: bool) -> Cut:
    """Does the deed over a wire that is cut at its n-th part; `whole` has another way to the same database."""
    before = len(whole.batches(0))
    through = open_office(url)
    wire.cut_at(part, heard=heard)
    error: KnownError | None = None
    try:
        deed(through)
    except KnownError as caught:
        error = caught
    happened = wire.is_cut
    wire.mend()
    committed = len(whole.batches(0)) - before
    wrong = [*_told(through, error, committed, happened=happened), *_faults(whole)]
    with contextlib.suppress(KnownError):
        save_new(through)
    if len(whole.batches(0)) - before != committed + 1:
        wrong.append("the office could not be used afterwards")
    through.close()
    return Cut(happened, bool(committed), tuple(f"{deed.__name__}, part {part}, heard {heard}: {one}" for one in wrong))


def _told(office: Office, error: KnownError | None, committed: int, *, happened: bool) -> list[str]:
    """Is what the program was told the truth?"""
    if error is None:
        return [] if committed == 1 else [f"{committed} batches and no error"]
    if not happened:
        return [f"refused without a cut: {error}"]
    if not isinstance(error, LostConnection):
        return [f"another sentence: {error}"]
    known = bool(error.attempt and office.was_committed(error.attempt))
    return [] if known == bool(committed) else [f"{committed} batches, and the program thinks {known}"]


def _faults(office: Office) -> list[str]:
    with office.engine.connect() as connection:
        batches = set(connection.execute(select(BATCH.c.id)).scalars())
        counted = connection.execute(select(JOURNAL.c.batch, func.count()).group_by(JOURNAL.c.batch)).all()
    torn = [f"batch {batch} has lines and no name" for batch, _ in counted if batch not in batches]
    return torn + check(office).wrong

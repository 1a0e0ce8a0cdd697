"""New, changed, removed, restored: what a person does to one record or to several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.backup import MANY, MASS_EDIT
from zhaoshang_desktop.domain.changes import Changes, Undone
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.visit import Visit

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction


KEPT_APART = ("reception", "reception_cost")
"""Records of the two kinds of reception, whose costs are never mixed."""


def new_record(office: Office, record: Record, belonging: Sequence[tuple[Record, str]] = ()) -> Changes:
    """Store a record that has no key yet; KnownError without its required fields.

    What belongs to it is stored with it, as one batch: each record comes with the field that shall point here.
    """
    _follow(office, record, ())
    with office.transaction(f"新建{_title(type(record))}") as tx:
        tx.save(record)
        for one, field in belonging:
            setattr(one, field, record.id)
        tx.save_all([one for one, _ in belonging])
    return tx.changes


def edit_record(office: Office, record: type[Record], key: int, changes: Mapping[str, Any], version: int) -> Changes:
    """Set fields of the record as it was at that version. What others saved since is merged; EditClash, with both
    values, where they changed the same fields.

    Among `changes`, `raw` is {field: text that is not understood}, where "" settles a field.
    """
    from zhaoshang_desktop.actions.edit import caught_up  # the store's forms; the first window does without
    from zhaoshang_desktop.store.saving import StaleRecord

    for last in (False, False, True):
        found = office.get(record, key)
        wanted = changes if found.version == version else caught_up(office, found, changes, version)
        try:
            with office.transaction(f"修改{_title(record)}") as tx:
                _set(found, wanted)
                _follow(office, found, wanted)
                tx.save(found)
            return tx.changes
        except StaleRecord:
            if last:
                raise
    raise AssertionError


def _set(record: Record, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name == "raw":
            record.raw = {field: text for field, text in {**record.raw, **value}.items() if text}
        else:
            setattr(record, name, value)


def _follow(office: Office, record: Record, changes: Iterable[str]) -> None:
    if isinstance(record, Visit):
        from zhaoshang_desktop.actions.counted import follow  # only for who types visits

        follow(office, record, changes)
    elif record.NOUN in KEPT_APART:
        from zhaoshang_desktop.actions.reception import keep_apart  # only for who receives guests

        keep_apart(office, record, changes)


def remove_records(office: Office, record: type[Record], keys: Sequence[int]) -> Changes:
    """Put them into the recycle bin, as one batch."""
    _back_up_before_many(office, keys)
    with office.transaction(f"移到回收站：{len(keys)} 条{_title(record)}") as tx:
        for key in keys:
            tx.remove(tx.get(record, key))
    return tx.changes


def restore_records(office: Office, record: type[Record], keys: Sequence[int]) -> Changes:
    """Take them out of the recycle bin, as one batch."""
    _back_up_before_many(office, keys)
    with office.transaction(f"恢复 {len(keys)} 条{_title(record)}") as tx:
        for key in keys:
            tx.restore(tx.get(record, key))
    return tx.changes


def erase_records(office: Office, record: type[Record], keys: Sequence[int]) -> Changes:
    """Take them out of the recycle bin and the store, with their files and all that belongs to them; the journal still
    knows what they said. KnownError, and nothing done, when others point to one of them."""
    from zhaoshang_desktop.actions.attachment import erase_with  # all record types; the first window has one

    office.require(Right.ERASE)
    _back_up_before_many(office, keys)
    with office.transaction(f"彻底删除 {len(keys)} 条{_title(record)}") as tx:
        _let_go(tx, record, keys)
        _erase_children(tx, record, keys)
        erase_with(tx, record, keys)
        _refuse_pointed_to(tx, record, keys)
        tx.erase(record, keys)
        tx.note(Deed(Act.ERASE, len(keys), note=_title(record)))
    return tx.changes


def undo(office: Office) -> Undone | None:
    """Take back the latest thing done at this PC; None when there is none."""
    return office.undo()


def redo(office: Office) -> Undone | None:
    """Do again what was taken back; None when there is nothing."""
    return office.redo()


def undo_batch(office: Office, batch: int) -> Undone:
    """Take back one batch, however old."""
    return office.undo_batch(batch)


def is_undone(office: Office, batch: int) -> bool:
    """Whether one batch is taken back now, here or by somebody else."""
    return office.is_undone(batch)


def _back_up_before_many(office: Office, keys: Sequence[int]) -> None:
    """A few records are no mass."""
    if len(keys) >= MANY:
        from zhaoshang_desktop.actions.backup import before  # the store; the first window has none yet

        before(office, MASS_EDIT, records=len(keys))


def _let_go(tx: Transaction, record: type[Record], keys: Sequence[int]) -> None:
    if record.NOUN in ("trip", "reception"):
        from zhaoshang_desktop.actions import letting_go  # only for who erases one of them

        (letting_go.let_go_of_trips if record.NOUN == "trip" else letting_go.let_go_of_receptions)(tx, keys)


def _erase_children(tx: Transaction, record: type[Record], keys: Sequence[int]) -> None:
    """What belongs to these and to nothing else goes with them, what points to its siblings before them; what others
    point to of that stays and stops it."""
    from zhaoshang_desktop.actions.attachment import erase_with  # all record types; the first window has one
    from zhaoshang_desktop.domain.libraries import CHILDREN

    for child in reversed(CHILDREN.get(record, ())):
        where = (Where(child.OWNER, "in", tuple(keys)),)
        asked = (Query(child, where=where, bin=there, order=("id",)) for there in (False, True))
        found = [one.id for query in asked for one in tx.find(query)]
        if found:
            _erase_children(tx, child, found)
            erase_with(tx, child, found)
            _refuse_pointed_to(tx, child, found)
            tx.erase(child, found)


def _refuse_pointed_to(tx: Transaction, record: type[Record], keys: Sequence[int]) -> None:
    pointing = tx.pointing(record, keys)
    if pointing:
        from zhaoshang_desktop.domain.libraries import RECORD_TITLES  # all record types; the first window has one

        told = "、".join(f"{RECORD_TITLES[noun]} {count}" for noun, count in pointing.items())
        what = f"{'这条' if len(keys) == 1 else '这些'}{RECORD_TITLES[record.NOUN]}"
        raise KnownError(
            f"还有别的记录连着{what}（{told}），没有彻底删除。",
            "请先改掉或彻底删除那些记录，或者让它留在回收站。",
        )


def _title(record: type[Record]) -> str:
    from zhaoshang_desktop.domain.libraries import RECORD_TITLES  # all record types; the first window has one

    return RECORD_TITLES[record.NOUN]

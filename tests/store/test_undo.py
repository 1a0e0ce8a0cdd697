"""Ctrl+Z over the journal: one change, one import, and what others changed since."""

from __future__ import annotations

from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office


def put(office: Office, label: str, *records: object) -> None:
    with office.transaction(label) as tx:
        for record in records:
            tx.save(record)  # type: ignore[type-var]


def test_undo_takes_changes_back_one_by_one_and_redo_brings_them_again(office: Office) -> None:
    made = Investor(name="青禾")
    put(office, "新建", made)
    for note in ("一", "二"):
        made.note = note
        put(office, f"改成{note}", made)

    def note() -> str:
        return office.get(Investor, made.id).note

    assert office.undo().label == "改成二"  # type: ignore[union-attr]
    assert note() == "一"
    office.undo()
    assert note() == ""
    assert office.redo().label == "改成一"  # type: ignore[union-attr]
    assert note() == "一"
    office.redo()
    assert note() == "二"
    assert office.redo() is None
    for _ in range(3):
        office.undo()
    assert office.count(Query(Investor)) == 0
    assert office.undo() is None
    for _ in range(3):
        office.redo()
    assert note() == "二"


def test_something_new_ends_what_can_be_redone(office: Office) -> None:
    made = Investor(name="青禾")
    put(office, "新建", made)
    made.note = "一"
    put(office, "改", made)
    office.undo()
    put(office, "另建", Investor(name="云帆"))
    assert office.redo() is None
    assert office.undo().label == "另建"  # type: ignore[union-attr]


def test_undoing_an_import_removes_all_it_brought_with_the_people(office: Office) -> None:
    with office.transaction("导入 3 条") as tx:
        investors = [Investor(name=f"公司{n}") for n in range(3)]
        tx.save_all(investors)
        tx.save_all([Contact(investor=one.id, name="周远航") for one in investors])
    office.undo()
    assert office.count(Query(Investor)) == office.count(Query(Contact)) == 0
    assert office.count(Query(Investor, words="公司")) == 0
    assert check(office).wrong == []


def test_undo_keeps_what_others_changed_since_and_says_so(office: Office) -> None:
    with office.transaction("导入") as tx:
        first, second = Investor(name="甲公司"), Investor(name="乙公司")
        tx.save_all([first, second])
    batch = tx.changes.batch
    first.note = "后来补的"
    put(office, "改", first)
    undone = office.undo_batch(batch)
    assert undone.skipped == ("甲公司：之后又有修改，保留",)
    assert [one.name for one in office.find(Query(Investor))] == ["甲公司"]


def test_a_record_that_others_point_to_stays_when_its_creation_is_undone(office: Office) -> None:
    with office.transaction("导入") as tx:
        made = tx.save(Investor(name="甲公司"))
    put(office, "补联系人", Contact(investor=made.id, name="周远航"))
    undone = office.undo_batch(tx.changes.batch)
    assert undone.skipped
    assert office.count(Query(Investor)) == 1


def test_two_changes_of_one_record_in_one_batch_are_both_taken_back(office: Office) -> None:
    made = Investor(name="甲公司")
    put(office, "新建", made)
    with office.transaction("两次") as tx:
        made.note = "一"
        tx.save(made)
        made.note = "二"
        tx.save(made)
    office.undo()
    assert office.get(Investor, made.id).note == ""

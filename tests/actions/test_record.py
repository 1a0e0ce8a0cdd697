"""What a person does to one record or to several, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhaoshang_desktop.actions import record as actions
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office

BIN = Query(Investor, bin=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "x.office", name="清岚县投资促进局")
    yield made
    made.close()


def made(office: Office, name: str = "青禾新材料") -> Investor:
    changes = actions.new_record(office, Investor(name=name, raw={"staff": "约3千"}))
    return office.get(Investor, next(iter(changes.of("investor"))))


def test_a_new_record_says_which_key_it_got(office: Office) -> None:
    assert made(office).version == 1


def test_editing_says_what_changed_and_is_called_what_a_person_would(office: Office) -> None:
    investor = made(office)
    changes = actions.edit_record(office, Investor, investor.id, {"website": "a.example"}, investor.version)
    assert changes.of("investor") == {investor.id}
    assert office.batches(1)[0].label == "修改客商"


def test_texts_beside_fields_are_kept_and_settled_one_by_one(office: Office) -> None:
    investor = made(office)
    actions.edit_record(office, Investor, investor.id, {"raw": {"revenue": "几个亿"}}, investor.version)
    investor = office.get(Investor, investor.id)
    assert investor.raw == {"staff": "约3千", "revenue": "几个亿"}
    actions.edit_record(office, Investor, investor.id, {"staff": 3000, "raw": {"staff": ""}}, investor.version)
    investor = office.get(Investor, investor.id)
    assert (investor.staff, investor.raw) == (3000, {"revenue": "几个亿"})


def test_several_go_to_the_bin_as_one_batch_and_come_back(office: Office) -> None:
    keys = [made(office, name).id for name in ("青禾", "华澄")]
    changes = actions.remove_records(office, Investor, keys)
    assert office.count(BIN) == 2
    actions.undo_batch(office, changes.batch)
    assert office.count(BIN) == 0
    actions.remove_records(office, Investor, keys)
    actions.restore_records(office, Investor, keys[:1])
    assert office.ids(Query(Investor)) == keys[:1]


def test_undo_takes_back_the_latest_and_redo_does_it_again(office: Office) -> None:
    investor = made(office)
    actions.remove_records(office, Investor, [investor.id])
    done = actions.undo(office)
    assert done is not None
    assert done.label == "移到回收站：1 条客商"
    assert office.count(BIN) == 0
    assert actions.redo(office) is not None
    assert office.count(BIN) == 1
    assert actions.redo(office) is None


def test_what_others_point_to_is_not_erased_and_says_who_points(office: Office) -> None:
    investor = made(office)
    with office.transaction("新建") as tx:
        tx.save(Contact(investor=investor.id, name="周远航"))
        tx.save(Lead(subject="盛泽纺织拟转移产能", investor=investor.id))
    actions.remove_records(office, Investor, [investor.id])
    with pytest.raises(KnownError, match="信息 1"):
        actions.erase_records(office, Investor, [investor.id])
    assert (office.count(BIN), office.count(Query(Contact))) == (1, 1)
    actions.erase_records(office, Lead, office.ids(Query(Lead)))
    actions.erase_records(office, Investor, [investor.id])
    assert (office.count(BIN), office.count(Query(Contact))) == (0, 0)


def test_undoing_the_erasure_of_what_belongs_to_a_record_that_is_gone_says_so(office: Office) -> None:
    investor = made(office)
    person = actions.new_record(office, Contact(investor=investor.id, name="周远航"))
    erased = actions.erase_records(office, Contact, [*person.of("contact")])
    whole = actions.erase_records(office, Investor, [investor.id])
    done = office.undo_batch(erased.batch)
    assert len(done.skipped) == 1
    assert done.skipped[0].startswith("周远航：它的“")
    assert "已不在，未能恢复" in done.skipped[0]
    office.undo_batch(whole.batch)
    assert office.undo_batch(erased.batch).skipped == ()
    assert [one.name for one in office.find(Query(Contact))] == ["周远航"]


def test_erasing_takes_a_record_out_of_the_bin(office: Office) -> None:
    investor = made(office)
    actions.remove_records(office, Investor, [investor.id])
    actions.erase_records(office, Investor, [investor.id])
    assert office.count(BIN) == 0
    assert office.rows(Investor, [investor.id]) == []

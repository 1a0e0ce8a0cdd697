"""Packs that come home twice, in copies, after an undo, to an office that was set back."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.actions.laptops import KEY, come_home, merge, open_pack, take_out
from zhaoshang_desktop.actions.homecoming import Homecoming, Merged, Undecided, bring_home, tally
from zhaoshang_desktop.actions.homecoming_words import came, conflicts_of
from zhaoshang_desktop.domain.homecoming import GONE, REMOVED
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.pack import Pack, PackReturn
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import open_file
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.repair import repair


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    with made.transaction("准备") as tx:
        firm = tx.save(Investor(name="青禾新材料有限公司", note="旧"))
        tx.save(Contact(investor=firm.id, name="周远航"))
    yield made
    assert check(made).wrong == []
    made.close()


@pytest.fixture
def pack(office: Office, tmp_path: Path) -> Path:
    take_out(office, tmp_path / "小分队.pack", "code")
    return tmp_path / "小分队.pack"


def firm_of(office: Office) -> Investor:
    return office.find(Query(Investor, words="青禾"))[0]  # type: ignore[no-any-return]


def edit(office: Office, **values: Any) -> None:
    with office.transaction("修改") as tx:
        firm = tx.get(Investor, firm_of(office).id)
        for name, value in values.items():
            setattr(firm, name, value)
        tx.save(firm)


def on_the_road(path: Path, actor: str = "王强", **values: Any) -> None:
    there = open_pack(path, actor)
    edit(there, **values)
    there.close()


def home_with(office: Office, path: Path, side: str = "") -> tuple[Homecoming, Merged]:
    home = come_home(office, path)
    if side:
        home.decide_all(side)
    merged = bring_home(office, home)
    home.close()
    return home, merged


def test_a_pack_goes_on_after_it_came_home_and_only_the_rest_comes(office: Office, pack: Path) -> None:
    on_the_road(pack, note="第一天", level="A")
    home_with(office, pack)
    edit(office, level="C")
    on_the_road(pack, needs="蒸汽")
    home, merged = home_with(office, pack)
    assert tally(home.items()).changed == {"investor": 1}
    assert (merged.taken, home.conflicts()) == (1, [])
    assert (firm_of(office).level, firm_of(office).needs) == ("C", "蒸汽")
    assert len(office.find(Query(PackReturn))) == 2


def test_what_was_decided_once_is_not_asked_again(office: Office, pack: Path) -> None:
    on_the_road(pack, note="路上")
    edit(office, note="办公室")
    home_with(office, pack, "office")
    home, merged = home_with(office, pack)
    assert (home.conflicts(), merged.batch) == ([], 0)
    on_the_road(pack, level="A")
    home, _ = home_with(office, pack)
    assert (home.conflicts(), firm_of(office).note) == ([], "办公室")


def test_after_an_undo_everything_comes_again(office: Office, pack: Path) -> None:
    on_the_road(pack, note="路上")
    _, first = home_with(office, pack)
    assert office.undo_batch(first.batch).skipped == ()
    assert office.find(Query(Pack))[0].state == "在外"
    _, again = home_with(office, pack)
    assert (again.taken, firm_of(office).note) == (1, "路上")
    assert office.find(Query(Pack))[0].state == "已回"


def test_a_pack_copied_to_two_laptops_brings_home_both(office: Office, pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "另一台.pack"
    shutil.copy(pack, copy)
    on_the_road(pack, note="一号本")
    on_the_road(copy, "李强", level="A")
    home_with(office, pack)
    home, merged = home_with(office, copy)
    assert (merged.taken, home.people) == (1, ["李强"])
    assert (firm_of(office).note, firm_of(office).level) == ("一号本", "A")


def test_a_new_record_that_was_taken_for_another_stays_that_one(office: Office, pack: Path) -> None:
    there = open_pack(pack)
    with there.transaction("新建") as tx:
        new = tx.save(Investor(name="海珥集团有限公司", business="家电"))
        tx.save(Contact(investor=new.id, name="林海"))
    there.close()
    with office.transaction("新建") as tx:
        known = tx.save(Investor(name="海珥集团有限公司", short_name="海珥"))
    home_with(office, pack)
    assert office.get(Investor, known.id).business == "家电"
    there = open_pack(pack)
    with there.transaction("补记") as tx:
        found = tx.get(Investor, new.id)
        found.level = "A"
        tx.save(found)
        tx.save(Contact(investor=new.id, name="林江"))
    there.close()
    home_with(office, pack)
    assert office.get(Investor, known.id).level == "A"
    assert office.count(Query(Investor)) == 2
    contacts = {one.name for one in office.find(Query(Contact)) if one.investor == known.id}
    assert contacts == {"林海", "林江"}


def test_removed_on_one_side_and_changed_on_the_other_is_a_question(office: Office, pack: Path) -> None:
    there = open_pack(pack)
    with there.transaction("删除") as tx:
        tx.remove(tx.get(Investor, firm_of(there).id))
    there.close()
    edit(office, note="办公室还在谈")
    home = come_home(office, pack)
    assert [decision.name for _, decision in home.conflicts()] == [REMOVED]
    with pytest.raises(Undecided, match="1 处冲突"):
        bring_home(office, home)
    told = conflicts_of(office, home)[0]
    assert (told.pack.text, told.office.text, told.office.actor) == ("移到回收站", "保留，有修改", "张敏")
    home.close()
    merge(office, pack, alive=True)
    assert firm_of(office).removed is None


def test_a_person_erased_at_home_does_not_come_back_unasked(office: Office, pack: Path) -> None:
    there = open_pack(pack)
    with there.transaction("补记") as tx:
        person = there.find(Query(Contact))[0]
        person.post = "董事长"
        tx.save(person)
    there.close()
    with office.transaction("彻底删除") as tx:
        tx.erase(Contact, [person.id])
    home = come_home(office, pack)
    assert [decision.name for _, decision in home.conflicts()] == [GONE]
    home.decide_all("office")
    bring_home(office, home)
    home.close()
    assert office.count(Query(Contact)) == 0
    again = come_home(office, pack)
    assert again.conflicts() == []
    again.close()


def test_an_office_set_back_to_before_the_pack_left_takes_it_all_the_same(office: Office, pack: Path) -> None:
    on_the_road(pack, note="路上")
    with office.transaction("登记没有了") as tx:
        tx.erase(Pack, [one.id for one in office.find(Query(Pack))])
    home, merged = home_with(office, pack)
    assert home.pack is None
    assert merged.is_whole
    assert firm_of(office).note == "路上"
    assert office.find(Query(Pack))[0].state == "已回"


def test_somebody_who_changes_the_same_meanwhile_is_asked_about(office: Office, pack: Path) -> None:
    on_the_road(pack, note="路上")
    home = come_home(office, pack)
    edit(office, note="刚刚改的")
    with pytest.raises(Undecided, match="又有人改过"):
        bring_home(office, home)
    home.look_again(office)
    assert len(home.conflicts()) == 1
    home.decide_all("pack")
    bring_home(office, home)
    home.close()
    assert firm_of(office).note == "路上"


def test_a_laptop_that_did_nothing_is_only_back(office: Office, pack: Path) -> None:
    home, merged = home_with(office, pack)
    assert (came(tally(home.items())), merged.records) == ("没有新的改动", 0)
    assert office.find(Query(Pack))[0].state == "已回"


def test_what_was_done_and_undone_on_the_road_is_no_change(office: Office, pack: Path) -> None:
    there = open_pack(pack)
    edit(there, note="写错了")
    there.undo()
    there.close()
    home, merged = home_with(office, pack)
    assert (home.edits, merged.taken) == ([], 0)


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("云帆智能装备（南通）科技有限公司", "云帆智能装备（南通）科技有限公司"),
        ("云帆智能装备科技有限公司", "云帆智能装备（南通）科技有限公司"),
        ("江苏云帆智能装备有限公司", "云帆智能装备有限公司"),
        ("Meridiem Health Pte. Ltd.", "Meridiem Health Pte. Ltd."),
    ],
)
def test_a_new_firm_is_known_again_with_brackets_and_blanks_in_its_name(
    office: Office, pack: Path, there: str, here: str
) -> None:
    laptop = open_pack(pack)
    with laptop.transaction("新建客商") as tx:
        tx.save(Investor(name=there))
    laptop.close()
    with office.transaction("新建客商") as tx:
        known = tx.save(Investor(name=here))
    home = come_home(office, pack)
    assert [(twin.title, twin.key) for twin in home.twins] == [(there, known.id)]
    home.close()


def test_once_it_is_merged_nobody_is_asked_whether_to_stop(office: Office, pack: Path) -> None:
    on_the_road(pack, note="新")
    home = come_home(office, pack)
    before = office.latest()

    def progress(words: str, *_numbers: int) -> None:
        assert office.latest() == before, words

    bring_home(office, home, progress=progress)
    home.close()
    assert firm_of(office).note == "新"


def test_a_pack_that_was_repaired_is_a_pack_and_comes_home(office: Office, pack: Path) -> None:
    on_the_road(pack, note="新")
    with contextlib.closing(open_file(pack, KEY)) as connection:
        connection.execute("DELETE FROM contact")
    done = repair(pack, KEY, [], actor="王强", clock=office.clock)
    assert done.aside is not None
    _, merged = home_with(office, pack)
    assert merged.is_whole
    assert firm_of(office).note == "新"
    assert [one.name for one in office.find(Query(Contact))] == ["周远航"]


def export_on_the_road(path: Path, name: str, at: datetime, **values: Any) -> None:
    there = open_office(path, actor="王强", key=KEY, clock=FixedClock(at))
    if values:
        edit(there, **values)
    there.note(Deed(Act.EXPORT, 12, name))
    there.close()


@pytest.mark.parametrize("edited", [False, True], ids=["exported only", "edited too"])
def test_a_pack_that_was_put_back_by_hand_brings_home_what_both_have_exported(
    office: Office, pack: Path, tmp_path: Path, edited: bool
) -> None:
    day, night = datetime(2026, 12, 1, 8, tzinfo=UTC), timedelta(days=1)
    export_on_the_road(pack, "第一天早上.xlsx", day)
    kept = tmp_path / "留底.pack"
    shutil.copyfile(pack, kept)
    export_on_the_road(pack, "第一天.xlsx", day + night / 2, **({"note": "第一天"} if edited else {}))
    home_with(office, pack)
    shutil.copyfile(kept, pack)  # the same file for the system
    for number, name in enumerate(("第二天.xlsx", "第三天.xlsx"), 1):
        export_on_the_road(pack, name, day + number * night, **({"needs": name} if edited else {}))
        home_with(office, pack)
    exported = [one for one in office.ledger() if one.deed.act is Act.EXPORT]
    days = ["第三天.xlsx", "第二天.xlsx", "第一天.xlsx", "第一天早上.xlsx"]
    assert [one.deed.file for one in exported] == days
    assert len({one.device for one in exported[:2]} | {one.device for one in exported[2:]}) == 2
    joined = [one.deed.note for one in office.ledger() if one.deed.act is Act.JOINED]
    assert joined == [f"同一设备另写的：设备 {exported[-1].device} 从第 2 行起"]
    assert check(office).wrong == []
    before = office.ledger()
    home_with(office, pack)
    assert office.ledger() == before

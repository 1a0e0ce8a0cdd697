"""The office's standards in a pack: who may change them there, and who brings home what was changed all the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhaoshang_desktop.actions.homecoming import Merged, bring_home, held, look_into
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.pack import pack_out, unlocking
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.actions.standards import add_shipped
from zhaoshang_desktop.domain.allowance import Allowance, Rate
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import NotAllowed, Right, Role
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

PASSPHRASE = "青山绿水带回家"
ADMIN, CLERK = ("张敏", "qinglan-1"), ("王磊", "qinglan-2")
TODAY = date(2026, 11, 20)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An office that has no users yet."""
    office = new_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    with office.transaction("准备") as tx:
        tx.save(Investor(name="青禾新材料有限公司", note="旧"))
    office.close()
    return tmp_path / "清岚.office"


def with_users(file: Path) -> None:
    office = open_office(file)
    put_user(office, ADMIN[0], Role.ADMIN, ADMIN[1])
    put_user(office, CLERK[0], Role.CLERK, CLERK[1])
    office.close()


def signed_in(file: Path, who: tuple[str, str] | None) -> Office:
    office = open_office(file, actor="张敏")
    if who:
        office.sign_in(*who)
    return office


def packed(file: Path, who: tuple[str, str] | None, holder: str) -> Path:
    """A pack of everything, made by somebody for somebody."""
    office, path = signed_in(file, who), file.with_name("小分队.pack")
    pack_out(office, path, {Investor: office.ids(Query(Investor))}, PASSPHRASE, holder=holder)
    office.close()
    return path


def opened(path: Path) -> Office:
    return open_office(path, actor="王强", key=unlocking(PASSPHRASE)(path))


def on_the_road(path: Path, note: str, places: str) -> None:
    """In one pack: a record and a standard are changed, each by itself, and both once more in one go."""
    there = opened(path)
    firm = there.find(Query(Investor))[0]
    rule = there.find(Query(Allowance, order=("id",)))[0]
    with there.transaction("补助") as tx:
        rule = tx.get(Allowance, rule.id)
        rule.places = places
        tx.save(rule)
    with there.transaction("补记") as tx:
        firm = tx.get(Investor, firm.id)
        firm.note = note
        tx.save(firm)
    with there.transaction("两样一起") as tx:
        firm = tx.get(Investor, firm.id)
        firm.level = "A"
        tx.save(firm)
        tx.save(Rate(currency="USD", day=TODAY, cny=Decimal("7.1")))
    there.close()


def home_as(file: Path, path: Path, who: tuple[str, str] | None) -> tuple[str, Merged]:
    """Brings it home; gives what was said to stay out, and what was done."""
    office = signed_in(file, who)
    home = look_into(office, path, unlocking(PASSPHRASE))
    said = held(home)
    merged = bring_home(office, home)
    home.close()
    assert check(office).wrong == []
    office.close()
    return said, merged


def state_of(file: Path) -> tuple[str, str, str, int]:
    """The record's note and level, the standard, and how many rates there are."""
    office = open_office(file)
    firm, rule = office.find(Query(Investor))[0], office.find(Query(Allowance, order=("id",)))[0]
    found = firm.note, firm.level, rule.places, office.count(Query(Rate))
    office.close()
    return found


@pytest.fixture
def home_late(file: Path) -> Path:
    """A pack that left before the office had users, in which standards were changed too."""
    path = packed(file, None, "王强")
    on_the_road(path, "新", "青海")
    with_users(file)
    return path


def test_a_clerk_brings_home_all_but_the_standards_and_is_told(file: Path, home_late: Path) -> None:
    said, merged = home_as(file, home_late, CLERK)
    assert said == "标准的 4 处改动（补助标准、汇率）要由管理员带回，这次没有并入。"
    assert state_of(file) == ("新", "A", "", 0)
    assert (merged.taken, merged.records, merged.is_whole) == (2, 1, True)
    office = open_office(file)
    assert [(one.state, one.note) for one in office.find(Query(Pack))] == [("已回", said)]
    assert said in next(one.deed.note for one in office.ledger() if one.deed.act is Act.PACK_HOME)
    office.close()


def test_an_admin_brings_home_later_what_stayed_out_and_nothing_twice(file: Path, home_late: Path) -> None:
    home_as(file, home_late, CLERK)
    office = signed_in(file, CLERK)
    with office.transaction("修改") as tx:
        firm = tx.find(Query(Investor))[0]
        firm.note, firm.level = "后来在办公室改的", "C"
        tx.save(firm)
    office.close()
    assert home_as(file, home_late, CLERK)[1].batch == 0
    said, merged = home_as(file, home_late, ADMIN)
    assert (said, merged.taken, merged.is_whole) == ("", 4, True)
    assert state_of(file) == ("后来在办公室改的", "C", "青海", 1)
    for who in (ADMIN, CLERK):
        said, again = home_as(file, home_late, who)
        assert (said, again.batch) == ("", 0)
    assert state_of(file) == ("后来在办公室改的", "C", "青海", 1)
    office = open_office(file)
    assert [(one.state, one.note) for one in office.find(Query(Pack))] == [("已回", "")]
    office.close()


def test_an_admin_brings_home_everything_at_once(file: Path, home_late: Path) -> None:
    said, merged = home_as(file, home_late, ADMIN)
    assert (said, merged.taken) == ("", 6)
    assert state_of(file) == ("新", "A", "青海", 1)
    assert home_as(file, home_late, CLERK)[1].batch == 0
    assert home_as(file, home_late, ADMIN)[1].batch == 0


def test_each_merge_is_taken_back_by_itself_and_comes_again(file: Path, home_late: Path) -> None:
    clerks = home_as(file, home_late, CLERK)[1].batch
    admins = home_as(file, home_late, ADMIN)[1].batch
    office = signed_in(file, CLERK)
    with pytest.raises(NotAllowed, match="不能改标准"):
        office.undo_batch(admins)
    assert office.undo_batch(clerks).skipped == ("客商 1 条的“备注”：之后又有修改，保留",)  # the register's own
    assert office.find(Query(Pack))[0].state == "在外"
    office.close()
    assert state_of(file) == ("旧", "", "青海", 1)
    assert home_as(file, home_late, CLERK)[1].taken == 2
    office = signed_in(file, ADMIN)
    assert office.undo_batch(admins).skipped == ()
    office.close()
    assert state_of(file) == ("新", "A", "", 0)
    assert home_as(file, home_late, ADMIN)[1].taken == 4
    assert state_of(file) == ("新", "A", "青海", 1)


def test_what_the_admin_has_typed_at_home_meanwhile_needs_nobody(file: Path, home_late: Path) -> None:
    office = signed_in(file, ADMIN)
    with office.transaction("补助") as tx:
        rule = tx.find(Query(Allowance, order=("id",)))[0]
        rule.places = "青海"
        tx.save(rule)
    office.close()
    assert home_as(file, home_late, CLERK)[0] == "标准的 3 处改动（汇率）要由管理员带回，这次没有并入。"


def test_a_pack_in_which_only_standards_were_changed_is_back_and_waits_for_the_admin(file: Path) -> None:
    path = packed(file, None, "王强")
    there = opened(path)
    with there.transaction("汇率") as tx:
        tx.save(Rate(currency="USD", day=TODAY, cny=Decimal("7.1")))
    there.close()
    with_users(file)
    said, merged = home_as(file, path, CLERK)
    assert (merged.batch != 0, merged.taken, said[:9]) == (True, 0, "标准的 3 处改动")
    office = open_office(file)
    assert [(one.state, one.note) for one in office.find(Query(Pack))] == [("已回", said)]
    office.close()
    assert home_as(file, path, ADMIN)[1].taken == 3


def test_where_nobody_is_told_apart_a_pack_changes_standards_and_brings_them_home(file: Path) -> None:
    path = packed(file, None, "王强")
    on_the_road(path, "新", "青海")
    assert home_as(file, path, None)[0] == ""
    assert state_of(file) == ("新", "A", "青海", 1)


@pytest.mark.parametrize(
    ("maker", "holder", "may"),
    [(CLERK, "王磊", False), (ADMIN, "王磊", False), (ADMIN, "", False), (ADMIN, "张敏", True)],
)
def test_in_a_pack_standards_are_changed_by_whom_they_are_at_home(
    file: Path, maker: tuple[str, str], holder: str, may: bool
) -> None:
    with_users(file)
    there = opened(packed(file, maker, holder))
    assert there.may(Right.STANDARDS) is may
    assert there.may(Right.WRITE)
    assert there.may(Right.SETTINGS)
    if may:
        assert add_shipped(there, Allowance) is not None
    else:
        with pytest.raises(NotAllowed, match="出差包里不能改标准"):
            add_shipped(there, Allowance)
        with pytest.raises(NotAllowed, match="出差包里不能改标准"), there.transaction("汇率") as tx:
            tx.save(Rate(currency="USD", day=TODAY, cny=Decimal("7.1")))
        assert there.count(Query(Rate)) == 0
    there.close()


def test_a_pack_that_says_nothing_of_its_standards_keeps_them(file: Path) -> None:
    """As packs of earlier programs do."""
    path = packed(file, None, "")
    there = opened(path)
    with there.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'standards'")
    there.close()
    there = opened(path)
    assert not there.may(Right.STANDARDS)
    there.close()

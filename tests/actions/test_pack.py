"""A pack goes out with what its trip reaches, and nothing that must stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhaoshang_desktop.actions.homecoming import bring_home, look_into
from zhaoshang_desktop.actions.pack import (
    file_name,
    give_up_pack,
    pack_out,
    packs_out,
    place_for,
    unlocking,
    what_goes,
)
from zhaoshang_desktop.actions.pack_reach import ALWAYS, NEVER
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.followup import Progress
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.trip import Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import unlock_file

PASSPHRASE = "青山绿水带回家"


class Stopped(Exception):
    """The clerk pressed 取消."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two trips; the second one's firm has nothing to do with the first."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏")
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        member = tx.save(Member(unit=unit.id, name="王强", phone="13800000001"))
        expert = tx.save(Expert(name="陈教授", school="某大学"))
        trip = tx.save(Trip(name="新材料链小分队", start=date(2026, 11, 23), end=date(2026, 11, 27)))
        earlier = tx.save(Trip(name="去年的一次", start=date(2025, 11, 23), end=date(2025, 11, 27)))
        team = tx.save(Team(trip=trip.id, name="一队", members=(member.id,), experts=(expert.id,)))
        firm, partner, other = (Investor(name=name) for name in ("青禾新材料有限公司", "合资方", "不相干的公司"))
        tx.save_all([firm, partner, other])
        person, stranger = Contact(investor=firm.id, name="周远航", mobile="13912345678"), Contact(investor=other.id)
        stranger.name = "别家的人"
        tx.save_all([person, stranger])
        lead = tx.save(Lead(subject="拟建二期", investor=firm.id))
        project = tx.save(Project(name="电解液添加剂二期", lead=lead.id))
        tx.save_all([Stake(project=project.id, investor=one.id) for one in (firm, partner)])
        tx.save(Progress(project=project.id, month=When(2026, 11), state="洽谈中"))
        tx.save(Visit(investor=firm.id, trip=trip.id, team=team.id, contacts=(person.id,), project=project.id))
        tx.save(Visit(investor=firm.id, trip=earlier.id, state="已完成", day=date(2025, 11, 24), said="第一次见面"))
        tx.save(Visit(investor=other.id, trip=earlier.id, state="已完成", day=date(2025, 11, 25)))
        for owner in (firm, other, person):
            sha = tx.put_blob(f"照片 {owner.name}".encode())
            tx.save(Attachment(owner_noun=owner.NOUN, owner=owner.id, name="../../照片.jpg", sha256=sha, size=9))
    return made


def trip_of(office: Office) -> Trip:
    return office.find(Query(Trip, words="新材料"))[0]  # type: ignore[no-any-return]


def titles(office: Office, record: type[Record]) -> set[str]:
    return {one.title for one in office.find(Query(record))}


def opened(path: Path) -> Office:
    return open_office(path, actor="王强", key=unlock_file(path, PASSPHRASE))


def test_a_pack_holds_a_trip_and_all_it_reaches_and_nothing_else(office: Office, tmp_path: Path) -> None:
    done = pack_out(office, tmp_path / "U盘.pack", {Trip: [trip_of(office).id]}, PASSPHRASE, holder="王强")
    pack = opened(done.path)
    assert check(pack).wrong == []
    assert titles(pack, Trip) == {"新材料链小分队"}
    assert titles(pack, Investor) == {"青禾新材料有限公司", "合资方"}
    assert titles(pack, Contact) == {"周远航"}
    assert titles(pack, Lead) == {"拟建二期"}
    assert titles(pack, Project) == {"电解液添加剂二期"}
    assert {one.said for one in pack.find(Query(Visit, order=("id",)))} == {"", "第一次见面"}
    assert pack.count(Query(Progress)) == pack.count(Query(Member)) == pack.count(Query(Expert)) == 1
    assert pack.count(Query(Attachment)) == 2
    firm = pack.find(Query(Investor, words="青禾"))[0]
    assert str(firm.last_contact) == "2025-11-24"
    assert pack.device != office.device
    pack.close()


def test_the_register_says_what_is_out_with_whom_and_since_when(office: Office, tmp_path: Path) -> None:
    done = pack_out(office, tmp_path / "a.pack", {Trip: [trip_of(office).id]}, PASSPHRASE, holder="王强")
    pack = packs_out(office)[0]
    assert (pack.name, pack.holder, pack.state, pack.destination) == ("新材料链小分队", "王强", "在外", "境内")
    assert pack.records == done.sent.records == sum(done.sent.counts.values())
    assert pack.trips == (trip_of(office).id,)
    assert office.ledger()[0].deed.file == "a.pack"
    give_up_pack(office, pack.id)
    assert packs_out(office)[0].state == "作废"


def test_what_is_out_stays_in_the_register_whatever_is_undone(office: Office, tmp_path: Path) -> None:
    with office.transaction("改") as tx:
        trip = tx.get(Trip, trip_of(office).id)
        trip.purpose = "看二期"
        tx.save(trip)
    pack_out(office, tmp_path / "a.pack", {Trip: [trip.id]}, PASSPHRASE, holder="王强")
    undone = office.undo()
    assert undone is not None
    assert undone.label == "改"
    assert [pack.holder for pack in packs_out(office)] == ["王强"]


def test_nobody_is_in_a_pack_that_leaves_the_mainland_but_who_travels(office: Office, tmp_path: Path) -> None:
    with office.transaction("补记") as tx:
        unit, firm = tx.find(Query(Unit))[0], tx.find(Query(Investor, words="青禾"))[0]
        at_home = tx.save(Member(unit=unit.id, name="李想"))
        tx.save(Absence(member=at_home.id, start=date(2026, 11, 24)))
        informer = tx.save(Expert(name="钱顾问", employer="某商会"))
        lead = Lead(subject="有意赴港上市", investor=firm.id, provider="老乡何振", expert=informer.id, owner=at_home.id)
        lead.raw = {"provider": "老乡何振等"}
        tx.save(lead)
    trips = {Trip: [trip_of(office).id]}
    goes = what_goes(office, trips, abroad=True)
    assert "随行的专家 1 人、本单位人员 1 人（姓名、单位、职务）。联系人、电话、附件" in goes.whose
    done = pack_out(office, tmp_path / "港.pack", trips, PASSPHRASE, abroad=True)
    assert done.sent.counts == goes.counts
    pack = opened(done.path)
    assert check(pack).wrong == []
    assert pack.count(Query(Contact)) == pack.count(Query(Attachment)) == pack.count(Query(Absence)) == 0
    assert [(one.name, one.phone) for one in pack.find(Query(Member))] == [("王强", "")]
    assert [(one.name, one.school) for one in pack.find(Query(Expert))] == [("陈教授", "")]
    told = pack.find(Query(Lead, words="有意赴港上市"))[0]
    assert (told.provider, told.raw, told.expert, told.owner) == ("", {}, 0, 0)
    assert pack.ids(Query(Investor, words="13912345678")) == pack.ids(Query(Lead, words="何振")) == []
    with pack.transaction("补记") as tx:
        firm = pack.find(Query(Investor, words="青禾"))[0]
        firm.note = "在港见面"
        told.content = "已递表"
        tx.save_all([firm, told])
    pack.close()
    home = look_into(office, done.path, unlocking(PASSPHRASE))
    assert home.conflicts() == []
    bring_home(office, home)
    home.close()
    assert [one.mobile for one in office.find(Query(Contact, where=()))].count("13912345678") == 1
    assert [one.phone for one in office.find(Query(Member, words="王强"))] == ["13800000001"]
    lead = office.find(Query(Lead, words="有意赴港上市"))[0]
    assert (lead.content, lead.provider, lead.expert, lead.owner) == ("已递表", "老乡何振", informer.id, at_home.id)


def test_nothing_of_a_pack_is_in_clear_on_the_stick(office: Office, tmp_path: Path) -> None:
    done = pack_out(office, tmp_path / "a.pack", {Trip: [trip_of(office).id]}, PASSPHRASE)
    content = done.path.read_bytes()
    assert "青禾".encode() not in content
    assert "周远航".encode() not in content
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".part", ".key")] == []
    with pytest.raises(KnownError, match="密码不对"):
        look_into(office, done.path, unlocking("不是这个"))
    home = look_into(office, done.path, unlocking(done.recovery))
    home.close()


def test_a_pack_of_a_view_holds_its_records(office: Office, tmp_path: Path) -> None:
    other = office.find(Query(Investor, words="不相干"))[0]
    done = pack_out(office, tmp_path / "a.pack", {Investor: [other.id]}, PASSPHRASE)
    pack = opened(done.path)
    assert titles(pack, Investor) == {"不相干的公司"}
    assert titles(pack, Contact) == {"别家的人"}
    assert packs_out(office)[0].name == "客商 1 条"
    pack.close()


def test_a_cancelled_pack_leaves_neither_file_nor_line(office: Office, tmp_path: Path) -> None:
    for stop in ("查找要带的内容", "写入出差包", "打开核对", f"写到“{tmp_path}”"):

        def cancel(words: str, _done: int = 0, _total: int = 0, at: str = stop) -> None:
            if words == at:
                raise Stopped

        with pytest.raises(Stopped):
            pack_out(office, tmp_path / "a.pack", {Trip: [trip_of(office).id]}, PASSPHRASE, progress=cancel)
    assert [path.name for path in tmp_path.iterdir() if "pack" in path.name] == []
    assert not (tmp_path / "a.pack").exists()
    assert packs_out(office) == []


def test_a_folder_that_is_not_there_is_a_sentence(office: Office, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="不存在"):
        pack_out(office, tmp_path / "没有" / "a.pack", {Trip: [trip_of(office).id]}, PASSPHRASE, papers=True)
    assert packs_out(office) == []
    assert office.count(Query(Attachment, where=(Where("owner_noun", "=", Trip.NOUN),))) == 0


def test_a_pack_is_not_packed_again_and_nothing_comes_home_to_it(office: Office, tmp_path: Path) -> None:
    done = pack_out(office, tmp_path / "a.pack", {Trip: [trip_of(office).id]}, PASSPHRASE)
    pack = opened(done.path)
    with pytest.raises(KnownError, match="本身就是一个出差包"):
        pack_out(pack, tmp_path / "b.pack", {Trip: [trip_of(pack).id]}, PASSPHRASE)
    with pytest.raises(KnownError, match="本身就是一个出差包"):
        look_into(pack, done.path, unlocking(PASSPHRASE))
    pack.close()


def test_packs_work_against_a_server_in_the_same_way(postgres_database: str, tmp_path: Path) -> None:
    server = create_office(postgres_database, name="清岚县", actor="张敏")
    with server.transaction("准备") as tx:
        trip = tx.save(Trip(name="小分队", start=date(2026, 11, 23), end=date(2026, 11, 27)))
        firm = tx.save(Investor(name="青禾新材料有限公司", tags=("重点",)))
        tx.save(Visit(investor=firm.id, trip=trip.id))
    done = pack_out(server, tmp_path / "a.pack", {Trip: [trip.id]}, PASSPHRASE)
    pack = opened(done.path)
    with pack.transaction("补记") as tx:
        there = tx.get(Investor, firm.id)
        there.note, there.tags = "在路上", ("重点", "上市")
        tx.save(there)
        new = tx.save(Investor(name="海珥集团有限公司"))
        tx.save(Visit(investor=new.id, trip=trip.id, said="第一次见"))
    pack.close()
    with server.transaction("改") as tx:
        here = tx.get(Investor, firm.id)
        here.note = "在办公室"
        tx.save(here)
    home = look_into(server, done.path, unlocking(PASSPHRASE))
    assert [decision.name for _, decision in home.conflicts()] == ["note"]
    home.decide_all("pack")
    merged = bring_home(server, home)
    home.close()
    assert merged.is_whole
    assert server.get(Investor, firm.id).note == "在路上"
    assert server.get(Investor, firm.id).tags == ("重点", "上市")
    assert check(server).wrong == []
    server.undo()
    assert server.get(Investor, firm.id).note == "在办公室"
    assert server.count(Query(Investor)) == 1
    assert check(server).wrong == []
    server.close()


def test_every_type_of_record_is_decided_upon(office: Office) -> None:
    """A new type of record travels with something, always, or never: somebody has thought of it."""
    reached = set(what_goes(office, {Trip: [trip_of(office).id]}).counts)
    thought_of = {
        "leg",
        "road",
        "budget_line",
        "report",
        "expense",
        "milestone",
        "receipt",
        "concern",
        "joint_unit",
        "application",
        "service",
        "reception",
        "reception_item",
        "reception_person",
        "reception_meal",
        "reception_car",
        "reception_cost",
    }
    decided = reached | {one.NOUN for one in (*ALWAYS, *NEVER)} | thought_of
    assert RECORDS.keys() - decided == set()


def test_the_file_is_called_after_the_trip_as_windows_allows() -> None:
    assert file_name('新材料/链:小"分队', date(2026, 11, 23)) == "出差包-新材料链小分队（2026-11-23带出）.pack"


def test_a_second_pack_of_a_day_is_offered_another_name(tmp_path: Path) -> None:
    first = place_for(tmp_path, "新材料链小分队", date(2026, 11, 23))
    first.touch()
    second = place_for(tmp_path, "新材料链小分队", date(2026, 11, 23))
    assert second.name == "出差包-新材料链小分队（2026-11-23带出） (2).pack"
    assert place_for(tmp_path / "没有", "新材料链小分队", date(2026, 11, 23)).name == first.name

"""An office with a trip that went out, and what its laptop did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ui.conftest import County
from zhaoshang_desktop.actions.pack import pack_out
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office

PASSPHRASE = "青山绿水带回家门口"


@pytest.fixture
def trip(office: Office, county: County) -> Trip:
    """A trip to 青禾."""
    with office.transaction("新建外出") as tx:
        made = tx.save(Trip(name="新材料链小分队", start=date(2026, 11, 23), end=date(2026, 11, 27), state="已排"))
        tx.save(Visit(investor=county.qinghe.id, trip=made.id, state="已排", day=date(2026, 11, 24)))
    return made


@pytest.fixture
def pack(office: Office, trip: Trip, county: County, tmp_path: Path) -> Path:
    """It went out with 王强, who changed what the office changed too, and met a firm that the office knows as well."""
    path = tmp_path / "小分队.pack"
    pack_out(office, path, {Trip: [trip.id]}, PASSPHRASE, holder="王强")
    there = open_office(path, actor="王强", secret=PASSPHRASE, clock=office.clock)
    with there.transaction("补记") as tx:
        firm = tx.find(Query(Investor, words="青禾"))[0]
        firm.note, firm.level, firm.needs = "二期要蒸汽，价格敏感", "B", "蒸汽 20 吨/小时"
        tx.save(firm)
        visit = tx.find(Query(Visit, order=("-id",)))[0]
        visit.said, visit.state, visit.intention = "谈了两个小时，看了园区图纸。", "已完成", "A"
        tx.save(visit)
        new = tx.save(Investor(name="海珥集团有限公司", level="A", business="智能家电"))
        tx.save(Contact(investor=new.id, name="林海", post="副总裁"))
    there.close()
    with office.transaction("修改客商") as tx:
        firm = tx.get(Investor, county.qinghe.id)
        firm.note, firm.level = "已寄送园区图纸", "C"
        tx.save(firm)
        tx.save(Investor(name="海珥集团有限公司", short_name="海珥"))
    return path

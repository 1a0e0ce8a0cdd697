"""A reception on a server that is out of reach: what was typed is what one sees, until it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.ui.reception.test_reception import book, make
from tests.wire import Wire
from zhaoshang_desktop.domain.reception import GUEST, INVESTING, OFFICIAL, ReceptionPerson
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reception.basic import BasicSection
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.tables import PeopleSection

SOON = 15_000


@pytest.fixture
def office(far_office: Office) -> Office:
    return far_office


@pytest.mark.usefixtures("county")
def test_kind_names_and_people_are_seen_as_typed_and_sent_when_the_server_is_back(
    qtbot: QtBot, open_window: Callable[[Office], MainWindow], office: Office, cable: tuple[Wire, str]
) -> None:
    key = make(office, OFFICIAL, guests=2)
    window = open_window(office)
    page = window.go("receptions")
    assert isinstance(page, ReceptionPage)
    page.show_record(key, "basic")
    basic = page.view.step
    assert isinstance(basic, BasicSection)
    cable[0].cut()
    basic._store({"kind": INVESTING, "name": "市局再访"})
    page.view.go("people")
    people = page.view.step
    assert isinstance(people, PeopleSection)
    rows = people.guests
    column = [one.name for one in rows.model.columns].index("name")
    rows.model.setData(rows.model.index(0, column), ("客甲", ""))
    assert rows.model.index(0, column).data() == "客甲"
    rows.model.add(ReceptionPerson(reception=key, side=GUEST))
    rows.model.setData(rows.model.index(2, column), ("客乙", ""))
    assert (rows.model.rowCount(), people.ours.model.rowCount()) == (3, 0)
    page.view.go("basic")
    kind = basic.fields["kind"].editor.focusProxy()
    assert isinstance(kind, QComboBox)
    assert kind.currentText() == INVESTING
    assert page.view.head.name.text() == "市局再访"
    cable[0].mend()
    window.desk.worker.outbox.send()
    qtbot.waitUntil(lambda: not len(window.desk.worker.outbox), timeout=SOON)
    stored = book(office, key)
    assert (stored.reception.name, stored.reception.kind) == ("市局再访", INVESTING)
    assert {"客甲", "客乙"} < {one.name for one in stored.people}

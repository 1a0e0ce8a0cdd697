"""请进来 in front, and receptions to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.ui.conftest import County
from zhaoshang_desktop.actions.office import SHIPPED
from zhaoshang_desktop.actions.reception import ReceptionWish, new_reception
from zhaoshang_desktop.actions.reception_book import load_reception
from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.reception import (
    GUEST,
    OFFICIAL,
    Reception,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import ReceptionBook
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reception.page import ReceptionPage

DAY = date(2026, 12, 8)


@pytest.fixture
def page(open_window: Callable[[Office], MainWindow], office: Office, county: County) -> Iterator[ReceptionPage]:
    """请进来 in front, with the rules that ship; whatever crashes behind the window fails the test."""
    with office.transaction("标准") as tx:
        for record, table in SHIPPED:
            tx.save_all(list(reference.records(record, table)))
    window = open_window(office)
    crashes: list[Exception] = []
    window.desk.worker.crashed.connect(crashes.append)
    window.desk.reader.crashed.connect(crashes.append)
    found = window.go("receptions")
    assert isinstance(found, ReceptionPage)
    yield found
    assert crashes == []


def make(office: Office, kind: str = OFFICIAL, guests: int = 8, **fields: object) -> int:
    wish = ReceptionWish(
        Reception(name="市局来访", kind=kind, start=DAY, end=DAY, letter_number="枣函9号", from_unit="市局"),
        people=[ReceptionPerson(side=GUEST, name=f"客{n}") for n in range(guests)],
    )
    for name, value in fields.items():
        setattr(wish.reception, name, value)
    return new_reception(office, wish)[0]


def book(office: Office, key: int) -> ReceptionBook:
    return load_reception(office, key)

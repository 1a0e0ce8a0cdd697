"""Somebody else changed the same field while it was being typed into: both values are shown, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.clash_dialog import MINE, THEIRS, ClashDialog
from zhaoshang_desktop.ui.library.page import LibraryPage

Write = Callable[..., None]


@pytest.fixture
def colleague(office: Office, county: County) -> Write:
    """Another PC, where 王磊 sits."""

    def writes(**changes: object) -> None:
        other = open_office(office.where, actor="王磊", clock=office.clock)
        edit_record(other, Investor, county.qinghe.id, changes, other.get(Investor, county.qinghe.id).version)
        other.close()

    return writes


def typed(page: LibraryPage, name: str, text: str) -> None:
    inner = page.form.form.parts[name].editor.focusProxy()
    if isinstance(inner, QPlainTextEdit):
        inner.setPlainText(text)
    else:
        assert isinstance(inner, QLineEdit)
        inner.setText(text)
        inner.textEdited.emit(text)


def dialogs(page: LibraryPage) -> list[ClashDialog]:
    return [one for one in page.window().findChildren(ClashDialog) if one.isVisible()]


def test_what_both_typed_is_shown_and_mine_can_be_kept(
    investors: LibraryPage, office: Office, county: County, colleague: Write
) -> None:
    investors.open_record(county.qinghe.id)
    typed(investors, "address", "珠江路 2 号")
    typed(investors, "website", "mine.example")
    colleague(address="长江路 1 号", note="他改的")
    investors.form.save()
    (dialog,) = dialogs(investors)
    assert office.get(Investor, county.qinghe.id).address == "长江路 1 号"
    dialog.choose_all(MINE)
    dialog.store()
    now = office.get(Investor, county.qinghe.id)
    assert (now.address, now.website, now.note) == ("珠江路 2 号", "mine.example", "他改的")
    assert not investors.form.form.touched
    assert investors.form.version == now.version


def test_theirs_can_be_taken_and_the_rest_of_mine_is_stored(
    investors: LibraryPage, office: Office, county: County, colleague: Write
) -> None:
    investors.open_record(county.qinghe.id)
    typed(investors, "address", "珠江路 2 号")
    colleague(address="长江路 1 号")
    investors.form.save()
    (dialog,) = dialogs(investors)
    dialog.choose_all(THEIRS)
    dialog.store()
    assert office.get(Investor, county.qinghe.id).address == "长江路 1 号"
    assert not investors.form.form.touched


def test_putting_it_off_loses_nothing_that_was_typed(
    investors: LibraryPage, office: Office, county: County, colleague: Write
) -> None:
    investors.open_record(county.qinghe.id)
    typed(investors, "address", "珠江路 2 号")
    colleague(address="长江路 1 号")
    investors.form.save()
    dialogs(investors)[0].reject()
    assert investors.form.form.changes()["address"] == "珠江路 2 号"
    investors.form.save()
    assert dialogs(investors)


def test_nothing_is_stored_before_every_field_is_chosen(
    investors: LibraryPage, office: Office, county: County, colleague: Write
) -> None:
    investors.open_record(county.qinghe.id)
    typed(investors, "address", "珠江路 2 号")
    colleague(address="长江路 1 号")
    investors.form.save()
    (dialog,) = dialogs(investors)
    (save,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "按选的保存"]
    assert not save.isEnabled()
    dialog.store()
    assert office.get(Investor, county.qinghe.id).address == "长江路 1 号"


def test_a_cell_that_another_changed_is_shown_too(
    investors: LibraryPage, office: Office, county: County, colleague: Write
) -> None:
    shown = office.get(Investor, county.qinghe.id)
    colleague(level="B")
    investors.commands.edit(shown, "level", "C", "")
    (dialog,) = dialogs(investors)
    dialog.choose_all(MINE)
    dialog.store()
    assert office.get(Investor, county.qinghe.id).level == "C"


def test_the_comparison_goes_when_it_is_closed(
    qtbot: QtBot, investors: LibraryPage, county: County, office: Office, colleague: Write
) -> None:
    shown = office.get(Investor, county.qinghe.id)
    colleague(level="B")
    investors.commands.edit(shown, "level", "C", "")
    (dialog,) = dialogs(investors)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()

"""An office that has moved, in its windows: only looked at wherever it is open, until it is reopened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import County
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker


@pytest.fixture
def moved(office: Office, county: County, investors: LibraryPage, tmp_path: Path) -> MainWindow:
    """A window that is open on an office, which somebody else moves."""
    other = open_office(office.where)
    move_office(other, tmp_path / "新.office")
    other.close()
    return investors.window()  # type: ignore[return-value]


def type_into(investors: LibraryPage, county: County, text: str) -> None:
    investors.open_record(county.qinghe.id)
    investors.form.form.parts["short_name"].editor.put_changed(text)


def test_a_window_learns_from_its_next_save_that_the_office_has_moved_and_shows_it_to_be_looked_at(
    moved: MainWindow, investors: LibraryPage, county: County, office: Office
) -> None:
    type_into(investors, county, "青禾")
    investors.form.save()
    assert "搬到" in moved.notice.text
    assert "新.office，这里只能看，什么都没有改动" in moved.notice.text
    assert office.get(Investor, county.qinghe.id).short_name != "青禾"
    assert "新.office（只能看）" in moved.windowTitle()
    assert moved.status.reach == "只能看"
    assert not moved.desk.may_write
    assert not moved.commands.actions["record.new"].isEnabled()
    assert moved.commands.actions["office.reopen"].isEnabled()
    part = investors.form.form.parts["short_name"]
    assert part.take()[0] == "青禾"  # what was typed can still be copied


def test_a_window_that_opens_an_office_that_has_moved_shows_it_to_be_looked_at(
    moved: MainWindow, office: Office, open_window: Callable[[Office], MainWindow]
) -> None:
    moved.close()
    later = open_office(office.where)
    window = open_window(later)
    assert "新.office（只能看）" in window.windowTitle()
    assert not window.desk.may_write
    window.close()
    later.close()


def test_what_is_said_of_a_move_goes_when_yet_another_office_is_opened(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    window.orders.moves.start(str(tmp_path / "新.office"))
    there, another = open_office(tmp_path / "新.office"), create_office(tmp_path / "别的.office", name="云岭县")
    for one in (there, another):
        window.set_office(one, Worker(one, AtOnce()), Reader(one, AtOnce()))
        assert ("新.office" in window.notice.text) is (one is there)
    window.close()
    for one in (there, another):
        one.close()


def test_an_office_that_has_moved_is_reopened_in_its_window(
    moved: MainWindow, investors: LibraryPage, county: County, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not moved.commands.actions["office.reopen"].isEnabled()
    type_into(investors, county, "青禾")
    investors.form.save()
    asked: list[str] = []
    monkeypatch.setattr(
        "zhaoshang_desktop.ui.asking.confirm", lambda _parent, words, _button: bool(asked.append(words))
    )
    moved.call("office.reopen")
    assert "各改各的" in asked[0]
    assert not moved.desk.may_write
    monkeypatch.setattr("zhaoshang_desktop.ui.asking.confirm", lambda *_: True)
    moved.call("office.reopen")
    assert moved.windowTitle() == "招商桌面 — 清岚县投资促进局"
    assert moved.status.reach == "本机 · 离线可用"
    investors.form.save()
    assert office.get(Investor, county.qinghe.id).short_name == "青禾"
    assert "重新启用" in [entry.deed.note for entry in office.ledger()]

"""Pictures of the main screens on a machine without one."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from zhaoshang_desktop import app
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.pictures import take_pictures


def test_every_tab_that_works_gives_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    office = new_office(tmp_path / "清岚县.office", name="清岚县投资促进局")
    with office.transaction("新建客商") as tx:
        tx.save(Investor(name="青禾新材料有限公司"))
    office.close()
    taken = take_pictures(tmp_path / "清岚县.office", tmp_path / "画面", app.dress)
    tabs = [entry.title for entry in pages.PAGES if entry.tab and entry.works]
    assert [path.stem.split(" ")[1] for path in taken] == tabs
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in taken)

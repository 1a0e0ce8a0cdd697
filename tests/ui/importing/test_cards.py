"""Business cards in the window: one file or several, dropped or chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from tests.ui.importing.conftest import LONGEST_MS, Walk
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.cards import together
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.main_window import MainWindow

CARD = """BEGIN:VCARD
VERSION:3.0
N:{name};;;;
FN:{name}
ORG:{firm}
TITLE:招商总监
TEL;TYPE=CELL:{mobile}
TEL;TYPE=WORK:0510-88887766
EMAIL:{name}@qinghe.example
X-WECHAT:qh_{mobile}
END:VCARD
"""


@pytest.fixture
def cards(tmp_path: Path) -> list[Path]:
    """Three cards as a telephone hands them over, each in a file of its own."""
    people = (("单敏", "东澜半导体有限公司", "13800000001"), ("查尔", "东澜半导体有限公司", "13800000002"))
    found = []
    for name, firm, mobile in (*people, ("仇海", "瑞禾食品有限公司", "13800000003")):
        found.append(tmp_path / f"{name}.vcf")
        found[-1].write_text(CARD.format(name=name, firm=firm, mobile=mobile), encoding="utf-8")
    return found


def people_of(office: Office, firm: str) -> dict[str, Contact]:
    owner = next(one for one in office.find(Query(Investor)) if one.name == firm)
    return {one.name: one for one in office.find(Query(Contact)) if one.investor == owner.id}


def test_several_cards_dropped_on_the_window_are_one_import(
    qtbot: QtBot, window: MainWindow, office: Office, cards: list[Path]
) -> None:
    window.go("investors")
    assert drop(window, *cards)
    qtbot.waitUntil(lambda: isinstance(window.stack.current, ImportWizard), timeout=LONGEST_MS)
    wizard = window.stack.current
    assert isinstance(wizard, ImportWizard)
    walk = Walk(qtbot, wizard)
    walk.until(lambda: wizard.place == RECOGNISE and not walk.session.waiting)
    assert walk.session.called == "3 个名片文件"
    for place in range(RECOGNISE + 1, OUTCOME + 1):
        walk.on(place)
    assert wizard.outcome.hint == "3 个名片文件"
    found = people_of(office, "东澜半导体有限公司")
    assert sorted(found) == ["单敏", "查尔"]
    assert [found["单敏"].post, found["单敏"].mobile] == ["招商总监", "13800000001"]
    assert [found["单敏"].email, found["单敏"].wechat] == ["单敏@qinghe.example", "qh_13800000001"]
    assert [*people_of(office, "瑞禾食品有限公司")] == ["仇海"]
    assert walk.session.result is not None
    assert walk.session.result.batch
    walk.session.close()


def test_several_cards_are_chosen_together(walk: Walk, cards: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in cards], ""))
    walk.bot.mouseClick(walk.wizard.choose.drop.button, Qt.MouseButton.LeftButton)
    walk.until(lambda: walk.wizard.place == RECOGNISE and not walk.session.waiting)
    assert len(walk.session.sheet.rows) == 4
    walk.on(DUPLICATES - 1)


def test_a_table_among_cards_is_told_by_its_name(
    walk: Walk, cards: list[Path], messy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(cards[0]), str(messy)], ""))
    walk.bot.mouseClick(walk.wizard.choose.drop.button, Qt.MouseButton.LeftButton)
    walk.idle()
    assert f"“{messy.name}”不是名片文件" in walk.wizard.choose.error.words.text()


def test_several_tables_dropped_together_are_not_imported(
    qtbot: QtBot, window: MainWindow, messy: Path, cards: list[Path]
) -> None:
    window.go("investors")
    drop(window, messy, cards[0])
    qtbot.waitUntil(lambda: "几个一起" in window.notice.text, timeout=LONGEST_MS)
    assert not isinstance(window.stack.current, ImportWizard)


def test_the_photo_of_a_card_goes_to_its_person_among_several_files(tmp_path: Path) -> None:
    plain = CARD.format(name="单敏", firm="东澜半导体有限公司", mobile="13800000001")
    (tmp_path / "1.vcf").write_text(plain + plain.replace("单敏", "查尔"), encoding="utf-8")
    photo = "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=\nEND:VCARD"
    (tmp_path / "2.vcf").write_text(plain.replace("单敏", "仇海").replace("END:VCARD", photo), encoding="utf-8")
    book = together([read_workbook(tmp_path / "1.vcf"), read_workbook(tmp_path / "2.vcf")])
    [cards] = book.sheets
    assert {row: cards.rows[row][0] for row in cards.pictures} == {3: "仇海"}

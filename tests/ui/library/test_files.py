"""文件: files are dropped, pasted, opened, renamed and removed where a record is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.actions.attachment import files_of
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.runtime.paths import opened_folder
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.child_dialog import ChildDialog
from zhaoshang_desktop.ui.library.file_list import SECOND, THUMB
from zhaoshang_desktop.ui.library.files import FilesPane
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pane(investors: LibraryPage, county: County, qtbot: QtBot) -> FilesPane:
    """The files of 青禾, on its page."""
    investors.open_record(county.qinghe.id)
    return investors.form.files


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "合作协议.pdf", tmp_path / "合影.png"]
    made[0].write_bytes(b"%PDF-1.7")
    assert _picture().save(str(made[1]))
    return made


class Opened(QObject):
    """Stands in for the PC's own programs."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened() -> Iterator[Opened]:
    handler = Opened()
    QDesktopServices.setUrlHandler("file", handler, "take")
    yield handler
    QDesktopServices.unsetUrlHandler("file")


def _picture() -> QImage:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return image


def carrying(paths: list[Path]) -> QMimeData:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return files


def drop(target: QWidget, files: QMimeData) -> bool:
    entering = QDragEnterEvent(QPoint(9, 9), COPY, files, LEFT, NONE)
    target.dragEnterEvent(entering)
    if entering.isAccepted():
        target.dropEvent(QDropEvent(QPointF(9, 9), COPY, files, LEFT, NONE))
    return entering.isAccepted()


def shown(pane: FilesPane) -> list[str]:
    return [pane.list.item(row).text() for row in range(pane.list.count())]


def test_files_dropped_on_a_page_belong_to_its_record(
    investors: LibraryPage, pane: FilesPane, papers: list[Path], window: MainWindow, county: County
) -> None:
    assert drop(investors.form, carrying(papers))
    assert shown(pane) == ["合作协议.pdf", "合影.png"]
    assert "8 字节" in pane.list.item(0).data(SECOND)
    assert "张敏" in pane.list.item(0).data(SECOND)
    assert pane.list.item(1).data(THUMB) is not None
    assert "已添加 2 个文件" in window.notice.text
    window.call("undo")
    assert shown(pane) == []


def test_a_file_dropped_on_the_right_pane_is_shown_in_its_tab(
    investors: LibraryPage, papers: list[Path], county: County, office: Office
) -> None:
    investors.list.table.go_to(county.qinghe.id)
    investors.detail.show_key(county.qinghe.id)
    investors.detail.reload()
    assert drop(investors.detail, carrying(papers[:1]))
    assert [one.attachment.name for one in files_of(office, Investor, county.qinghe.id)] == ["合作协议.pdf"]
    pane = investors.detail.findChild(FilesPane)
    assert pane is not None
    assert shown(pane) == ["合作协议.pdf"]


def test_forty_files_dropped_on_the_right_pane_are_one_batch(
    investors: LibraryPage, county: County, office: Office, window: MainWindow, tmp_path: Path
) -> None:
    investors.list.table.go_to(county.qinghe.id)
    investors.detail.show_key(county.qinghe.id)
    investors.detail.reload()
    papers = [tmp_path / f"图纸 {number:02}.dwg" for number in range(40)]
    for number, paper in enumerate(papers):
        paper.write_bytes(bytes([number]) * 2000)
    assert drop(investors.detail, carrying(papers))
    assert len(files_of(office, Investor, county.qinghe.id)) == 40
    pane = investors.detail.findChild(FilesPane)
    assert pane is not None
    assert shown(pane)[0] == "图纸 00.dwg"
    assert len(shown(pane)) == 40
    assert "已添加 40 个文件" in window.notice.text
    window.call("undo")
    assert shown(pane) == []


def test_a_picture_is_pasted_and_files_that_were_copied_too(pane: FilesPane, papers: list[Path]) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(_picture())
    pane.paste()
    assert shown(pane) == ["粘贴的图片 2026-11-20 1042.png"]
    clipboard.setMimeData(carrying(papers[:1]))
    pane.paste()
    assert shown(pane)[1:] == ["合作协议.pdf"]
    clipboard.setText("不是文件")
    pane.paste()
    assert len(shown(pane)) == 2


def test_enter_opens_a_copy_that_goes_when_the_office_is_left(
    pane: FilesPane, papers: list[Path], opened: Opened, qtbot: QtBot, window: MainWindow
) -> None:
    pane.attach(papers)
    pane.list.setFocus()
    pane.list.setCurrentRow(0)
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert [path.name for path in opened.paths] == ["合作协议.pdf"]
    assert opened.paths[0].read_bytes() == b"%PDF-1.7"
    assert opened_folder() in opened.paths[0].parents
    window.leave_office()
    assert not opened.paths[0].exists()


def test_a_program_is_not_opened(pane: FilesPane, tmp_path: Path, opened: Opened, window: MainWindow) -> None:
    (tmp_path / "发票.pdf.exe").write_bytes(b"MZ")
    pane.attach([tmp_path / "发票.pdf.exe"])
    pane.list.setCurrentRow(0)
    pane.open()
    assert opened.paths == []
    assert "不从这里打开" in window.notice.text


def test_f2_renames_in_place_and_del_removes(
    pane: FilesPane, papers: list[Path], qtbot: QtBot, window: MainWindow
) -> None:
    pane.attach(papers)
    pane.list.setFocus()
    pane.list.setCurrentRow(0)
    qtbot.keyClick(pane.list, Qt.Key.Key_F2)
    editor = pane.list.findChild(QLineEdit)
    assert editor is not None
    editor.setText("框架协议")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(pane) == ["框架协议.pdf", "合影.png"])
    qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    assert shown(pane) == ["合影.png"]
    window.call("undo")
    assert shown(pane) == ["框架协议.pdf", "合影.png"]


def test_files_are_saved_into_a_folder(pane: FilesPane, papers: list[Path], tmp_path: Path, window: MainWindow) -> None:
    pane.attach(papers)
    pane.list.selectAll()
    (tmp_path / "另存").mkdir()
    pane.save_to(tmp_path / "另存")
    assert {path.name for path in (tmp_path / "另存").iterdir()} == {"合作协议.pdf", "合影.png"}
    assert "已另存“合作协议.pdf”等 2 个文件" in window.notice.text


def test_a_record_that_is_not_stored_yet_says_when_files_can_come(investors: LibraryPage, papers: list[Path]) -> None:
    investors.new()
    assert not drop(investors.form, carrying(papers))
    assert not drop(investors.form.files, carrying(papers))


def test_what_belongs_to_a_record_has_files_of_its_own(
    window: MainWindow, investors: LibraryPage, county: County, papers: list[Path], office: Office
) -> None:
    dialog = ChildDialog(window.desk, county.person, ("investor",), investors)
    dialog.files.attach(papers[:1])
    assert shown(dialog.files) == ["合作协议.pdf"]
    assert len(files_of(office, Contact, county.person.id)) == 1
    dialog.reject()

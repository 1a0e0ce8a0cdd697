"""Settings, export, help: what they keep, and that they are gone when they are closed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QLabel

from tests.ui.conftest import County
from zhaoshang_desktop.actions.fairness import find
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.recovery import written
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.ui.crash import CrashDialog
from zhaoshang_desktop.ui.exporting import ExportDialog
from zhaoshang_desktop.ui.help import AboutDialog, KeysDialog, RulesDialog
from zhaoshang_desktop.ui.library.child_dialog import ChildDialog
from zhaoshang_desktop.ui.library.condition_popup import ConditionPopup, FieldPopup
from zhaoshang_desktop.ui.library.files_dialog import FilesDialog
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.curtain import Curtain
from zhaoshang_desktop.ui.office.damage import DamageDialog
from zhaoshang_desktop.ui.office.protection import EncryptDialog, ProtectionDialog
from zhaoshang_desktop.ui.office.recovery import RecoveryDialog
from zhaoshang_desktop.ui.office.sign_in import SignInDialog
from zhaoshang_desktop.ui.office.unlocking import UnlockDialog
from zhaoshang_desktop.ui.office.users import UserDialog
from zhaoshang_desktop.ui.promises import PromiseDialog
from zhaoshang_desktop.ui.reception.ledger_dialog import LedgerDialog
from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog
from zhaoshang_desktop.ui.reception.people_dialog import ContactsDialog, MembersDialog
from zhaoshang_desktop.ui.reception.talk_dialog import TalkDialog
from zhaoshang_desktop.ui.settings import SettingsDialog
from zhaoshang_desktop.ui.welcome import WelcomeDialog

Maker = Callable[[MainWindow, LibraryPage, County], QDialog]

DIALOGS: dict[str, Maker] = {
    "settings": lambda window, page, county: SettingsDialog(window.desk, window),
    "export": lambda window, page, county: ExportDialog(window.desk, Query(page.record), 3, [], page),
    "keys": lambda window, page, county: KeysDialog(window),
    "rules": lambda window, page, county: RulesDialog(window),
    "unlock": lambda window, page, county: UnlockDialog("清岚.office", "", window),
    "encrypt": lambda window, page, county: EncryptDialog(window.desk, window),
    "protection": lambda window, page, county: ProtectionDialog(window.desk, window),
    "recovery": lambda window, page, county: RecoveryDialog("清岚县", written(bytes(20)), window),
    "about": lambda window, page, county: AboutDialog(window),
    "child": lambda window, page, county: ChildDialog(window.desk, county.person, ("investor",), page),
    "files": lambda window, page, county: FilesDialog(window.desk, county.qinghe, page),
    "damage": lambda window, page, county: DamageDialog("清岚.office", "2026-11-20 10:42", "", window),
    "user": lambda window, page, county: UserDialog("", Role.CLERK, window),
    "sign in": lambda window, page, county: SignInDialog(window.desk.office, "", window),
    "new reception": lambda window, page, county: NewReceptionDialog(window.desk, window),
    "contacts": lambda window, page, county: ContactsDialog(window.desk, 0, (), window),
    "members": lambda window, page, county: MembersDialog(window.desk, 0, (), window),
    "talk": lambda window, page, county: TalkDialog(window.desk, 0, window),
    "reception ledger": lambda window, page, county: LedgerDialog(window.desk, "公务接待", window),
    "promises": lambda window, page, county: PromiseDialog(
        find(window.desk.office, [("要点", "零地价")]), window, "仍然打印"
    ),
    "crash": lambda window, page, county: CrashDialog(ValueError("x"), window),
}


@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)
def test_a_closed_dialog_is_freed(window: MainWindow, investors: LibraryPage, county: County, make: Maker) -> None:
    dialog = make(window, investors, county)
    seen = weakref.ref(dialog)
    dialog.open()
    dialog.done(QDialog.DialogCode.Rejected)
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert seen() is None


def test_a_whole_recovery_key_is_seen_while_it_is_typed(window: MainWindow) -> None:
    dialog, curtain = UnlockDialog("清岚.office", "", window), Curtain(window)
    dialog.open()
    curtain.draw()
    for form in (dialog.form, curtain.form):
        form.other.click()
        for number in range(20):
            key = written(bytes((17 * number + 41 * place) % 256 for place in range(20)))
            assert form.recovery.fontMetrics().horizontalAdvance(key) + 20 <= form.recovery.width()
    dialog.reject()


def test_the_welcome_fits_a_small_screen_with_all_it_may_say(window: MainWindow, tmp_path: Path) -> None:
    window.resize(911, 464)
    dialog = WelcomeDialog(tmp_path, "", window)
    dialog.open()
    dialog.ui.name.setText("清岚县投资促进局")
    dialog.ui.encrypt.click()
    dialog.secret.first.setText("123")
    dialog.ui.create.click()
    QCoreApplication.processEvents()
    assert "太容易猜" in dialog.ui.wrong.text()
    assert dialog.height() <= SMALL_HEIGHT
    assert dialog.focusWidget() is dialog.secret.first
    dialog.reject()


FOLLOW_THE_SCREEN = (DIALOGS["child"], DIALOGS["talk"])
SMALL_HEIGHT = 433
"""What 1366×768 at 150 % leaves for a dialog between its own title and the task bar."""


@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)
def test_a_dialog_fits_a_small_screen_and_cuts_no_line(
    window: MainWindow, investors: LibraryPage, county: County, make: Maker
) -> None:
    window.resize(911, 464)
    dialog = make(window, investors, county)
    dialog.open()
    QCoreApplication.processEvents()
    assert dialog.minimumSizeHint().height() <= SMALL_HEIGHT
    assert make in FOLLOW_THE_SCREEN or dialog.height() <= SMALL_HEIGHT
    lines = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.wordWrap() and one.text()]
    assert [one.text() for one in lines if one.height() < one.heightForWidth(one.width())] == []
    dialog.done(QDialog.DialogCode.Rejected)


def test_the_settings_keep_who_sits_here_and_how_it_looks(window: MainWindow, county: County) -> None:
    dialog = SettingsDialog(window.desk, window)
    dialog.me.put_changed(county.zhang.id)
    dialog.ui.scheme.setCurrentIndex(2)
    dialog.ui.density.setCurrentIndex(0)
    dialog.accept()
    assert window.desk.me == county.zhang.id
    assert window.settings.theme == "dark"
    window.settings_changed()
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    assert page.list.table.verticalHeader().defaultSectionSize() == 24


def test_an_export_masks_telephones_unless_told_otherwise(
    window: MainWindow, investors: LibraryPage, county: County, tmp_path: Path
) -> None:
    texts = {}
    for masked in (True, False):
        path = tmp_path / f"{masked}.xlsx"
        dialog = ExportDialog(window.desk, investors.list.query, 3, [county.qinghe.id], investors)
        dialog.ui.masked.setChecked(masked)
        dialog.export(path)
        sheet = load_workbook(path).worksheets[0]
        texts[masked] = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "138****2216" in texts[True]
    assert "13812342216" not in texts[True]
    assert "13812342216" in texts[False]
    assert "华澄" not in texts[True]
    assert "已导出 1 条" in window.notice.text


def test_the_keys_are_those_of_the_commands(window: MainWindow) -> None:
    dialog = KeysDialog(window)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Ctrl+K", "全局搜索", "Ctrl+Z", "撤销", "回车"} <= set(texts)
    assert not any(label.wordWrap() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_a_condition_is_chosen_from_what_the_library_has(window: MainWindow, investors: LibraryPage) -> None:
    told: list[object] = []
    popup = ConditionPopup(window.desk, investors.record, "place", None, investors)
    popup.changed.connect(lambda name, where: told.append(where))
    offered = [popup.list.item(row).text().strip() for row in range(popup.list.count())]
    assert offered == ["长三角", "江苏", "南京", "无锡", "苏州"]
    popup.list.toggle(popup.list.item(3))
    assert told == [Where("place", "under", ("320200",))]
    popup.list.toggle(popup.list.item(4))
    assert told[-1] == Where("place", "under", ("320200", "320500"))
    popup.close()


def test_a_region_of_several_provinces_is_one_condition(window: MainWindow, investors: LibraryPage) -> None:
    popup = ConditionPopup(window.desk, investors.record, "place", None, investors)
    popup.changed.connect(lambda name, where: investors.list.filters.set(where))
    popup.list.toggle(popup.list.item(0))
    assert investors.list.filters.chip("place").text() == "长三角  ✕"
    assert investors.list.model.rowCount() == 3
    popup.close()


def test_a_condition_on_an_amount_is_typed_as_people_write_it(window: MainWindow, investors: LibraryPage) -> None:
    popup = ConditionPopup(window.desk, investors.record, "registered_capital", None, investors)
    popup.changed.connect(lambda name, where: investors.list.filters.set(where))
    popup.typed.setText("很多")
    popup.apply()
    assert popup.wrong.text()
    popup.typed.setText("1亿")
    popup.apply()
    assert investors.list.model.rowCount() == 1
    assert investors.list.filters.chip("registered_capital").text() == "注册资本 不少于 1.00 亿  ✕"


def test_any_field_can_become_a_condition(investors: LibraryPage) -> None:
    popup = FieldPopup(investors.record, investors)
    labels = {popup.list.item(row).text() for row in range(popup.list.count())}
    assert {"企业名称", "员工数", "最近联系"} <= labels
    popup.close()

"""Tab goes through a form as one reads it: row by row, from left to right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog
from zhaoshang_desktop.ui.reception.talk_dialog import TalkDialog
from zhaoshang_desktop.ui.tab_order import in_order


def stops(inside: QWidget, first: QWidget) -> Iterator[QWidget]:
    """Where Tab stops, from the first on."""
    widget = first
    while True:
        inner = isinstance(widget.parentWidget(), QComboBox)
        shown = widget.isVisibleTo(inside) and widget.isEnabled() and inside.isAncestorOf(widget)
        if shown and not inner and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
        widget = widget.nextInFocusChain()
        if widget is first:
            return


def test_widgets_made_in_another_order_are_gone_through_as_told(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    last, first, middle = QLineEdit(whole), QLineEdit(whole), QWidget(whole)
    inner = QLineEdit(middle)
    middle.setFocusProxy(inner)
    column = QVBoxLayout(whole)
    for widget in (first, middle, last):
        column.addWidget(widget)
    whole.show()
    in_order(first, middle, last)
    assert list(stops(whole, first)) == [first, inner, last]


def test_tab_goes_down_the_form_in_which_a_visit_is_typed_up(
    window: MainWindow, office: Office, county: County
) -> None:
    with office.transaction("谈") as tx:
        visit = tx.save(Visit(investor=county.qinghe.id, way="接待", direction="请进来"))
    dialog = TalkDialog(window.desk, visit.id, window)
    dialog.show()
    form = dialog.form
    names = [form.fields[name].editor.focusProxy() or form.fields[name].editor for name in form.fields]
    told = [form.ui.said, form.ui.result, form.intention, *names[1:]]
    found = list(stops(dialog, names[0]))
    assert [one for one in found if one in told] == told
    assert found.index(form.ui.save) > found.index(names[-1])


def test_a_new_reception_asks_for_its_days_before_its_letter(window: MainWindow, office: Office) -> None:
    dialog = NewReceptionDialog(window.desk, window)
    dialog.show()
    assert dialog.findChild(QFormLayout) is not None
    found = [one for one in stops(dialog, dialog.visitor) if one in (dialog.visitor, dialog.start, dialog.letter)]
    assert found == [dialog.visitor, dialog.start, dialog.letter]

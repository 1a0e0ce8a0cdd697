"""One editor for every kind of value; text becomes a value here and nowhere else in the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QStringListModel, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.due import read_due
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui import icons
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.editor import Editor, Taken
from zhaoshang_desktop.ui.library.link_editors import LinkEditor, LinksEditor
from zhaoshang_desktop.ui.promise_marks import PromiseMarks

NOTE_LINES = 3


class LineEditor(Editor):
    """A line of text that the kind reads; what it means is said beside it, what it cannot mean in red below."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        self.line = QLineEdit(self)
        self._hold(self.line)
        self.line.setPlaceholderText(field.spec.hint)
        self.line.textEdited.connect(self._change)

    def put(self, value: Any, raw: str = "") -> None:
        kind = self.field.kind
        self.line.setText(raw or ("" if value is None or value == kind.empty else kind.write(value)))
        self.line.setCursorPosition(0)  # a long text shows how it begins

    def take(self) -> Taken:
        text = self.line.text().strip()
        if not text:
            return self.field.kind.empty, ""
        try:
            return self.field.kind.read(text), ""
        except NotUnderstood:
            return self.field.kind.empty, text


class NoteEditor(Editor):
    """Several lines, a few to be seen; Tab goes on to the next field."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * NOTE_LINES + 14)
        self._hold(self.box)
        self.box.setPlaceholderText(field.spec.hint)
        self.box.textChanged.connect(self._typed)
        self._putting = False
        self.marks = PromiseMarks(self.box, desk)

    def put(self, value: Any, raw: str = "") -> None:
        self._putting = True
        self.box.setPlainText(raw or value or "")
        self._putting = False

    def take(self) -> Taken:
        return self.box.toPlainText().strip(), ""

    def _typed(self) -> None:
        if not self._putting:
            self._change()


class DayEditor(LineEditor):
    """A date as people write it or say it from today (下周三, +7, 12.5), or picked from a calendar."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        self._pick = QToolButton(self)
        self._pick.setIcon(icons.icon("day", "secondary"))
        self._pick.setAccessibleName("日历")
        self._pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pick.clicked.connect(self._open)
        self.row.addWidget(self._pick)

    def take(self) -> Taken:
        value, raw = super().take()
        if raw and isinstance(self.field.kind, kinds.Day):
            try:
                return read_due(raw, self.desk.today()), ""
            except NotUnderstood:
                return value, raw
        return value, raw

    def _open(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        value, _ = self.take()
        today = self.desk.today()
        day = value if hasattr(value, "toordinal") else getattr(value, "earliest", None) or today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._picked)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()

    def _picked(self, day: QDate) -> None:
        self.line.setText(day.toString("yyyy-MM-dd"))
        calendar = self.sender()
        if isinstance(calendar, QWidget):
            calendar.close()
        self._change()


class ChoiceEditor(Editor):
    """One of a list, or nothing; a text that is not on the list stays to be seen until one is chosen."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        self.box = QComboBox(self)
        self.box.installEventFilter(self)
        self._hold(self.box)
        self.box.addItem("", field.kind.empty)
        for option, value in self._options():
            self.box.addItem(option, value)
        self.box.activated.connect(self._change)
        self._raw = ""

    def put(self, value: Any, raw: str = "") -> None:
        self._raw = raw
        found = next((row for row in range(self.box.count()) if self.box.itemData(row) == value), 0)
        if found == 0 and value not in (None, self.field.kind.empty):
            self.box.addItem(self.field.kind.write(value), value)
            found = self.box.count() - 1
        self.box.setCurrentIndex(found)

    def take(self) -> Taken:
        value = self.box.currentData()
        return value, "" if value != self.field.kind.empty or self.touched else self._raw

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page, not the choice."""
        if event.type() == QEvent.Type.Wheel and not self.box.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _options(self) -> list[tuple[str, Any]]:
        kind: Any = self.field.kind
        return [(option, option) for option in kind.options]


class FlagEditor(ChoiceEditor):
    """Yes, no, or not known."""

    def _options(self) -> list[tuple[str, Any]]:
        return [("是", True), ("否", False)]


class ChoicesEditor(LineEditor):
    """Several words with "、" between them; the list offers those there are."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        kind: Any = field.kind
        if kind.options:
            self._more = QToolButton(self)
            self._more.setIcon(icons.icon("down", "secondary"))
            self._more.setAccessibleName("可选项")
            self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._more.clicked.connect(self._open)
            self.row.addWidget(self._more)

    def _open(self) -> None:
        kind: Any = self.field.kind
        chosen = kinds.split_list(self.line.text())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option in kind.options:
            action = menu.addAction(option)
            action.setCheckable(True)
            action.setChecked(any(part.startswith(option) for part in chosen))
        menu.triggered.connect(self._toggle)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _toggle(self, action: Any) -> None:
        parts = [part for part in kinds.split_list(self.line.text()) if not part.startswith(action.text())]
        self.line.setText("、".join([*parts, action.text()] if action.isChecked() else parts))
        self._change()


class PlaceEditor(LineEditor):
    """A place by its name; what several places share is offered to choose from."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._offer)

    def _offer(self, text: str) -> None:
        from zhaoshang_desktop.domain import region  # its tables are read when first needed

        codes = region.candidates(text)[:12] if len(text.strip()) > 1 else []
        self._names.setStringList([region.place_name(code) for code in codes])


EDITORS: dict[type[kinds.Kind], type[Editor]] = {
    kinds.Text: LineEditor,
    kinds.Note: NoteEditor,
    kinds.CreditCode: LineEditor,
    kinds.Phone: LineEditor,
    kinds.Amount: LineEditor,
    kinds.Number: LineEditor,
    kinds.Whole: LineEditor,
    kinds.Day: DayEditor,
    kinds.When: DayEditor,
    kinds.Period: LineEditor,
    kinds.Hour: LineEditor,
    kinds.Times: LineEditor,
    kinds.Choice: ChoiceEditor,
    kinds.Choices: ChoicesEditor,
    kinds.Tags: ChoicesEditor,
    kinds.Honours: ChoicesEditor,
    kinds.Flag: FlagEditor,
    kinds.Place: PlaceEditor,
    kinds.Point: LineEditor,
    kinds.Link: LinkEditor,
    kinds.Links: LinksEditor,
}
"""The editor of every kind."""


def editor_for(field: Field, desk: Desk, parent: QWidget | None = None) -> Editor:
    """A new editor for that field."""
    return EDITORS[type(field.kind)](field, desk, parent)

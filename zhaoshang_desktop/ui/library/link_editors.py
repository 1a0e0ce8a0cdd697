"""Editors that point to other records: type a part of the name, choose from what the office has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.columns import second_line
from zhaoshang_desktop.ui.library.editor import Editor, Taken

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

OFFERED = 12
KEY = int(Qt.ItemDataRole.UserRole)


def offered(noun: str, words: str) -> Callable[[Office], list[Record]]:
    """The question which records the words may mean."""

    def question(office: Office) -> list[Record]:
        record = RECORDS[noun]
        return list(office.rows(record, office.first_ids(Query(record, words=words), OFFERED)))

    return question


def named(noun: str, keys: tuple[int, ...]) -> Callable[[Office], dict[int, str]]:
    """The question what these records are called."""

    def question(office: Office) -> dict[int, str]:
        return {row.id: row.title for row in office.rows(RECORDS[noun], list(keys))}

    return question


class LinksEditor(Editor):
    """Several records with "、" between their names; the last, unfinished name is looked up as one types."""

    several = True

    def __init__(self, field: Field, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(field, desk, parent)
        kind: Any = field.kind
        self._noun: str = kind.noun
        self._known: dict[str, int] = {}
        self._unnamed: tuple[int, ...] = ()
        self._raw = ""
        self.line = QLineEdit(self)
        self._hold(self.line)
        self.line.setPlaceholderText("输入名称或拼音，从下面选")
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setWidget(self.line)
        completer.activated[QModelIndex].connect(self._choose)  # type: ignore[index]
        self._completer = completer
        self.line.textEdited.connect(self._typed)

    def put(self, value: Any, raw: str = "") -> None:
        keys = self._keys_of(value)
        self._raw = raw
        titles = {key: self.desk.titles.get((self._noun, key), "") for key in keys}
        self._show(titles)
        self._unnamed = tuple(key for key in keys if not titles[key])
        if self._unnamed:
            self.desk.ask((self, "names"), named(self._noun, keys), self._name)
        elif raw and not keys:
            self.line.setText(raw)

    def take(self) -> Taken:
        texts = [part.strip() for part in self.line.text().split("、") if part.strip()]
        known = [self._known[text] for text in texts if text in self._known]
        unknown = [text for text in texts if text not in self._known]
        return self._value([*self._unnamed, *known]), "、".join(unknown)

    def _keys_of(self, value: Any) -> tuple[int, ...]:
        return tuple(value or ())

    def _value(self, keys: list[int]) -> Any:
        return tuple(keys)

    def _name(self, titles: dict[int, str]) -> None:
        """The names have been read; what was typed in the meantime stands behind them."""
        self.desk.titles.update({(self._noun, key): title for key, title in titles.items()})
        named, self._unnamed = self._unnamed, ()
        if not self.touched:
            self._show(titles)
        elif named:
            typed, known = self.line.text(), self._known
            self._show({key: titles.get(key, "") for key in named})
            self._known = known | self._known
            self.line.setText("、".join(filter(None, [self.line.text(), typed])))

    def _show(self, titles: dict[int, str]) -> None:
        self._known = {title: key for key, title in titles.items() if title}
        self.line.setText("、".join(self._known))

    def _typed(self, text: str) -> None:
        if not self.several:
            self._unnamed = ()
        words = text.rsplit("、", 1)[-1].strip()
        if words and words not in self._known:
            self.desk.ask((self, "offers"), offered(self._noun, words), self._offer)
        self._change()

    def _offer(self, records: list[Record]) -> None:
        self._offers.clear()
        for record in records:
            second = second_line(record, self.desk.titles)
            item = QStandardItem(f"{record.title}　{second}" if second else record.title)
            item.setData((record.id, record.title), KEY)
            self._offers.appendRow(item)
        exact = [record for record in records if record.title == self.line.text().rsplit("、", 1)[-1].strip()]
        if len(exact) == 1:
            self._known[exact[0].title] = exact[0].id
            self._change()
        if records and self.line.hasFocus():
            self._completer.complete()

    def _choose(self, index: QModelIndex) -> None:
        key, title = index.data(KEY)
        self._known[title] = key
        head = self.line.text().rpartition("、")[0] if self.several else ""
        self.line.setText(f"{head}、{title}" if head else title)
        self._change()


class LinkEditor(LinksEditor):
    """One record."""

    several = False

    def _keys_of(self, value: Any) -> tuple[int, ...]:
        return (value,) if value else ()

    def _value(self, keys: list[int]) -> Any:
        return keys[-1] if keys else 0

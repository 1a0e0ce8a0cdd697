"""Editing a cell where it stands: the editor of the field's kind, and the keys that end it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QStyledItemDelegate,
    QWidget,
)

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
NARROWEST, HIGHEST = 140, 110


class CellDelegate(QStyledItemDelegate):
    """A delegate for models that take (value, text not understood) under EditRole.

    Enter and a click elsewhere store, Tab stores and goes on, Esc leaves the cell as it was.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def target(self, index: Index) -> tuple[Record | None, Field]:
        """The record and the field of that cell."""
        raise NotImplementedError

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        from zhaoshang_desktop.ui.library.editors import editor_for  # after the first picture

        editor = editor_for(self.target(index)[1], self._desk, parent)
        inner = editor.focusProxy()
        if inner is not None:
            inner.installEventFilter(self)
        if isinstance(inner, QComboBox):
            inner.activated.connect(self._chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        record, field = self.target(index)
        target: Any = editor
        if record is not None and not target.touched:
            target.put(getattr(record, field.name), record.raw.get(field.name, ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        source: Any = editor
        if source.touched:
            model.setData(index, source.take(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        width = max(option.rect.width(), NARROWEST)
        height = max(option.rect.height(), min(editor.sizeHint().height(), HIGHEST))
        editor.setGeometry(option.rect.left(), option.rect.top(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = watched.parent() if isinstance(watched, QWidget) else None
        if not isinstance(editor, QWidget) or editor.focusProxy() is not watched:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(editor, watched, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._left(editor, event)
        return False

    def _key(self, editor: QWidget, inner: QObject, event: QKeyEvent) -> bool:
        hints = QAbstractItemDelegate.EndEditHint
        several_lines = (
            isinstance(inner, QPlainTextEdit) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not several_lines:
            self._end(editor, hints.NoHint)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._end(editor, hints.EditNextItem if event.key() == Qt.Key.Key_Tab else hints.EditPreviousItem)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(editor, hints.RevertModelCache)
        else:
            return False
        return True

    def _left(self, editor: QWidget, event: QFocusEvent) -> None:
        if not editor.isVisible():
            return
        went_to = QApplication.focusWidget()
        inside = went_to is not None and editor.isAncestorOf(went_to)
        if not inside and event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._end(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _chosen(self) -> None:
        inner = self.sender()
        editor = inner.parentWidget() if isinstance(inner, QWidget) else None
        if editor is not None:
            self._end(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _end(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Once: closing takes the focus away, which would end it again."""
        if editor.property("ended"):
            return
        editor.setProperty("ended", True)
        if hint != QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

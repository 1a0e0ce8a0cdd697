"""What dialogs and pages are made of: texts, buttons, the row at the foot of a dialog."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSpinBox, QWidget

_LONGEST = 1_000
"""Characters of a tooltip."""


def label(text: str, role: str = "", *, wraps: bool = True) -> QLabel:
    """A line of text in one of the theme's roles."""
    made = QLabel(text)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def text_label(text: str, role: str = "value") -> QLabel:
    """The same for a text that may be selected and copied."""
    made = label(text, role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(text: str, kind: str, pressed: Callable[[], object]) -> QPushButton:
    """A button of one of the theme's kinds ("" is the plain one), and what it does."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(pressed)
    return made


def number_box(parent: QWidget) -> QSpinBox:
    """A box for a whole number; Qt's sheets of style give its digits no room of their own."""
    made = QSpinBox(parent)
    made.lineEdit().setTextMargins(6, 0, 6, 0)
    return made


def foot(leave: QPushButton, act: QPushButton) -> QHBoxLayout:
    """The row at the foot of a dialog: what leaves it, and what it is there for, which Enter presses."""
    act.setProperty("kind", "primary")
    act.setDefault(True)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(leave)
    row.addWidget(act)
    return row


def fit(dialog: QWidget) -> None:
    """As high as its wrapped lines need at its width: Qt by itself stops at two thirds of a small screen."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.resize(
            dialog.width(), max(layout.totalHeightForWidth(dialog.width()), layout.totalMinimumSize().height())
        )


def scrolled(pane: QWidget) -> QScrollArea:
    """The pane, which scrolls where it is higher than its room; Tab goes to what is in it."""
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(pane)
    return area


def rich(text: str) -> QLabel:
    """A text with markup of ours, in which what a person wrote is escaped; no other label reads markup."""
    made = QLabel(text)
    made.setProperty("rich", True)
    return made


def hover(text: str) -> str:
    """What a person wrote, for a tooltip: shown as it is, also where it looks like markup, and not without end."""
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
    return f'<span style="white-space:pre-wrap">{escape(text)}</span>' if "<" in text or "&" in text else text

"""The order in which Tab goes through a form, where the widgets were not made in that order."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def in_order(*widgets: QWidget) -> None:
    """Tab goes from each to the next; one that passes the focus on stands for whom it passes it to."""
    for before, after in pairwise(_inner(one) for one in widgets):
        QWidget.setTabOrder(before, after)


def _inner(widget: QWidget) -> QWidget:
    proxy = widget.focusProxy()
    return widget if proxy is None else _inner(proxy)

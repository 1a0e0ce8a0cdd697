"""A step of a trip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.ui.affair.step import AffairStep
from zhaoshang_desktop.ui.trip.sight import Sight

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand


class Step(AffairStep[Sight]):
    """Changes single records of the trip by the `hand` that all its steps share."""

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.hand = hand

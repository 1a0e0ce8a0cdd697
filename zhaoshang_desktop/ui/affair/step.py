"""A step of an affair: one thing to settle, which can be come back to at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk

Buttons = tuple[tuple[str, str], ...]
"""What a bar offers: (text, name of a command)."""


class Affair(Protocol):
    """A trip or a reception."""

    id: int
    name: str
    state: str
    start: date | None
    end: date | None

    def state_on(self, today: date) -> str: ...


class Sight(Protocol):
    """Everything about one affair at one moment."""

    @property
    def key(self) -> int: ...

    @property
    def record(self) -> Affair: ...


S = TypeVar("S", bound=Sight)


@dataclass(frozen=True)
class Mark:
    """What the strip of steps says beside a name: how far it is, and a number."""

    state: Literal["open", "done", "wrong"] = "open"
    count: str = ""


class AffairStep(QWidget, Generic[S]):
    """`told` when what the head or the status bar says has changed, `wanted` the key of another step."""

    KEY = ""
    TITLE = ""

    told = Signal()
    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sight: S | None = None

    def put(self, sight: S) -> None:
        """Show the affair as it is now; what is being typed stays."""
        self.sight = sight

    def arrive(self) -> None:
        """The step has come to the front; the cursor goes where one would type."""
        self.setFocus()

    def keep(self) -> None:
        """Store what has been typed and not yet been sent."""

    def rest(self) -> None:
        """The window closes or the office changes: end what runs beside it."""

    def buttons(self) -> Buttons:
        """What stands in the head beside the next step."""
        return ()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What this step can do now, by name of the command."""
        return {}

    def status(self) -> str:
        """What the status bar says."""
        return ""

    def back(self) -> bool:
        """Esc: one step back inside; False when there is none."""
        return False

    @classmethod
    def mark(cls, sight: S) -> Mark:
        """How far this step is."""
        return Mark()

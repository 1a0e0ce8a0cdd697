"""What the wizard expects of one of its steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from zhaoshang_desktop.ui.importing.session import Session


class Step(QWidget):
    """`title` stands at the left, `question` above the step, `hint` beside it, `onward` on the button that goes on.

    `altered` asks the wizard to look again at what this step says of itself.
    """

    title = ""
    altered = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session

    @property
    def question(self) -> str:
        return ""

    @property
    def hint(self) -> str:
        return ""

    @property
    def onward(self) -> str:
        return ""

    @property
    def obstacle(self) -> str:
        """Why one cannot go on yet, in a sentence; "" when one can."""
        return ""

    def tools(self) -> list[QWidget]:
        """What stands beside the button that goes on; made once."""
        return []

    def wants(self, tool: QWidget) -> bool:
        """Is that one of any use at the moment?"""
        return True

    def arrive(self) -> None:
        """The step has come to the front."""

    def status(self) -> str:
        """What the status bar says."""
        return ""


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.deleteLater()

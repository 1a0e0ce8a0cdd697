"""One reception: its sections, and below the one in front what is against the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.domain.reception import RECEPTION_STATES, Reception
from zhaoshang_desktop.ui.affair.step import AffairStep
from zhaoshang_desktop.ui.affair.view import AffairView
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.reception.basic import BasicSection
from zhaoshang_desktop.ui.reception.costs import CostsSection
from zhaoshang_desktop.ui.reception.findings_bar import FindingsBar
from zhaoshang_desktop.ui.reception.papers import PapersSection
from zhaoshang_desktop.ui.reception.seen import NOUNS, Seen, seen
from zhaoshang_desktop.ui.reception.tables import CarsSection, ItemsSection, MealsSection, PeopleSection
from zhaoshang_desktop.ui.reception.talks import TalksSection

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

SECTIONS: tuple[type[AffairStep[Seen]], ...] = (
    BasicSection,
    PeopleSection,
    ItemsSection,
    MealsSection,
    CarsSection,
    CostsSection,
    PapersSection,
    TalksSection,
)


class ReceptionView(AffairView[Seen]):
    """Each sentence of the bar leads to the section where it is mended."""

    RECORD, STEPS, STATES, NOUNS = Reception, SECTIONS, RECEPTION_STATES, NOUNS

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.findings = FindingsBar(self)
        self.findings.pointed.connect(self.go)
        self.column.addWidget(self.findings)

    def show_affair(self, key: int, step: str = "") -> None:
        self.findings.put(())
        super().show_affair(key, step)

    def question(self, key: int) -> Callable[[Office], Seen]:
        return seen(key)

    def put(self, sight: Seen) -> None:
        self.findings.put(sight.look.findings)

    def beside(self, sight: Seen) -> str:
        return f"{sight.record.kind}　{super().beside(sight)}"

    def set_state(self, sight: Seen, state: str) -> None:
        Edit(self.desk, self, sight.record, {"state": state})

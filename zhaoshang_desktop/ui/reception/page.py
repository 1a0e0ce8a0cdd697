"""请进来: the list of receptions, and the reception that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.reception import ReceptionWish, new_reception
from zhaoshang_desktop.domain.reception import INVESTING, RECEPTION_KINDS, Reception
from zhaoshang_desktop.ui.affair.page import AffairPage, Made
from zhaoshang_desktop.ui.reception.reception_list import LEDGER, ReceptionList
from zhaoshang_desktop.ui.reception.view import ReceptionView

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class ReceptionPage(AffairPage):
    """The ledger of all receptions is here too."""

    LIST, VIEW = ReceptionList, ReceptionView
    LISTED = ("reception", "reception_person", "investor")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        found = super().handlers()
        return {LEDGER: self._ledger} | dict(found) if found else found

    def to_pack(self) -> dict[str, Any]:
        return {"chosen": (Reception, (self.key,))} if self.key else {}

    def new(self) -> None:
        """Ask for the kind, who comes and when."""
        from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog  # made when first needed

        self.keep()
        dialog = NewReceptionDialog(self.desk, self)
        dialog.wanted.connect(self.make)
        dialog.open()

    def make(self, wanted: Reception) -> None:
        """Store it and open it."""
        self.desk.run(_made, ReceptionWish(wanted), on_done=self.made)

    def _ledger(self) -> None:
        """The ledger of a period, of the kind that is in front."""
        from zhaoshang_desktop.ui.reception.ledger_dialog import LedgerDialog  # made when first needed

        one = self.view.sight.record if self.inside and self.view.sight else None
        kind = self.list.chosen if self.list.chosen in RECEPTION_KINDS else INVESTING
        LedgerDialog(self.desk, one.kind if one else kind, self).open()


def _made(office: Office, wish: ReceptionWish) -> Made:
    return Made(*new_reception(office, wish))

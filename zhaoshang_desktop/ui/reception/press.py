"""The papers of a reception on the press of trips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhaoshang_desktop.ui.trip.press import Press

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.papers.blocks import Paper
    from zhaoshang_desktop.store.office import Office


class ReceptionPress(Press):
    """`kind` is a key of actions.reception_paper.RECEPTION_PAPERS."""

    def _paper(self, office: Office, trip: int, kind: str, wish: Wish | None) -> tuple[Paper, Sequence[Promise]]:
        from zhaoshang_desktop.actions.reception_paper import paper_of_reception

        return paper_of_reception(office, kind, trip, masked=bool(wish and wish.masked))

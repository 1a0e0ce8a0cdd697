"""材料 of a reception."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.ui.affair.papers_step import PapersStep
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.reception.seen import Seen

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.papers.blocks import Paper
    from zhaoshang_desktop.store.office import Office


class PapersSection(PapersStep[Seen]):
    """The ledger of receptions is asked for here too."""

    KEY = "papers"
    PAPERS = {
        "programme": "接待方案",
        "guide": "日程手册（给客人）",
        "names": "名单",
        "cards": "席签",
        "cars": "车辆安排",
        "rooms": "住房安排",
        "bill": "接待清单",
    }
    MASKED = ("names",)
    FOLDER, LAST = "reception.folder", "reception.paper"

    @staticmethod
    def paper(office: Office, key: int, kind: str, wish: Wish) -> tuple[Paper, Sequence[Promise]]:
        from zhaoshang_desktop.actions.reception_paper import paper_of_reception  # brings the printing press with it

        return paper_of_reception(office, kind, key, masked=wish.masked)

    @staticmethod
    def write(office: Office, key: int, kind: str, wish: Wish, path: Path) -> str:
        from zhaoshang_desktop.actions.reception_paper import write_reception_paper

        return f"{write_reception_paper(office, kind, key, path, masked=wish.masked).pages} 页"

    @staticmethod
    def note(office: Office, key: int, kind: str, wish: Wish, promises: Sequence[Promise]) -> None:
        from zhaoshang_desktop.actions.reception_paper import note_reception_printed

        note_reception_printed(office, kind, key, "", promises, masked=wish.masked)

    def buttons(self) -> Buttons:
        return (*super().buttons(), ("台账…", "reception.ledger"))

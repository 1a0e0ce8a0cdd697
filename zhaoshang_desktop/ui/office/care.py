"""Care for the office file behind the window: keeping backups, noticing damage, offering to repair it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import Damaged, KnownError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.main_window import MainWindow
    from zhaoshang_desktop.ui.office.damage import DamageDialog
    from zhaoshang_desktop.ui.office.keeper import Keeper


class Care(QObject):
    """`repair_wanted` carries the place of a file that is to be repaired and is not open; `declined` when it is not."""

    repair_wanted = Signal(str)
    declined = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._keeper: Keeper | None = None
        self._dialog: DamageDialog | None = None
        self._broken = ""
        self._refusal: KnownError | None = None

    def watch(self, office: Office) -> None:
        """From now on this office is looked after."""
        from zhaoshang_desktop.ui.office.keeper import Keeper  # the store, which is there by now

        self.rest()
        self._keeper = Keeper(office, self._window.desk, parent=self)
        self._keeper.damaged.connect(self._offer_open)
        self._keeper.kept.connect(self._window.status.show_kept)
        self._keeper.failed.connect(self._window.notice.complain)
        self._keeper.begin_later()

    def rest(self) -> None:
        """The office is about to be closed."""
        if self._keeper is not None:
            self._keeper.close()
            self._keeper.deleteLater()
            self._keeper = None

    def offers_repair(self, where: str, refusal: KnownError, over: QWidget) -> bool:
        """Asks whether a file that could not be opened is to be repaired, if it looks as if it could be; the question
        lies over that window."""
        from zhaoshang_desktop.store.backup import NOBODY, find_backups  # the store, which is there by now
        from zhaoshang_desktop.store.engine import DAMAGE

        path = Path(where)
        if "://" in where or not path.is_file():
            return False
        is_none = "不是办公室文件" in refusal.sentence
        if not isinstance(refusal, Damaged) and not (is_none and find_backups(path, NOBODY)):
            return False
        self._broken, self._refusal = where, refusal
        self._ask(path, "" if refusal.sentence == DAMAGE[0] else refusal.sentence, over)
        return True

    def _offer_open(self, said: str) -> None:
        self._broken, self._refusal = "", None
        self._ask(Path(self._window.desk.office.where), said, self._window)

    def _ask(self, path: Path, said: str, over: QWidget) -> None:
        from zhaoshang_desktop.runtime.clock import to_local  # made when first needed
        from zhaoshang_desktop.store.backup import NOBODY, find_backups
        from zhaoshang_desktop.ui.office.damage import DamageDialog

        newest = next(iter(find_backups(path, NOBODY)), None)
        when = f"{to_local(newest.name.at):%Y-%m-%d %H:%M}" if newest else ""
        self._dialog = DamageDialog(path.name, when, said, over)
        self._dialog.repair_wanted.connect(self._repair)
        self._dialog.rejected.connect(self._decline)
        self._dialog.open()

    def _repair(self) -> None:
        from zhaoshang_desktop.ui.office.checking import repairing  # made when first needed

        if self._broken:
            self.repair_wanted.emit(self._broken)
        else:
            self._window.desk.while_closed.emit(repairing(self._window.desk))

    def _decline(self) -> None:
        if self._refusal is not None:
            self.declined.emit(self._refusal)

"""Windows on backups, beside that of the office: each on a copy of its own, which can only be looked at."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from zhaoshang_desktop.runtime.files import clear_folder
from zhaoshang_desktop.runtime.paths import looked_folder

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.main_window import MainWindow

ASIDE = QPoint(40, 40)


class Looks(QObject):
    """Opens one for each that `desk.look_wanted` brings, and closes them with the window or when it is locked.

    `crashed` carries what no one foresaw.
    """

    crashed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.open: list[tuple[MainWindow, Office]] = []
        window.desk.look_wanted.connect(self.show)
        window.office_released.connect(self.close)
        window.closing.connect(self.close)

    def show(self, office: Office) -> None:
        """A window on this copy; what is chosen in it is not kept."""
        from zhaoshang_desktop.ui.main_window import MainWindow  # which knows of this one
        from zhaoshang_desktop.ui.reader import Reader
        from zhaoshang_desktop.ui.worker import Worker

        window = MainWindow(copy.deepcopy(self._window.settings), office.clock)
        window.office_wanted.connect(self._window.office_wanted)
        window.office_released.connect(window.close)
        window.closing.connect(self._gone, Qt.ConnectionType.QueuedConnection)
        worker, reader = Worker(office), Reader(office)
        worker.crashed.connect(self.crashed)
        reader.crashed.connect(self.crashed)
        self.open.append((window, office))
        window.move(self._window.pos() + ASIDE)
        window.show()
        window.set_office(office, worker, reader)

    def close(self) -> None:
        """All of them."""
        for window, _ in list(self.open):
            window.close()
        self._gone()

    def _gone(self) -> None:
        """Those that were closed give back their copies."""
        for window, office in [one for one in self.open if not one[0].desk.is_open]:
            self.open.remove((window, office))
            office.close()
            window.deleteLater()
        if not self.open:
            clear_folder(looked_folder())

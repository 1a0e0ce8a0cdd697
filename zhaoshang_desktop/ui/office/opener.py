"""Opens an office on a thread of its own, and says in the window's how that ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import KnownError

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Opener(QObject):
    """`opened` with the office, `refused` with a KnownError, `broke` with any other."""

    opened = Signal(object)
    refused = Signal(object)
    broke = Signal(object)

    def start(self, work: Callable[[], Office], is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Does the work that gives an office; nobody hears of one that is wanted no more when it is done."""

        def working() -> None:
            try:
                office = work()
                if is_wanted():
                    self.opened.emit(office)
                else:
                    office.close()
            except KnownError as error:
                if is_wanted():
                    self.refused.emit(error)
            except Exception as error:
                self.broke.emit(error)
                raise

        threading.Thread(target=working, name="office opener", daemon=True).start()

    def prepare(self) -> None:
        """What opening an office will need, while the clerk reads the welcome."""
        threading.Thread(target=_import_store, name="preload", daemon=True).start()


def _import_store() -> None:
    import zhaoshang_desktop.actions.office  # noqa: F401 - imported for its own sake

"""Opens an office on a thread of its own, and says in the window's how that ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
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

    def __init__(self, sign: Callable[[Office], object], parent: QObject) -> None:
        """`sign` says in whose name one works in an office that was just opened."""
        super().__init__(parent)
        self._sign = sign

    def start(self, work: Callable[[], Office], is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Does the work that gives an office; nobody hears of one that is wanted no more when it is done."""

        def working() -> None:
            try:
                office = work()
                with ExitStack() as kept:
                    kept.callback(office.close)
                    self._sign(office)
                    kept.pop_all()
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

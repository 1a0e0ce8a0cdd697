"""The door of an encrypted office: asking for its passphrase, remembering it, closing it when the window is locked."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from zhaoshang_desktop.domain.errors import KnownError, Locked, WrongPassphrase
from zhaoshang_desktop.runtime.settings import Settings

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.encryption import NewVault
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.office.recovery import RecoveryDialog
    from zhaoshang_desktop.ui.office.unlocking import UnlockDialog

REMEMBERED = "remembered"


class Door(QObject):
    """`given` carries (place, secret, whether to remember), `given_up` the refusal when nobody knows the passphrase.

    `vault_made` carries a new vault once its recovery key is on paper, `vault_refused` when the clerk stopped there.
    """

    given = Signal(str, str, bool)
    given_up = Signal(object)
    vault_made = Signal(object)
    vault_refused = Signal()
    _made = Signal(object)

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._dialog: UnlockDialog | None = None
        self._recovery: RecoveryDialog | None = None
        self._where, self._refusal = "", KnownError("")
        self._secret = ""
        self._closed: tuple[Office, threading.Thread] | None = None
        self._name = ""
        self._parent: QWidget | None = None
        self._vault: NewVault | None = None
        self._made.connect(self._show_recovery)

    def remembers(self, where: str) -> bool:
        """Was this PC asked to remember the office's key?"""
        return where in self._settings.choices.get(REMEMBERED, [])

    def keep(self, where: str) -> None:
        """This PC remembers the office's key from now on."""
        kept = [one for one in self._settings.choices.get(REMEMBERED, []) if one != where]
        self._settings.choices[REMEMBERED] = [*kept, where]

    def ask(self, where: str, refusal: Locked, parent: QWidget) -> None:
        """Ask for the passphrase; what was given before was wrong if the refusal says so."""
        if self._dialog is not None:
            self._dialog.refuse(str(refusal))
            return
        from zhaoshang_desktop.ui.office.unlocking import UnlockDialog  # made when first needed

        self._where, self._refusal = where, refusal
        self._dialog = UnlockDialog(Path(where).name, refusal.why_not_remember, parent)
        self._dialog.given.connect(self._give)
        self._dialog.rejected.connect(self._give_up)
        if isinstance(refusal, WrongPassphrase):
            self._dialog.refuse(str(refusal))
        self._dialog.open()

    def opened(self) -> None:
        """An office is open, and nothing of its passphrase is kept."""
        self.shut()
        self._secret = ""

    def shut(self) -> None:
        """The dialog has done its work."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.accept()

    @property
    def secret(self) -> str:
        """What was given last for an office that is not open yet: to repair it with."""
        return self._secret

    def make_vault(self, name: str, secret: str, parent: QWidget) -> None:
        """A vault for a new office, and its recovery key shown."""
        self._name, self._parent = name, parent

        def making() -> None:
            from zhaoshang_desktop.actions.encryption import new_vault  # slow by intention, on its own thread

            self._made.emit(new_vault(secret))

        threading.Thread(target=making, name="vault maker", daemon=True).start()

    def close(self, office: Office) -> None:
        """Closes the office of a locked window."""
        thread = threading.Thread(target=office.close, name="office closer", daemon=True)
        thread.start()
        self._closed = office, thread

    def open_again(self, secret: str) -> Office:
        """The office of the locked window; what may be undone is the same as before. Not for the window's thread."""
        from zhaoshang_desktop.store import open_office  # on the thread that opens offices

        assert self._closed is not None
        before, thread = self._closed
        thread.join()
        office = open_office(before.where, actor=before.actor, clock=before.clock, secret=secret)
        office.since, office.own = before.since, before.own
        office.go_on_as(before.user)
        return office

    def _give(self, secret: str, remember: bool) -> None:
        self._secret = secret
        self.given.emit(self._where, secret, remember)

    def _give_up(self) -> None:
        self._dialog, self._secret = None, ""
        self.given_up.emit(KnownError(self._refusal.sentence))

    def _show_recovery(self, made: NewVault) -> None:
        from zhaoshang_desktop.ui.office.recovery import RecoveryDialog  # made when first needed

        self._vault = made
        self._recovery = RecoveryDialog(self._name, made.recovery, self._parent)
        self._recovery.finished.connect(self._settle_vault)
        self._recovery.open()

    def _settle_vault(self, result: int) -> None:
        made, self._vault, self._recovery = self._vault, None, None
        if result == QDialog.DialogCode.Accepted.value:
            self.vault_made.emit(made)
        else:
            self.vault_refused.emit()


def key_to_repair(path: Path, secret: str, *, kept: bool) -> bytes | None:
    """The key of a damaged office, by the secret or as this PC remembers it; None for a plain one, Locked when there is
    neither."""
    from zhaoshang_desktop.actions.encryption import key_of, mark_of
    from zhaoshang_desktop.runtime import credentials

    recalled = credentials.recall(mark_of(path)) if kept and not secret else None
    return recalled or key_of(path, secret)


def open_door(where: str, secret: str, *, kept: bool, remember: bool) -> Office:
    """Opens an office, by the key that this PC remembers if it does; not for the window's thread."""
    from zhaoshang_desktop.actions.encryption import mark_of
    from zhaoshang_desktop.actions.office import open_office
    from zhaoshang_desktop.runtime import credentials

    path = Path(where)
    key = credentials.recall(mark_of(path)) if kept and not secret and path.is_file() else None
    try:
        office = open_office(where, key=key, secret=secret)
    except Locked as refusal:
        refusal.why_not_remember = credentials.why_not()
        raise
    if remember and office.key is not None:
        credentials.remember(mark_of(path), office.key)
    return office

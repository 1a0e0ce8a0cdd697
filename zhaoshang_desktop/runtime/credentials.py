"""The key of an office, remembered by the PC's own credential store (Windows' Credential Manager, the Secret Service).

Whoever is signed in at this PC can then open the office without its passphrase; the store keeps it from others. What is
kept is the office's key and not the passphrase, which may be good for other things too.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "zhaoshang"
NO_STORE = "这台电脑没有可用的凭据库，每次要输入密码。"
_WITHOUT = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_log = logging.getLogger(__name__)


def why_not() -> str:
    """Why nothing can be remembered here; "" when it can."""
    return "" if store() is not None else NO_STORE


def remember(mark: bytes, key: bytes) -> bool:
    """Keeps the key of the office with that mark; False when the store refuses."""
    kept_by = store()
    try:
        if kept_by is not None:
            kept_by.set_password(SERVICE, mark.hex(), key.hex())
            return True
    except Exception as error:  # noqa: BLE001 - each store has its own errors, and none may keep an office closed
        _log.warning("the credential store did not keep a key: %s", type(error).__name__)
    return False


def recall(mark: bytes) -> bytes | None:
    """The key that is remembered for the office with that mark."""
    kept_by = store()
    try:
        kept = kept_by.get_password(SERVICE, mark.hex()) if kept_by is not None else None
        return bytes.fromhex(kept) if kept else None
    except Exception as error:  # noqa: BLE001 - as above
        _log.warning("the credential store gave no answer: %s", type(error).__name__)
        return None


def forget(mark: bytes) -> None:
    """Nothing is remembered for that office any more."""
    kept_by = store()
    try:
        if kept_by is not None and kept_by.get_password(SERVICE, mark.hex()):
            kept_by.delete_password(SERVICE, mark.hex())
    except Exception as error:  # noqa: BLE001 - as above
        _log.warning("the credential store did not forget: %s", type(error).__name__)


def store() -> KeyringBackend | None:
    """The store of this PC; None when there is only one that keeps nothing, or keeps it in clear."""
    import keyring  # half a second, and only who wants to be remembered pays for it

    found = keyring.get_keyring()
    return None if type(found).__module__.startswith(_WITHOUT) else found

"""Whether the tests run on Windows itself or on Wine, which does a few things otherwise."""

from __future__ import annotations

import sys


def _on_wine() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes  # Windows only

    return hasattr(ctypes.windll.ntdll, "wine_get_version")


ON_WINE = _on_wine()

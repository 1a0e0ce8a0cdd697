"""A callback that does not keep its window alive."""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject


class Listener:
    """Calls a bound method as long as its object lives; a plain function always.

    A window closed while its job was running is simply not told.
    """

    def __init__(self, callback: Callable[..., object] | None) -> None:
        self._weak: weakref.WeakMethod[Any] | None = None
        self._plain: Callable[..., object] | None = None
        if inspect.ismethod(callback):
            self._weak = weakref.WeakMethod(callback)
        else:
            self._plain = callback

    def __bool__(self) -> bool:
        return self._target() is not None

    def __call__(self, *values: object) -> None:
        target = self._target()
        if target is not None:
            target(*values)

    def _target(self) -> Callable[..., object] | None:
        if self._weak is None:
            return self._plain
        method = self._weak()
        if method is None:
            return None
        owner = method.__self__
        return None if isinstance(owner, QObject) and not shiboken6.isValid(owner) else method

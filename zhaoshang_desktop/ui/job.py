"""One run of an action: what is said of it meanwhile, how it is stopped, what can be shown of it before it is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui.listener import Listener

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.record import Record

STEP_SECONDS = 0.1


@dataclass(frozen=True)
class Deed:
    """What can be shown of an action before it is done: fields of a record that it sets, a record that it makes,
    records that it takes away; nothing of others."""

    record: type[Record] | None = None
    key: int = 0
    sets: Mapping[str, Any] = field(default_factory=dict)
    makes: Record | None = None
    removes: Sequence[int] = ()


class Cancelled(Exception):
    """The clerk stopped a job between two of its steps; its transaction leaves nothing behind."""


class Stopped(KnownError):
    """The clerk stopped it at the foot of the window."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有改。")


class Job:
    """One run of an action; `progress` is what a long action with `steps` calls between them."""

    def __init__(
        self, words: str, on_done: Callable[[Any], object] | None, on_error: Listener, *, steps: bool = False
    ) -> None:
        self.words = words
        self.steps = steps
        self.is_told = False
        self.on_done = Listener(on_done)
        self.on_error = on_error
        self.result: Any = None
        self.error: Exception | None = None
        self.tell: Callable[[Job], None] | None = None
        self.work: Callable[[], None] | None = None
        self.may_wait = False
        self.attempt: tuple[int, str] | None = None
        self.deed = Deed()
        self._stop = threading.Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Stop at the next step."""
        self._stop.set()

    def stop(self) -> None:
        """The same, and whoever asked for the job is told, as of an error."""
        self.is_told = True
        self.cancel()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def progress(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, of a hundred in percent; raises Cancelled when the clerk has asked to stop."""
        if self.stopping:
            raise Cancelled
        self.words = f"{words} {done} %" if total == 100 else f"{words} {done:,} / {total:,}" if total else words
        now = time.monotonic()
        if self.tell is not None and now - self._told >= STEP_SECONDS:
            self._told = now
            self.tell(self)


def deed_of(action: Callable[..., Any], args: tuple[Any, ...]) -> Deed:
    """Actions that set fields of one record are called with its type, its key and the values; what is new and what is
    removed goes by two actions everywhere."""
    from zhaoshang_desktop.actions.record import new_record, remove_records  # the first window does without

    if len(args) >= 3 and isinstance(args[0], type) and isinstance(args[1], int) and isinstance(args[2], Mapping):
        return Deed(args[0], args[1], args[2])
    if action is new_record:
        return Deed(makes=args[0])
    if action is remove_records:
        return Deed(args[0], removes=tuple(args[1]))
    return Deed()


def may_wait(action: Callable[..., Any]) -> bool:
    """Can an action be sent later? Those that only change records say so: they give Changes, and nothing else."""
    return getattr(action, "__annotations__", {}).get("return") == "Changes"

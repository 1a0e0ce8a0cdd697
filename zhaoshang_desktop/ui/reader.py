"""Questions to the office that a list asks while somebody types: the newest wins."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zhaoshang_desktop.domain.errors import KnownError, LostConnection
from zhaoshang_desktop.ui.listener import Listener
from zhaoshang_desktop.ui.runner import OneThread, Runner

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Asked:
    channel: Hashable
    ticket: int
    question: Callable[[Office], Any]
    answer: Listener


class Reader(QObject):
    """Two threads of its own for reading: one for what somebody waits for, one for what can come later.

    A question is `question(office)`; if it is a generator every value that it yields is an answer,
    and it is dropped at the next yield once a newer question stands in its channel. What can come
    later is not begun while somebody waits. `missed` carries the channel of one whose answer the server did not send.
    """

    failed = Signal(object)
    lost = Signal(object)
    missed = Signal(object)
    crashed = Signal(object)
    _answered = Signal(object, object)
    _ended = Signal(object)
    _broken = Signal(object, object)

    def __init__(self, office: Office, runner: Runner | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._now = runner or OneThread("office reader")
        self._later = runner or OneThread("office reader, later")
        self._lock = threading.Lock()
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()
        self._newest: dict[Hashable, int] = {}
        self._urgent: dict[Hashable, _Asked] = {}
        self._patient: dict[Hashable, _Asked] = {}
        self._tickets = 0
        self._answering = 0
        self._open = True
        self._answered.connect(self._deliver)
        self._ended.connect(self._let_go)
        self._broken.connect(self._report)

    def ask(
        self,
        channel: Hashable,
        question: Callable[[Office], Any],
        answer: Callable[[Any], object],
        *,
        later: bool = False,
    ) -> None:
        """Put a question; an older one in the same channel is forgotten, answered or not."""
        with self._lock:
            self._tickets += 1
            self._newest[channel] = self._tickets
            for waiting in (self._urgent, self._patient):
                waiting.pop(channel, None)
            asked = _Asked(channel, self._tickets, question, Listener(answer))
            (self._patient if later else self._urgent)[channel] = asked
            if not later:
                self._nobody_waits.clear()
        if later:
            self._later.submit(self._answer_later)
        else:
            self._now.submit(self._answer_now)

    def forget(self, channel: Hashable) -> None:
        """Nobody waits for an answer in this channel any more."""
        with self._lock:
            self._newest.pop(channel, None)
            self._urgent.pop(channel, None)
            self._patient.pop(channel, None)

    def close(self, patience: float | None = None) -> None:
        """Drop what waits and end the threads, or leave them behind after so many seconds."""
        with self._lock:
            self._open = False
            for known in (self._newest, self._urgent, self._patient):
                known.clear()
            self._nobody_waits.set()
        self._now.stop(patience)
        self._later.stop(patience)

    def _answer_now(self) -> None:
        self._answering = threading.get_ident()
        self._answer(self._next(self._urgent))
        with self._lock:
            self._answering = 0
            if not self._urgent:
                self._nobody_waits.set()

    def _answer_later(self) -> None:
        if self._answering != threading.get_ident():  # what is done at once may be asked for within an answer
            self._nobody_waits.wait()
        self._answer(self._next(self._patient))

    def _next(self, waiting: dict[Hashable, _Asked]) -> _Asked | None:
        with self._lock:
            return waiting.pop(next(iter(waiting))) if waiting else None

    def _answer(self, asked: _Asked | None) -> None:
        if asked is None:
            return
        try:
            found = asked.question(self.office)
            if isinstance(found, Iterator):
                for part in found:
                    if not self._wanted(asked):
                        return
                    self._answered.emit(asked, part)
            else:
                self._answered.emit(asked, found)
            self._ended.emit(asked)
        except Exception as error:
            if not self._open:
                return
            if not isinstance(error, KnownError):
                log.exception("A question failed")
            self._broken.emit(asked, error)
            self._ended.emit(asked)

    def _wanted(self, asked: _Asked) -> bool:
        with self._lock:
            return self._newest.get(asked.channel) == asked.ticket

    def _deliver(self, asked: _Asked, value: Any) -> None:
        if self._wanted(asked):
            asked.answer(value)

    def _let_go(self, asked: _Asked) -> None:
        """A channel is often a page's own, which is not to be kept by what it once asked."""
        with self._lock:
            if self._newest.get(asked.channel) == asked.ticket:
                del self._newest[asked.channel]

    def _report(self, asked: _Asked, error: Exception) -> None:
        if isinstance(error, LostConnection):
            self.lost.emit(error)
            self.missed.emit(asked.channel)
        else:
            (self.failed if isinstance(error, KnownError) else self.crashed).emit(error)

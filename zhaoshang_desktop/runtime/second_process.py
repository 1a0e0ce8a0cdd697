"""A second process that shares the reckoning of a great job, so that it uses two cores; the first never depends on it.

It runs a pure function of the program, named by module and name, over plain values (what marshal knows).
Whatever it does not answer, because it could not start, is slow, busy or gone, the first process reckons itself.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zhaoshang_desktop.runtime import child
from zhaoshang_desktop.runtime.frames import read_frames, write_frame

FLAG = "--second-process"
log = logging.getLogger(__name__)
_MOST_OUT = 2
_LARGEST = 1 << 30
_WORTH_WAITING = 30.0


def main() -> None:
    """In the second process: the name of the function, then tasks; an answer for each."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    frames = read_frames(sys.stdin.buffer, _LARGEST)
    try:
        module, name = next(frames)
        function = getattr(importlib.import_module(module), name)
        write_frame(answer, ("ready",))
        for (task,) in frames:
            write_frame(answer, (function(task),))
    except (BrokenPipeError, StopIteration):
        os._exit(1)


@dataclass(eq=False)
class _Task:
    given: Any
    answer: tuple[Any, ...] = ()


class SecondProcess:
    """`share` and `rest` give every task back with its answer, once, in the order they were given.

    Tasks wait their turn, few are over there at a time; what still waits when the rest is wanted is done from the
    other end here, so that both are at work until nothing is left.
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self._tasks: deque[_Task] = deque()
        self._waiting: deque[_Task] = deque()
        self._out: deque[_Task] = deque()
        self._changed = threading.Condition()
        self._ready = self._gone = False
        self._threads: tuple[threading.Thread, ...] = ()
        try:
            self._process = child.start(FLAG, __name__)
        except OSError as reason:
            log.warning("no second process: %s", reason)
            self._gone = True
            return
        runs = (self._send, self._receive)
        self._threads = tuple(threading.Thread(target=run, name="second-process", daemon=True) for run in runs)
        for thread in self._threads:
            thread.start()

    def share(self, given: Any) -> Iterator[tuple[Any, Any]]:
        """Puts the task to the others; then gives what is done by now."""
        task = _Task(given)
        self._tasks.append(task)
        with self._changed:
            if self._gone:
                task.answer = (self._function(given),)
            else:
                self._waiting.append(task)
                self._changed.notify_all()
        yield from self._done()

    def rest(self) -> Iterator[tuple[Any, Any]]:
        """All that was not given back yet."""
        yield from self._done()
        while self._tasks:
            if (task := self._left_here()) is not None:
                task.answer = (self._function(task.given),)
            yield from self._done()

    def close(self) -> None:
        """Ends the process, whatever it is at."""
        if not self._threads:
            return
        self._process.kill()
        self._process.wait()
        self._end()
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(OSError):
            self._process.__exit__(None, None, None)

    def _done(self) -> Iterator[tuple[Any, Any]]:
        while self._tasks and self._tasks[0].answer:
            task = self._tasks.popleft()
            yield task.given, task.answer[0]

    def _left_here(self) -> _Task | None:
        """The next task to be done here; None when meanwhile one that was out has come back."""
        with self._changed:
            if not self._waiting and self._out:
                out = len(self._out)
                if not self._changed.wait_for(lambda: len(self._out) < out, _WORTH_WAITING):
                    self._end()
            return self._waiting.pop() if self._waiting else None

    def _end(self) -> None:
        """What is over there has to be done here."""
        with self._changed:
            self._gone = True
            self._waiting.extendleft(reversed(self._out))
            self._out.clear()
            self._changed.notify_all()

    def _send(self) -> None:
        """In a thread of its own: the name of the function, then the tasks one after another."""
        sink = self._process.stdin
        assert sink is not None
        try:
            write_frame(sink, (self._function.__module__, self._function.__name__))
            while (task := self._next()) is not None:
                write_frame(sink, (task.given,))
        except OSError:
            self._end()

    def _next(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._gone or (self._ready and self._waiting and len(self._out) < _MOST_OUT))
            if self._gone:
                return None
            self._out.append(self._waiting.popleft())
            return self._out[-1]

    def _receive(self) -> None:
        """In a thread of its own: the answers in the order of the tasks."""
        source = self._process.stdout
        assert source is not None
        for frame in read_frames(source, _LARGEST):
            with self._changed:
                if not self._ready:
                    self._ready = True
                elif self._out:
                    self._out.popleft().answer = frame
                self._changed.notify_all()
        self._end()

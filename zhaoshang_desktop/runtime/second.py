"""A second process that shares the reckoning of a great job, so that it uses two cores; the first never depends on it.

It runs a pure function of the program, named by module and name, over plain values (what marshal knows).
Whatever it does not answer, because it is slow to start, busy or gone, the first process reckons itself.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zhaoshang_desktop.runtime import child
from zhaoshang_desktop.runtime.frames import read_frames, write_frame

FLAG = "--second-process"
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


@dataclass
class _Task:
    given: Any
    answer: tuple[Any, ...] = ()


class Second:
    """`share` and `rest` give every task back with its answer, once, in the order they were given."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self._tasks: deque[_Task] = deque()
        self._out: deque[_Task] = deque()
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._ready = False
        self._process = child.start(FLAG, __name__)
        self._receiver = threading.Thread(target=self._receive, name="second-process", daemon=True)
        self._receiver.start()
        self._send((function.__module__, function.__name__))

    def share(self, given: Any) -> Iterator[tuple[Any, Any]]:
        """Gives it the task, or reckons that here where it has enough to do; then what is done by now."""
        if not self._ready and not self._answers.empty():
            self._ready = self._answers.get() is not None
        task = _Task(given)
        self._tasks.append(task)
        if self._ready and len(self._out) < _MOST_OUT and self._send((given,)):
            self._out.append(task)
        else:
            task.answer = (self._function(given),)
        self._collect(wait=False)
        yield from self._done()

    def rest(self) -> Iterator[tuple[Any, Any]]:
        """What is still out."""
        self._collect(wait=True)
        yield from self._done()

    def _done(self) -> Iterator[tuple[Any, Any]]:
        while self._tasks and self._tasks[0].answer:
            task = self._tasks.popleft()
            yield task.given, task.answer[0]

    def _collect(self, wait: bool) -> None:
        while self._out and (wait or not self._answers.empty()):
            try:
                answer = self._answers.get(timeout=_WORTH_WAITING)
            except queue.Empty:
                answer = None
            if answer is None:
                self._ready = False
                while self._out:
                    lost = self._out.popleft()
                    lost.answer = (self._function(lost.given),)
            else:
                self._out.popleft().answer = answer

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._receiver.join()
        with contextlib.suppress(OSError):
            self._process.__exit__(None, None, None)

    def _send(self, frame: tuple[Any, ...]) -> bool:
        sink = self._process.stdin
        assert sink is not None
        try:
            write_frame(sink, frame)
        except OSError:
            self._ready = False
            return False
        return True

    def _receive(self) -> None:
        source = self._process.stdout
        assert source is not None
        for frame in read_frames(source, _LARGEST):
            self._answers.put(frame)
        self._answers.put(None)

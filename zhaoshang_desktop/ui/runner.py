"""Where a job runs: on a thread of its own, or at once in tests."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol

Job = Callable[[], None]


class Runner(Protocol):
    """Runs jobs one after the other, in the order given."""

    def submit(self, job: Job) -> None: ...

    def stop(self, patience: float | None = None) -> None:
        """Finish what was submitted, then take no more; what is not over after so many seconds is left behind."""


class OneThread:
    """One thread, started with the first job; a job must not raise."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def stop(self, patience: float | None = None) -> None:
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(patience)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class AtOnce:
    """Runs a job where it is submitted, before `submit` returns."""

    def submit(self, job: Job) -> None:
        job()

    def stop(self, patience: float | None = None) -> None:
        """Nothing is ever left to finish."""

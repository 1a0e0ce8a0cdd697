"""The program's own log: what went wrong, for whoever mends it.

Messages name operations, files and counts, never the people or firms in an office. The log stays
on this PC; nothing is sent.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from zhaoshang_desktop.runtime import paths

FILE_NAME = "zhaoshang.log"
_SIZE = 1_000_000
_KEPT = 3
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
_TELLING = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|\d{7,}")
_log = logging.getLogger("zhaoshang")

Crash = Callable[[BaseException], None]


class _Discreet(logging.Formatter):
    """An error's own words may quote a record: Chinese and long numbers in them are left out, the traceback stays."""

    def formatException(self, ei: Any) -> str:
        return _TELLING.sub("…", super().formatException(ei))


def start(folder: Path | None = None, level: int = logging.INFO) -> Path:
    """Write the log to a file of at most a megabyte, three old ones kept; returns the file.

    A folder that cannot be written leaves the program running without a log.
    """
    root = logging.getLogger()
    root.setLevel(level)
    try:
        file = (folder or paths.logs_folder()) / FILE_NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    except OSError:
        root.addHandler(logging.NullHandler())
        return Path()
    handler.setFormatter(_Discreet(_FORM))
    root.addHandler(handler)
    return file


def catch_crashes(show: Crash | None = None) -> None:
    """Log what nobody caught, on any thread, and hand it to `show` (the crash dialog).

    `show` may be called on the thread that failed. Ctrl+C is left alone.
    """

    def caught(error: BaseException | None, trace: TracebackType | None, where: str) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        _log.critical("uncaught in %s", where, exc_info=(type(error), error, trace))
        if show is not None:
            show(error)

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt) or show is None:
            sys.__excepthook__(kind, error, trace)
        caught(error, trace, "the main thread")

    def on_thread(args: threading.ExceptHookArgs) -> None:
        caught(args.exc_value, args.exc_traceback, args.thread.name if args.thread else "a thread")

    sys.excepthook = on_main
    threading.excepthook = on_thread

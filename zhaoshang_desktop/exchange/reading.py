"""Reading any workbook a human office made, without trusting it.

The file is parsed in a process of its own, limited in memory and time; whatever happens there costs one
sentence here.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from zhaoshang_desktop.domain.errors import KnownError, not_read
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.exchange.sheet import Merge, Row, Sheet, Workbook
from zhaoshang_desktop.exchange.transport import unpack_rows
from zhaoshang_desktop.runtime import child
from zhaoshang_desktop.runtime.frames import read_frames
from zhaoshang_desktop.runtime.held import refuse_unfit

READER_FLAG = "--read-workbook"
log = logging.getLogger(__name__)
_START_SECONDS = 60
_POLL_SECONDS = 0.1


class PasswordNeeded(KnownError):
    """The workbook is encrypted; `read_workbook` wants another password."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost; a big file gets `seconds_per_megabyte` on top of `seconds`."""

    file: int = 200 << 20
    unpacked: int = 2 << 30
    memory: int = 1 << 30
    cells: int = 20_000_000
    seconds: float = 8
    seconds_per_megabyte: float = 6

    def time_for(self, size: int) -> float:
        return self.seconds + self.seconds_per_megabyte * size / (1 << 20)


def read_workbook(
    path: str | Path,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    waiting: Callable[[], None] | None = None,
    on_rows: Callable[[Sheet], None] | None = None,
) -> Workbook:
    """The workbook at `path`, told by its content; KnownError says in one sentence what is wrong with it.

    PasswordNeeded when it is encrypted and `password` is missing or wrong. `waiting` is called about ten
    times a second; what it raises stops the reading. `on_rows` is called with a sheet whenever more of its rows
    have come, which are not yet even.
    """
    path, limits = Path(path), limits or Limits()
    size = _checked_size(path, limits)
    request = {
        "path": str(path.absolute()),
        "password": password,
        "memory": limits.memory,
        "seconds": int(limits.time_for(size)) + 2,
        "unpacked": limits.unpacked,
        "cells": limits.cells,
    }
    name = readable(path.name)
    reader = _Child(name, limits, limits.time_for(size), waiting)
    try:
        reader.ask(json.dumps(request))
        return _gather(name, reader, on_rows)
    finally:
        reader.close()


def _checked_size(path: Path, limits: Limits) -> int:
    name = readable(path.name)
    try:
        if path.is_dir():
            raise KnownError(f"“{name}”是文件夹，不是文件。", "请选里面的表格文件。")
        refuse_unfit(path)
        with path.open("rb") as file:
            file.read(1)
            size = os.fstat(file.fileno()).st_size
    except OSError as reason:
        raise not_read(path, reason) from None
    if size == 0:
        raise KnownError(f"“{name}”是空文件，里面什么也没有。", "请向发来的人重新要一份。")
    if size > limits.file:
        raise KnownError(f"“{name}”有 {size >> 20} MB，超过 {limits.file >> 20} MB，一次读不了。", "请分成几份再导入。")
    return size


class _Child:
    """The reading process; hands out its frames and turns everything that can go wrong into a sentence."""

    def __init__(self, name: str, limits: Limits, seconds: float, waiting: Callable[[], None] | None) -> None:
        self._name, self._limits, self._seconds, self._waiting = name, limits, seconds, waiting
        try:
            self._process = child.start(READER_FLAG, "zhaoshang_desktop.exchange.reader_process")
        except OSError:
            raise KnownError("系统没有让读表格的程序启动，可能是内存不够。", "请关掉几个别的程序，再试一次。") from None
        self._frames: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._receiver = threading.Thread(target=self._receive, name="workbook-frames", daemon=True)
        self._receiver.start()
        self._given = time.monotonic()
        self._until = self._given + _START_SECONDS
        self._ready = False

    def ask(self, request: str) -> None:
        sink = self._process.stdin
        assert sink is not None
        try:
            with sink:
                sink.write(request.encode("ascii") + b"\n")
        except OSError:
            pass  # it has already stopped; the missing frames tell

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._receiver.join()

    def _receive(self) -> None:
        """In a thread of its own: the frames as they come, then None when the process has stopped."""
        source = self._process.stdout
        assert source is not None
        with source:
            for frame in read_frames(source, self._limits.memory):
                self._frames.put(frame)
        self._frames.put(None)

    def next(self) -> tuple[Any, ...]:
        """The next frame; the time that was spent on the one before is not the file's."""
        self._until += time.monotonic() - self._given
        frame = self._next()
        self._given = time.monotonic()
        return frame

    def _next(self) -> tuple[Any, ...]:
        while True:
            if self._waiting is not None:
                self._waiting()
            if time.monotonic() > self._until:
                self._too_slow()
            try:
                frame = self._frames.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if frame is None:
                self._crashed()
            if frame[0] == "ready":
                self._ready = True
                self._until = time.monotonic() + self._seconds
                continue
            self._raise_refusal(frame)
            return frame

    def _raise_refusal(self, frame: tuple[Any, ...]) -> None:
        if frame[0] == "refused":
            kind = PasswordNeeded if frame[3] == "password" else KnownError
            raise kind(frame[1], frame[2])
        if frame[0] == "memory":
            raise self._too_much_memory()
        if frame[0] == "broken":
            log.warning("%s cannot be read: %s", self._name, frame[1])
            raise KnownError(
                f"“{self._name}”已经损坏，读不了。", "请用 Excel 或 WPS 打开并修复，另存为 .xlsx 后再导入。"
            )

    def _too_slow(self) -> NoReturn:
        if not self._ready:
            raise KnownError(f"读取“{self._name}”的程序一直没有启动。", "请检查杀毒软件是否拦住了它，然后再试。")
        raise KnownError(
            f"“{self._name}”读了 {self._seconds:.0f} 秒还没有读完，内容异常，已停止。",
            "请用 Excel 打开并另存一份再导入。",
        )

    def _crashed(self) -> NoReturn:
        """No last word from the child: an allocation beyond the limit aborts it, and so may a broken structure."""
        if not self._ready:
            raise KnownError(
                f"读取“{self._name}”的程序没有启动起来。", "请重新安装本程序，或检查杀毒软件是否拦住了它。"
            )
        raise self._too_much_memory()

    def _too_much_memory(self) -> KnownError:
        megabytes = self._limits.memory >> 20
        return KnownError(
            f"“{self._name}”读不了：它的结构损坏，或者内容多得占满了 {megabytes} MB 内存，已停止读取。",
            "请用 Excel 打开，删去多余的行列，另存为 .xlsx 后再导入。",
        )


def _gather(name: str, reader: _Child, on_rows: Callable[[Sheet], None] | None) -> Workbook:
    sheets: list[Sheet] = []
    while (frame := reader.next())[0] != "done":
        if frame[0] == "sheet":
            sheets.append(Sheet(frame[1], [], frame[2]))
        elif frame[0] == "rows":
            sheets[-1].rows.extend(unpack_rows(frame[1], frame[2]))
            if on_rows:
                on_rows(sheets[-1])
        elif frame[0] == "end":
            sheet = sheets[-1]
            sheet.rows = _even(sheet.rows)
            sheet.merged = tuple(Merge(*block) for block in frame[1])
            sheet.unread = dict(frame[2])
            sheet.warning, sheet.hidden = frame[3], frozenset(frame[4])
            sheet.columns_hidden = frozenset(column for column in frame[5] if column < sheet.width)
            sheet.pictures = dict(frame[6])
    if not any(sheet.rows for sheet in sheets):
        warnings = [sheet.warning for sheet in sheets if sheet.warning]
        raise KnownError(
            warnings[0] if warnings else f"“{name}”里没有数据，{len(sheets)} 张工作表都是空的。", "请换一个文件。"
        )
    for sheet in sheets:
        sheet.apart = frame[1] == "vcard"
    return Workbook(name, frame[1], sheets, frame[2])


def _even(rows: list[Row]) -> list[Row]:
    """Without blank rows at the end, all of the same width; blank rows share one tuple."""
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    blank = ("",) * width
    return [row if len(row) == width else row + blank[len(row) :] if row else blank for row in rows]

"""The process that reads a workbook: limited, expendable, and the only place where foreign bytes are parsed.

It is started by `reading.read_workbook`, takes one request (JSON, one line) from standard input and answers
in frames: ("ready",), then per sheet ("sheet", name, visible), ("rows", count, columns) … and
("end", merged, unread, warning, hidden rows, hidden columns, pictures), at last ("done", format, encoding);
or ("refused", sentence, way_out, kind).
"""

from __future__ import annotations

import io
import json
import os
import sys
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.exchange import biff, binary, delimited, markup, package, sniffing, vcard
from zhaoshang_desktop.exchange.confinement import confine
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.shown import SheetScan
from zhaoshang_desktop.exchange.transport import BLOCK_ROWS, pack_rows
from zhaoshang_desktop.runtime.frames import write_frame

Frame = tuple[Any, ...]
_LARGE = range(8 << 20, 512 << 20)
_FEW = 4  # values: fewer may be the blanks that readers rightly drop


def main() -> None:
    """Standard output belongs to the frames: what libraries print there goes nowhere."""
    answer = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    request = json.loads(sys.stdin.buffer.readline())
    confine(request["memory"], request["seconds"])
    write_frame(answer, ("ready",))
    try:
        for frame in read_file(request):
            write_frame(answer, frame)
    except KnownError as error:
        kind = "password" if isinstance(error, binary.PasswordNeeded) else ""
        write_frame(answer, ("refused", error.sentence, error.way_out, kind))
    except MemoryError:
        write_frame(answer, ("memory",))
    except BrokenPipeError:
        os._exit(1)
    except BaseException as error:  # noqa: BLE001 - a Rust panic is a BaseException
        write_frame(answer, ("broken", f"{type(error).__name__}: {error}"))
    os._exit(0)  # nobody waits for what may still be opening


def read_file(request: dict[str, Any]) -> Iterator[Frame]:
    path = Path(request["path"])
    name, data = readable(path.name), path.read_bytes()
    counter = CellCounter(name, request["cells"])
    yield from _read(data, name, request, counter)


def _read(data: bytes, name: str, request: dict[str, Any], counter: CellCounter) -> Iterator[Frame]:
    kind = sniffing.sniff(data, name)
    if kind == "zip":
        yield from _read_package(data, name, request["unpacked"], counter)
    elif kind in ("ole", "biff"):
        yield from _read_binary(data, kind, name, request, counter)
    elif kind == "html":
        sheets, encoding = markup.read_html(data, name)
        yield from _whole(sheets, counter)
        yield "done", "html", encoding
    elif kind == "xml":
        yield from _whole(markup.read_xml_2003(data, name), counter)
        yield "done", "xml2003", ""
    elif kind == "mhtml":
        raise KnownError(f"“{name}”是“单个文件网页”，里面的表格读不了。", "请用 Excel 打开它，另存为 .xlsx 后再导入。")
    elif kind == "vcard":
        cards = vcard.read_cards(data, name)
        yield from _whole([Sheet("名片", list(cards.rows), warning=cards.warning, pictures=cards.pictures)], counter)
        yield "done", "vcard", ""
    else:
        text, encoding = delimited.decode_text(data, name)
        yield from _rows_of("表格", True, _evened(delimited.read_delimited(text)), counter)
        yield "end", (), (), "", (), (), ()
        yield "done", "csv", encoding


def _read_package(data: bytes, name: str, most: int, counter: CellCounter) -> Iterator[Frame]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise sniffing.not_a_table(name) from None
    kind = sniffing.sniff_zip(archive, name)
    parts = package.Package(archive, name, most)
    sheets = _opened_meanwhile(data) if parts.unpacked in _LARGE else partial(binary.open_sheets, data)
    scans = parts.examine_open() if kind == "ods" else parts.examine()
    for source in sheets():
        yield from _read_sheet(source, scans.get(source.name), counter)
    yield "done", kind, ""


def _opened_meanwhile(data: bytes) -> Callable[[], Iterator[binary.Source]]:
    """Begins to parse the first sheet, since the fast reader lets others run meanwhile; what it gives has them all."""
    opened: list[Iterator[binary.Source]] = []
    failed: list[BaseException] = []

    def open_first() -> None:
        try:
            sheets = binary.open_sheets(data)
            opened.append(chain(list(islice(sheets, 1)), sheets))
        except BaseException as error:  # noqa: BLE001 - a Rust panic too
            failed.append(error)

    def sheets() -> Iterator[binary.Source]:
        thread.join()
        if failed:
            raise failed[0]
        return opened[0]

    thread = threading.Thread(target=open_first, daemon=True)
    thread.start()
    return sheets


def _read_binary(data: bytes, kind: str, name: str, request: dict[str, Any], counter: CellCounter) -> Iterator[Frame]:
    """The second reader knows files that break the first and older ones, and tells when the reason is a password."""
    if binary.has_encrypted_package(data) and (plain := binary.decrypt(data, name, request["password"])):
        yield from _read_package(plain, name, request["unpacked"], counter)
        return
    sniffing.refuse_other_ole(data, name)
    stream = data if kind == "biff" else biff.stream_of(data)
    try:
        if biff.is_old(stream):
            raise binary.NotForCalamine
        scans = biff.examine(stream)
        sources = binary.open_sheets(data)
    except BaseException:  # noqa: BLE001 - a Rust panic too
        try:
            yield from _whole(binary.read_with_xlrd(data, name), counter)
        except binary.PasswordNeeded:
            plain = binary.decrypt(data, name, request["password"])
            if not plain:
                raise
            yield from _whole(binary.read_with_xlrd(plain, name), counter)
    else:
        for source in sources:
            yield from _read_sheet(source, scans.get(source.name), counter)
    yield "done", "xls", ""


def _read_sheet(source: binary.Source, scan: SheetScan | None, counter: CellCounter) -> Iterator[Frame]:
    before = counter.filled
    rows = source.rows() if scan is None else _as_shown(source.rows(), scan)
    yield from _rows_of(source.name, source.visible, rows, counter)
    merged = tuple((m.top, m.left, m.bottom, m.right) for m in source.merged())
    read = counter.filled - before
    warning = ""
    if scan is not None and scan.values >= _FEW and read * 2 < scan.values:
        warning = f"工作表“{source.name}”里约有 {scan.values} 个有内容的单元格，只读到 {read} 个，请打开原表核对。"
    scan = scan or SheetScan()
    yield "end", merged, tuple(scan.unread.items()), warning, tuple(scan.hidden), tuple(scan.columns_hidden), ()


def _as_shown(rows: Iterable[list[Any]], scan: SheetScan) -> Iterator[list[Any]]:
    """The rows with formulas and errors as text, and numbers and months as their format shows them."""
    changes: dict[int, list[int]] = {}
    for row, column in {**scan.unread, **scan.shown}:
        changes.setdefault(row, []).append(column)
    for number, cells in enumerate(rows):
        for column in changes.get(number, ()):
            if column >= len(cells):
                cells = [*cells, *[""] * (column + 1 - len(cells))]
            at = (number, column)
            cells[column] = scan.unread[at] if at in scan.unread else scan.shown[at](cells[column])
        yield cells


def _whole(sheets: Iterable[Sheet], counter: CellCounter) -> Iterator[Frame]:
    for sheet in sheets:
        yield from _rows_of(sheet.name, sheet.visible, iter(sheet.rows), counter)
        merged = tuple((m.top, m.left, m.bottom, m.right) for m in sheet.merged)
        hidden, columns = tuple(sheet.hidden), tuple(sheet.columns_hidden)
        yield "end", merged, tuple(sheet.unread.items()), sheet.warning, hidden, columns, tuple(sheet.pictures.items())


def _rows_of(name: str, visible: bool, rows: Iterable[Any], counter: CellCounter) -> Iterator[Frame]:
    yield "sheet", name, visible
    rows = iter(rows)
    while block := list(islice(rows, BLOCK_ROWS)):
        counter.count(block)
        count, columns = pack_rows(_evened(block))
        del block
        yield "rows", count, columns


def _evened(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Equally wide within a block; the reading side makes the whole sheet even."""
    block = list(rows)
    width = max(map(len, block), default=0)
    return ([*row, *[""] * (width - len(row))] if len(row) < width else row for row in block)


class CellCounter:
    """Refuses workbooks with more filled cells than the program could hold."""

    def __init__(self, name: str, most: int) -> None:
        self.filled = 0
        self._name, self._most = name, most

    def count(self, block: list[Any]) -> None:
        self.filled += sum(len(row) - row.count("") for row in block)
        if self.filled > self._most:
            raise KnownError(
                f"“{self._name}”有内容的单元格超过 {self._most // 10000} 万个，一次读不了。", "请分成几份再导入。"
            )


if __name__ == "__main__":
    main()

"""The readers of office formats: calamine for what it knows, xlrd for old .xls it does not, and decryption."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

import python_calamine

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.sheet import Cell, Merge, Sheet
from zhaoshang_desktop.exchange.shown import Shown, shown_by
from zhaoshang_desktop.exchange.sniffing import not_a_table

_DEFAULT_PASSWORD = "VelvetSweatshop"  # what Excel itself uses for files that are only write-protected


class PasswordNeeded(KnownError):
    """The file is encrypted and the password is missing or wrong."""


class NotForCalamine(Exception):
    """A workbook older than BIFF 8: its texts would be garbled."""


@dataclass
class Source:
    """One sheet as calamine offers it."""

    name: str
    visible: bool
    _sheet: Any

    def rows(self) -> Iterator[list[Any]]:
        """From row 1 and column A on; calamine's own rows begin at the first column that holds something."""
        start = self._sheet.start
        left = start[1] if start else 0
        if not left:
            return iter(self._sheet.iter_rows())
        return ([""] * left + row for row in self._sheet.iter_rows())

    def merged(self) -> list[Merge]:
        blocks = self._sheet.merged_cell_ranges or ()
        return [Merge(top, left, bottom, right) for (top, left), (bottom, right) in blocks]


def open_sheets(data: bytes) -> Iterator[Source]:
    """The worksheets; raises what calamine raises, panics included, also while they are iterated."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [meta for meta in book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet]
    visible = python_calamine.SheetVisibleEnum.Visible
    return (Source(meta.name, meta.visible == visible, book.get_sheet_by_name(meta.name)) for meta in sheets)


def read_with_xlrd(data: bytes, name: str) -> list[Sheet]:
    """The sheets with the formats of their numbers; without these where the formats are what is broken."""
    xlrd = _xlrd()
    try:
        book = _opened(data, formatting=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise _encrypted(name) from None
        raise not_a_table(name) from None
    except Exception:  # noqa: BLE001 - whatever its formats raise
        book = _opened(data, formatting=False)
    return [_sheet_of(book, sheet) for sheet in book.sheets()]


def _opened(data: bytes, formatting: bool) -> Any:
    """A file from before Unicode that does not tell its code page is taken for a Chinese one if that fits."""
    options = {"file_contents": data, "logfile": io.StringIO(), "formatting_info": formatting}
    book = _xlrd().open_workbook(**options)
    if book.biff_version < 80 and book.codepage is None:
        try:
            return _xlrd().open_workbook(**options, encoding_override="gb18030")
        except UnicodeDecodeError:
            return book
    return book


def _sheet_of(book: Any, sheet: Any) -> Sheet:
    shown = _formats_of(book)
    rows = []
    for number in range(sheet.nrows):
        cells = [_value(cell, book.datemode) for cell in sheet.row(number)]
        for column, style in enumerate(sheet.row(number)) if shown else ():
            if style.xf_index in shown:
                cells[column] = shown[style.xf_index](cells[column])
        rows.append(tuple(cells))
    unread = {
        (row, column): str(rows[row][column])
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == 5
    }
    merged = tuple(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    hidden = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden)
    return Sheet(sheet.name, rows, sheet.visibility == 0, merged, unread, hidden=hidden, columns_hidden=columns)


def _formats_of(book: Any) -> dict[int, Shown]:
    """Number of a style → how its values are shown, where that is more than the value."""
    found = {}
    for number, style in enumerate(book.xf_list):
        form = book.format_map.get(style.format_key)
        shown = shown_by(form.format_str if form else "", style.format_key)
        if shown:
            found[number] = shown
    return found


def _xlrd() -> Any:
    """Imported only for the few files that calamine gives up on."""
    import xlrd

    return xlrd


def _value(cell: Any, datemode: int) -> Cell:
    xlrd = _xlrd()
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return float(cell.value)
        if cell.value < 1:
            return cast("time", moment.time())
        return cast("date", moment if cell.value % 1 else moment.date())
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else ""


def decrypt(data: bytes, name: str, password: str | None) -> bytes | None:
    """The plain file inside an encrypted one; None when it is not encrypted."""
    import msoffcrypto  # brings a whole cryptography library

    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        encrypted = file.is_encrypted()
    except Exception:  # noqa: BLE001 - damaged beyond its understanding: the readers will say so
        return None
    if not encrypted:
        return None
    for attempt in (password, _DEFAULT_PASSWORD) if password else (_DEFAULT_PASSWORD,):
        plain = io.BytesIO()
        try:
            file.load_key(password=attempt)
            file.decrypt(plain)
        except Exception:  # noqa: BLE001 - errors differ by format; what counts is that no plain file came out
            continue
        return plain.getvalue()
    raise _encrypted(name, wrong=bool(password))


def has_encrypted_package(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def _encrypted(name: str, wrong: bool = False) -> PasswordNeeded:
    if wrong:
        return PasswordNeeded(f"“{name}”的密码不对。", "请核对大小写后再输一次。")
    return PasswordNeeded(f"“{name}”加了密码，打不开。", "请输入打开它的密码，或请发来的人去掉密码再发。")

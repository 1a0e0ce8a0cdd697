"""Delimited texts (.csv, .tsv and whatever calls itself so)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.guarded import unguarded
from zhaoshang_desktop.exchange.sniffing import guess_utf16

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_SEPARATORS = ",\t;|，；^"
_SAMPLE_LINES = 50
_LEAST_CUT = 0.2  # of the lines
_NEVER = "\ue001"
_END = "\ue000"  # a line that no file has, to see whether the last quotation was closed


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding: byte order mark, else strict UTF-8, else GB18030 (right on all samples but Big5)."""
    tried = [encoding for encoding, mark in _MARKS if data.startswith(mark)]
    guess = guess_utf16(data[:4096])
    for encoding in tried or [*([guess] if guess else []), "utf-8", "gb18030"]:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig").upper()
        except UnicodeDecodeError:
            continue
    raise KnownError(
        f"“{name}”的文字编码认不出来（不是 UTF-8、UTF-16，也不是 GB18030）。",
        "请用 Excel 打开它，另存为 .xlsx 后再导入。",
    )


def read_delimited(text: str) -> Iterator[list[str]]:
    """The rows, as uneven as they are written.

    A quotation mark that is never closed would swallow all that follows; in its line the marks are signs like others.
    """
    csv.field_size_limit(2**31 - 1)
    separator = guess_separator(text)
    lines = _lines(text)
    if separator == _NEVER and not all(_is_quoted(line) for line in lines[:_SAMPLE_LINES] if line.strip()):
        yield from ([line.rstrip("\r\n")] for line in lines)
        return
    start = 0
    while start < len(lines):
        reader = csv.reader([*lines[start:], _END], delimiter=separator)
        place = start
        for row in reader:
            if row == [_END]:
                return
            if start + reader.line_num > len(lines):
                yield from csv.reader([lines[place]], delimiter=separator, quoting=csv.QUOTE_NONE)
                break
            yield [unguarded(cell) for cell in row]
            place = start + reader.line_num
        start = place + 1


def _is_quoted(line: str) -> bool:
    return len(line.strip()) > 1 and line.lstrip().startswith('"') and line.rstrip().endswith('"')


def _lines(text: str) -> list[str]:
    """With their ends, whichever of the three they have."""
    return io.StringIO(text if "\n" in text else text.replace("\r", "\n"), newline="").readlines()


def guess_separator(text: str) -> str:
    """The separator that cuts the first lines into the same number of parts most often, and into most parts.

    A mere list of sentences has none: there a comma is a comma.
    """
    lines = [line for line in _lines(text[:65536])[:_SAMPLE_LINES] if line.strip()]
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return first[4]

    def score(separator: str) -> tuple[float, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        cut = [count for count in counts if count > 1]
        common = max(set(cut), key=lambda n: (cut.count(n), n)) if cut else 1
        return (cut.count(common) / len(counts) if cut else 0.0), common

    best = max(_SEPARATORS, key=score) if lines else ","
    return best if lines and score(best)[0] >= _LEAST_CUT else _NEVER

"""What an .xlsx or .ods package says of itself, read beside the fast reader and without trusting it.

Refused here: DOCTYPEs, encodings no office program writes, and packages that unpack to more than the limit.
Found here, because the fast reader loses it: formulas that were never calculated (it makes 0 of them), error
cells, numbers shown with leading zeros, dates shown without a day, hidden rows — and how many values the sheet claims.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, TypeVar
from xml.etree import ElementTree

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange import opendocument
from zhaoshang_desktop.exchange.markup import doctype_refused
from zhaoshang_desktop.exchange.sheet import cell_position
from zhaoshang_desktop.exchange.shown import SheetScan, Shown, as_written, shown_by

_BLOCK = 1 << 20
_XML = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_ASCII_LIKE = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_POSITION = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_C, _END_C = rb"<(?:\w+:)?c\b", rb"</(?:\w+:)?c>"
_UNCALCULATED = re.compile(
    _C
    + rb"([^>]*)><(?:\w+:)?f\b[^>]*(?:/>|>([^<]*)</(?:\w+:)?f>)\s*((?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?)"
    + _END_C
)
_EMPTY_STRINGS = (b"<v></v>", b"<is><t></t></is>", b"<is><t/></is>", b'<is><t xml:space="preserve"></t></is>')
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_ANY_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>[^<]")
_ERROR = re.compile(_C + rb'([^>]*\bt="e"[^>]*)>(?:(?!' + _END_C + rb").)*?<(?:\w+:)?v>([^<]*)</", re.DOTALL)
_ZERO_FIRST = re.compile(rb"v>0[0-9]")
_ZEROS = re.compile(_C + rb"([^>]*)><(?:\w+:)?v>(0[0-9]+)</")
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b([^>]*\bhidden="(?:1|true)"[^>]*?)/?>')
_EDGE = re.compile(rb'\b(min|max)="(\d{1,6})"')
_MOST_COLUMNS = 16_384
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_ROW_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')

Noted = TypeVar("Noted")


class Package:
    """The parts of an archive, each checked while it is unpacked; all together at most `most` bytes."""

    def __init__(self, archive: zipfile.ZipFile, name: str, most: int) -> None:
        self._archive, self._name, self._most = archive, name, most
        self._left = most
        self._parts = {info.filename.replace("\\", "/"): info for info in archive.infolist() if not info.is_dir()}
        self.unpacked = sum(info.file_size for info in self._parts.values() if self._is_xml(info))
        if self.unpacked > most:
            raise _too_big(name, most)

    def examine(self) -> dict[str, SheetScan]:
        """What the sheets of an .xlsx hold, by their names; KnownError for what no office program would write."""
        sheets = set(self._parts) & set(_sheet_parts(self).values())
        formats: dict[bytes, Shown] = {}
        empty: list[int] = []
        for part, info in self._parts.items():
            if self._is_xml(info) and part not in sheets:
                for number, block in enumerate(self._blocks(part)):
                    if number == 0 and part == "xl/sharedStrings.xml":
                        empty = _empty_strings(block)
        if "xl/styles.xml" in self._parts:
            formats = _formats(self.tree("xl/styles.xml"))
        return {
            sheet: _scan(self._blocks(part), formats, empty)
            for sheet, part in _sheet_parts(self).items()
            if part in sheets
        }

    def examine_open(self) -> dict[str, SheetScan]:
        """The same of an .ods."""
        for part, info in self._parts.items():
            if self._is_xml(info) and part != "content.xml":
                for block in self._blocks(part):
                    if part == "META-INF/manifest.xml" and b"encryption-data" in block:
                        raise KnownError(
                            f"“{self._name}”加了密码，打不开。", "请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"
                        )
        return opendocument.examine(self._blocks("content.xml")) if "content.xml" in self._parts else {}

    def find(self, pattern: str) -> str:
        """The first part whose path matches, "" when there is none."""
        return next((part for part in self._parts if re.fullmatch(pattern, part)), "")

    def tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(b"".join(self._blocks(part)))

    @staticmethod
    def _is_xml(info: zipfile.ZipInfo) -> bool:
        return info.filename.lower().endswith(_XML)

    def _blocks(self, part: str) -> Iterator[bytes]:
        info = self._parts[part]
        if info.flag_bits & 1:
            raise KnownError(f"“{self._name}”的压缩包加了密码，读不了。", "请向发来的人要没有加密的文件。")
        with self._archive.open(info) as stream:
            for number, block in enumerate(_whole_tags(stream)):
                self._left -= len(block)
                if self._left < 0:
                    raise _too_big(self._name, self._most)
                if number == 0:
                    _check_encoding(block[:256], self._name)
                if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                    raise doctype_refused(self._name)
                yield block


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """Blocks that end where a tag begins, so that no tag is cut in two."""
    rest = b""
    while block := stream.read(_BLOCK):
        block = rest + block
        cut = block.rfind(b"<")
        if cut <= 0 or len(block) - cut > _BLOCK:
            cut = len(block)
        rest = block[cut:]
        yield block[:cut]
    if rest:
        yield rest


def _check_encoding(start: bytes, name: str) -> None:
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _ENCODING.match(start)
    known = declared is None or declared[1].lower() in _ASCII_LIKE
    if start and not (start.startswith(b"<") and b"\x00" not in start[:64] and known):
        raise KnownError(
            f"“{name}”内部用了不支持的编码，Excel 和 WPS 不会写出这样的文件，读不了。",
            "请用 Excel 打开它，另存一份再导入。",
        )


def _too_big(name: str, most: int) -> KnownError:
    return KnownError(
        f"“{name}”解开后超过 {most >> 20} MB，不像正常的表格，已停止读取。",
        "请删去多余的工作表和空行，或分成几份再导入。",
    )


def _sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → path in the package."""
    book = package.find(r"xl/workbook\d*\.xml")
    links = package.find(rf"xl/_rels/{posixpath.basename(book)}\.rels") if book else ""
    if not links:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in package.tree(links)}
    found = {}
    for sheet in package.tree(book).iter():
        if _local(sheet) == "sheet":
            target = targets.get(next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[sheet.get("name", "")] = path
    return found


def _formats(styles: ElementTree.Element) -> dict[bytes, Shown]:
    """Style number → how a value is shown, for the styles that show something else than the plain value."""
    own = {node.get("numFmtId"): node.get("formatCode", "") for node in styles.iter() if _local(node) == "numFmt"}
    cells = next((list(node) for node in styles.iter() if _local(node) == "cellXfs"), [])
    found = {}
    for number, style in enumerate(cells):
        identity = style.get("numFmtId", "0")
        shown = shown_by(own.get(identity, ""), int(identity) if identity.isdigit() else 0)
        if shown:
            found[str(number).encode()] = shown
    return found


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _empty_strings(block: bytes) -> list[int]:
    """The places of the empty among the first shared strings: programs that export fill blank cells with one."""
    return [place for place, string in enumerate(_SHARED.findall(block)) if not _ANY_TEXT.search(string)]


def _scan(blocks: Iterator[bytes], formats: dict[bytes, Shown], empty: list[int]) -> SheetScan:
    """What a sheet holds; `empty` are the shared strings that are no values."""
    scan = SheetScan()
    numbers = b"|".join(str(place).encode() for place in empty)
    shared = re.compile(_C + rb'[^>]*\bt="s"[^>]*><(?:\w+:)?v>(?:' + numbers + rb")</") if empty else None
    styled = re.compile(_C + rb'([^>]*\bs="(' + b"|".join(formats) + rb')"[^>]*)>') if formats else None
    rest = b""
    for block in blocks:
        scan.values += block.count(b"v>") // 2 + block.count(b"<is>")
        scan.values -= sum(map(block.count, _EMPTY_STRINGS)) + (len(shared.findall(block)) if shared else 0)
        text = rest + block
        cut = text.rfind(b"</row>") + 1 or text.rfind(b"</c>") + 1 or len(text)
        text, rest = text[:cut], text[cut:]
        _scan_cells(text, scan, formats, styled)
    _scan_cells(rest, scan, formats, styled)
    return scan


def _scan_cells(text: bytes, scan: SheetScan, formats: dict[bytes, Shown], styled: re.Pattern[bytes] | None) -> None:
    if b"<f" in text or b":f" in text:
        for attributes, formula, empty in _UNCALCULATED.findall(text):
            if not (empty and b't="str"' in attributes):
                _note(scan.unread, attributes, "=" + html.unescape(formula.decode("utf-8", "replace")))
    if b't="e"' in text:
        for attributes, error in _ERROR.findall(text):
            _note(scan.unread, attributes, error.decode("utf-8", "replace"))
    if _ZERO_FIRST.search(text):
        for attributes, digits in _ZEROS.findall(text):
            if b"t=" not in attributes:
                _note(scan.shown, attributes, as_written(digits.decode("ascii")))
    _scan_rows(text, scan)
    for attributes, style in styled.findall(text) if styled else ():
        _note(scan.shown, attributes, formats[style])


def _scan_rows(text: bytes, scan: SheetScan) -> None:
    """Rows and columns that are hidden."""
    if b"hidden=" in text:
        for attributes in _HIDDEN_COLUMN.findall(text):
            edges = dict(_EDGE.findall(attributes))
            first, last = int(edges.get(b"min", b"0")), int(edges.get(b"max", b"0"))
            scan.columns_hidden.update(range(max(first, 1) - 1, min(last, _MOST_COLUMNS)))
        for attributes in _HIDDEN.findall(text):
            if number := _ROW_NUMBER.search(attributes):
                scan.hidden.add(int(number[1]) - 1)


def _note(found: dict[tuple[int, int], Noted], attributes: bytes, what: Noted) -> None:
    """A cell without a reference cannot be told from others and is passed over."""
    if at := _POSITION.search(attributes):
        found[cell_position(at[1].decode("ascii"))] = what

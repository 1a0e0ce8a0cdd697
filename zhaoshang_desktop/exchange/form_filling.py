"""The superior's own form, filled: their workbook with values put into its cells, and nothing else touched.

The sheet's own XML is patched where it lies in the package. openpyxl would lose charts, pictures, shapes, text in
several fonts and half of the validations when it saves; what is not parsed here cannot be lost. Rows that are lacking
are put in before the end of the prepared ones, as Excel does it: what stands below moves down, and what refers to it
(formulas, merged cells, validations, conditional formats, names, tables, drawings, comments) moves along.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape, unescape

from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.styles.numbers import is_date_format

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.form_references import Shift
from zhaoshang_desktop.exchange.package import Package
from zhaoshang_desktop.exchange.sheet import Cell, cell_position, cell_text
from zhaoshang_desktop.exchange.streaming import safe_text, serial

_MOST = 512 << 20
_BUILT_IN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'\s*\b([\w:]+)="([^"]*)"')
_FORMULA = re.compile(r"<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(r"<v>[^<]*</v>|<v\s*/>")
_DATA = re.compile(r"<sheetData\s*/>|<sheetData\b[^>]*>(.*?)</sheetData>", re.DOTALL)
_MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([^"]*)"[^>]*?(?:/>|></mergeCell>)')


@dataclass
class _Row:
    number: int
    attributes: str
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Filling:
    """What goes where: rows by column letter into the prepared ones `first` to `last`, cells by their reference."""

    sheet: str
    first: int = 0
    last: int = 0
    rows: Sequence[Mapping[str, Cell]] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def lacking(self) -> int:
        return max(0, len(self.rows) - (self.last - self.first + 1)) if self.first else 0


def fill_form(template: bytes, filling: Filling) -> bytes:
    """The workbook with the values in it; KnownError when it is none that can be filled."""
    with _opened(template) as source:
        package = Package(source, "表格", _MOST)
        parts = _sheet_parts(package)
        if filling.sheet not in parts:
            raise KnownError(f"表里没有“{filling.sheet}”这张工作表。", "请重新上传这张表。")
        part = parts[filling.sheet]
        dates = _date_styles(package)
        shift = Shift(filling.sheet, filling.first, filling.last, filling.lacking)
        related = _related(source, part)
        changes: dict[str, Callable[[str], str]] = {
            part: lambda xml: _sheet(xml, filling, shift, dates),
            **{other: lambda xml: _other_sheet(xml, shift) for name, other in parts.items() if name != filling.sheet},
            "xl/workbook.xml": lambda xml: _workbook(xml, shift),
            "xl/_rels/workbook.xml.rels": _without_chain,
            "[Content_Types].xml": _without_chain,
            **{other: shift.related(other) for other in related},
        }
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.infolist():
                if info.filename == "xl/calcChain.xml":
                    continue
                data = source.read(info)
                if info.filename in changes:
                    data = changes[info.filename](data.decode("utf-8-sig")).encode("utf-8")
                target.writestr(info, data)
    return result.getvalue()


def prepared_rows(template: bytes, sheet: str, first: int) -> int:
    """The last of the rows from `first` on that stand ready: in the sheet, and without anything written in them."""
    with _opened(template) as source:
        part = _sheet_parts(Package(source, "表格", _MOST)).get(sheet, "")
        rows = _rows(source.read(part).decode("utf-8-sig"))[1] if part else {}
    last = first
    while last + 1 in rows and not any("<v" in inner or "<is" in inner for _, inner in rows[last + 1].cells.values()):
        last += 1
    return last


def _opened(template: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(template))
    except zipfile.BadZipFile:
        raise KnownError("只有 .xlsx 的表能这样填。", "请用 Excel 或 WPS 把它另存为 .xlsx 再上传。") from None


def _sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → its part."""
    targets = {link.get("Id"): link.get("Target", "") for link in package.tree("xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in package.tree("xl/workbook.xml").iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(
                next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None), ""
            )
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _date_styles(package: Package) -> frozenset[str]:
    """The numbers of the cell styles that show a count of days as a date."""
    if not package.find(r"xl/styles\.xml"):
        return frozenset()
    tree = package.tree("xl/styles.xml")
    own = {node.get("numFmtId"): node.get("formatCode", "") for node in tree.iter() if node.tag.endswith("}numFmt")}
    styles: list[ElementTree.Element] = next((list(node) for node in tree.iter() if node.tag.endswith("}cellXfs")), [])
    return frozenset(
        str(place)
        for place, style in enumerate(styles)
        if int(style.get("numFmtId", "0")) in _BUILT_IN_DATES or is_date_format(own.get(style.get("numFmtId"), ""))
    )


def _related(source: zipfile.ZipFile, part: str) -> list[str]:
    """The tables, drawings and comments of a sheet."""
    links = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
    if links not in source.namelist():
        return []
    found = []
    for link in ElementTree.fromstring(source.read(links)):
        if link.get("TargetMode") != "External":
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
            found.append(posixpath.normpath(path))
    return found


def _rows(xml: str) -> tuple[re.Match[str], dict[int, _Row]]:
    data = _DATA.search(xml)
    if data is None:
        raise KnownError("这张表的写法比较特别，填不了。", "请用 Excel 打开它，另存为 .xlsx 再上传。")
    rows: dict[int, _Row] = {}
    for attributes, inner in _ROW.findall(data[1] or ""):
        known = dict(_ATTRIBUTE.findall(attributes))
        number = int(known.pop("r", max(rows, default=0) + 1))
        known.pop("spans", None)
        row = rows[number] = _Row(number, "".join(f' {name}="{value}"' for name, value in known.items()))
        for cell, content in _CELL.findall(inner):
            own = dict(_ATTRIBUTE.findall(cell))
            letters = re.sub(r"\d+$", "", own.pop("r", ""))
            row.cells[letters] = "".join(f' {name}="{value}"' for name, value in own.items()), content
    return data, rows


def _sheet(xml: str, filling: Filling, shift: Shift, dates: frozenset[str]) -> str:
    data, rows = _rows(xml)
    rows = {shift.row(number): row for number, row in rows.items()}
    for row in rows.values():
        for letters, (attributes, content) in row.cells.items():
            row.cells[letters] = attributes, _formulas(content, shift)
    if filling.lacking:
        _insert(rows, filling)
    for place, values in enumerate(filling.rows):
        for letters, value in values.items():
            _put(rows, filling.first + place, letters, value, dates)
    for reference, value in filling.cells.items():
        number, _ = cell_position(reference)
        _put(rows, shift.row(number + 1), re.sub(r"\d+", "", reference), value, dates)
    body = "".join(_row_xml(number, rows[number]) for number in sorted(rows))
    tail = shift.attributes(_merges(xml[data.end() :], filling))
    return f"{shift.attributes(xml[: data.start()])}<sheetData>{body}</sheetData>{tail}"


def _row_xml(number: int, row: _Row) -> str:
    order = sorted(row.cells, key=lambda letters: (len(letters), letters))
    cells = "".join(_cell_xml(f"{letters}{number}", *row.cells[letters]) for letters in order)
    return f'<row r="{number}"{row.attributes}>{cells}</row>'


def _cell_xml(reference: str, attributes: str, content: str) -> str:
    return f'<c r="{reference}"{attributes}>{content}</c>' if content else f'<c r="{reference}"{attributes}/>'


def _formulas(content: str, shift: Shift) -> str:
    """The formula as it reads after the shift, without what it last came to: Excel reckons it anew."""
    if "<f" not in content:
        return content
    shifted = _FORMULA.sub(lambda found: _formula_xml(found, shift), content)
    return _VALUE.sub("", shifted)


def _formula_xml(found: re.Match[str], shift: Shift) -> str:
    attributes = shift.attributes(found[1])
    text = escape(shift.formula(unescape(found[2] or ""), own=True))
    return f"<f{attributes}>{text}</f>" if text else f"<f{attributes}/>"


def _insert(rows: dict[int, _Row], filling: Filling) -> None:
    """Rows like the last prepared one, below it; its formulas come along, what is written in it does not."""
    pattern = rows.get(filling.last) or _Row(filling.last, "")
    for number in range(filling.last + 1, filling.last + filling.lacking + 1):
        cells = {}
        for letters, (attributes, content) in pattern.cells.items():
            plain = re.sub(r'\s*\bt="[^"]*"', "", attributes)
            cells[letters] = plain, _moved_formula(content, f"{letters}{filling.last}", f"{letters}{number}")
        rows[number] = _Row(number, pattern.attributes, cells)


def _moved_formula(content: str, origin: str, goal: str) -> str:
    found = _FORMULA.search(content)
    if found is None or not found[2] or 't="array"' in found[1]:
        return ""
    try:
        moved = Translator(f"={unescape(found[2])}", origin).translate_formula(goal)
    except TranslatorError:
        return ""
    return f"<f>{escape(moved[1:])}</f>"


def _put(rows: dict[int, _Row], number: int, letters: str, value: Cell, dates: frozenset[str]) -> None:
    """A value into a cell that keeps its look; a day into a cell that shows no days is written out."""
    row = rows.setdefault(number, _Row(number, ""))
    attributes = re.sub(r'\s*\bt="[^"]*"', "", row.cells.get(letters, ("", ""))[0])
    style = dict(_ATTRIBUTE.findall(attributes)).get("s", "0")
    if isinstance(value, (date, datetime)) and style not in dates:
        value = cell_text(value)
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{safe_text(value)}</t></is>' if value else ""
        row.cells[letters] = f'{attributes} t="inlineStr"' if value else attributes, text
    elif isinstance(value, bool):
        row.cells[letters] = f'{attributes} t="b"', f"<v>{int(value)}</v>"
    else:
        amount = value if isinstance(value, (int, float)) else serial(value)
        row.cells[letters] = attributes, f"<v>{amount!r}</v>"


def _merges(tail: str, filling: Filling) -> str:
    """Cells merged across in the last prepared row are so in the new ones, too."""
    if not filling.lacking:
        return tail
    own = [
        reference for reference in _MERGED.findall(tail) if set(re.findall(r"\d+", reference)) == {str(filling.last)}
    ]
    more = [
        f'<mergeCell ref="{re.sub(r"[0-9]+", str(-number), reference)}"/>'
        for number in range(filling.last + 1, filling.last + filling.lacking + 1)
        for reference in own
    ]
    if not more:
        return tail
    count = len(_MERGED.findall(tail)) + len(more)
    tail = re.sub(r"<mergeCells\b[^>]*>", f'<mergeCells count="{count}">', tail)
    return tail.replace("</mergeCells>", f"{''.join(more)}</mergeCells>")


def _other_sheet(xml: str, shift: Shift) -> str:
    """Formulas elsewhere that look into the filled sheet."""
    if "<f" not in xml:
        return xml
    shifted = _FORMULA.sub(lambda f: _reckoned_anew(f, shift), xml)
    return re.sub(r"(<f\b[^>]*?(?:/>|>[^<]*</f>))<v>[^<]*</v>", r"\1", shifted)


def _reckoned_anew(found: re.Match[str], shift: Shift) -> str:
    text = escape(shift.formula(unescape(found[2] or ""), own=False))
    return f"<f{found[1]}>{text}</f>" if text else f"<f{found[1]}/>"


def _workbook(xml: str, shift: Shift) -> str:
    """Names that mean cells of the sheet (print areas, title rows) move along; everything is reckoned anew."""
    xml = re.sub(
        r"(<definedName\b[^>]*>)([^<]*)(</definedName>)",
        lambda found: found[1] + escape(shift.formula(unescape(found[2]), own=False)) + found[3],
        xml,
    )
    if "<calcPr" in xml:
        xml = re.sub(r'\s*\bfullCalcOnLoad="[^"]*"', "", xml)
        return re.sub(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', xml)
    return re.sub(r"(</definedNames>|</sheets>)(?!.*</definedNames>)", r'\1<calcPr fullCalcOnLoad="1"/>', xml, count=1)


def _without_chain(xml: str) -> str:
    """The order in which Excel last reckoned names cells that may have moved; Excel makes it anew."""
    return re.sub(r"<(?:Relationship|Override)\b[^>]*calcChain[^>]*?(?:/>|></(?:Relationship|Override)>)", "", xml)

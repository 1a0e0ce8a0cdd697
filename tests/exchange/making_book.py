"""Workbooks of today (.xlsx, .ods, XML of 2003) byte by byte: the same every time, and oddities no library writes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from html import escape
from pathlib import Path

from tests.exchange.making import BOOK_LINKS, ROOT, TYPES
from zhaoshang_desktop.exchange.sheet import column_letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?")
_DAY, _MOMENT, _HOUR = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True)
class Shown:
    """A value shown by a number format."""

    value: float | date
    code: str


@dataclass(frozen=True)
class Formula:
    """A formula with what the file says it gave; None where it was never calculated."""

    text: str
    value: float | str | None = None


NewCell = str | float | bool | date | datetime | time | Shown | Formula | None


@dataclass
class NewSheet:
    """Rows from A1 on; `merged` are blocks such as "A1:C1", `hidden_rows` count from 0."""

    name: str
    rows: Sequence[Sequence[NewCell]]
    merged: Sequence[str] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()


@dataclass
class NewBook:
    """`strict`, `prefix` ("x:"), `references`, `inline` and `dimension` are ways in which files differ."""

    sheets: Sequence[NewSheet]
    strict: bool = False
    prefix: str = ""
    references: bool = True
    inline: bool = False
    dimension: str = ""
    since_1904: bool = False
    extra: dict[str, bytes] = field(default_factory=dict)
    _texts: dict[str, int] = field(default_factory=dict)
    _codes: list[str] = field(default_factory=list)

    def save(self, path: Path) -> Path:
        sheets = {f"xl/worksheets/sheet{n}.xml": self._sheet(one) for n, one in enumerate(self.sheets, 1)}
        parts = {
            "[Content_Types].xml": TYPES, "_rels/.rels": self._named(ROOT), "xl/workbook.xml": self._book(),
            "xl/_rels/workbook.xml.rels": self._links(), "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": self._strings(), **sheets,
        }  # fmt: skip
        return zipped(path, {**{name: text.encode() for name, text in parts.items()}, **self.extra})

    def _named(self, text: str) -> str:
        return text.replace(_RELATIONS, _STRICT_RELATIONS) if self.strict else text

    def _root(self, tag: str, inside: str, more: str = "") -> str:
        space = _STRICT if self.strict else _MAIN
        name = f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<{self.prefix}{tag} {name}="{space}"{more}>{inside}</{self.prefix}{tag}>'

    def _tag(self, tag: str, attributes: str = "", inside: str | None = None) -> str:
        name = f"{self.prefix}{tag}"
        return f"<{name}{attributes}/>" if inside is None else f"<{name}{attributes}>{inside}</{name}>"

    def _book(self) -> str:
        found = ""
        for number, sheet in enumerate(self.sheets, 1):
            state = ' state="hidden"' if sheet.hidden else ""
            found += self._tag("sheet", f' name="{escape(sheet.name)}" sheetId="{number}"{state} r:id="rId{number}"')
        properties = self._tag("workbookPr", ' date1904="1"') if self.since_1904 else ""
        more = f' xmlns:r="{_STRICT_RELATIONS if self.strict else _RELATIONS}"'
        return self._root("workbook", properties + self._tag("sheets", "", found), more)

    def _links(self) -> str:
        head, _, _ = BOOK_LINKS.partition("<Relationship ")
        kinds = [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(self.sheets, 1)]
        kinds += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(kinds, 1)
        )
        return self._named(f"{head}{links}</Relationships>")

    def _styles(self) -> str:
        codes = "".join(
            self._tag("numFmt", f' numFmtId="{200 + n}" formatCode="{escape(code)}"')
            for n, code in enumerate(self._codes)
        )
        cells = "".join(self._tag("xf", f' numFmtId="{200 + n}"') for n, _ in enumerate(self._codes))
        formats = self._tag("numFmts", f' count="{len(self._codes)}"', codes) if codes else ""
        return self._root("styleSheet", formats + self._tag("cellXfs", "", self._tag("xf", ' numFmtId="0"') + cells))

    def _strings(self) -> str:
        return self._root("sst", "".join(self._tag("si", "", self._text(text)) for text in self._texts))

    def _text(self, text: str) -> str:
        return self._tag("t", ' xml:space="preserve"', escape(text, quote=False))

    def _sheet(self, sheet: NewSheet) -> str:
        rows = ""
        for number, cells in enumerate(sheet.rows, 1):
            at = f' r="{number}"' if self.references else ""
            hidden = ' hidden="1"' if number - 1 in sheet.hidden_rows else ""
            inside = "".join(self._cell(cell, f"{column_letter(c)}{number}") for c, cell in enumerate(cells))
            rows += self._tag("row", at + hidden, inside)
        claimed = self._tag("dimension", f' ref="{self.dimension}"') if self.dimension else ""
        blocks = "".join(self._tag("mergeCell", f' ref="{block}"') for block in sheet.merged)
        merged = self._tag("mergeCells", "", blocks) if blocks else ""
        return self._root("worksheet", claimed + self._tag("sheetData", "", rows) + merged)

    def _cell(self, cell: NewCell, reference: str) -> str:
        if cell is None:
            return "" if self.references else self._tag("c")
        at = f' r="{reference}"' if self.references else ""
        formula = ""
        if isinstance(cell, Formula):
            formula = self._tag("f", "", escape(cell.text))
            if cell.value is None:
                return self._tag("c", at, formula)
            cell = cell.value
            if isinstance(cell, str) and cell not in _ERRORS:
                return self._tag("c", f'{at} t="str"', formula + self._tag("v", "", escape(cell)))
        if isinstance(cell, bool):
            return self._tag("c", f'{at} t="b"', formula + self._tag("v", "", str(int(cell))))
        if isinstance(cell, str) and cell in _ERRORS:
            return self._tag("c", f'{at} t="e"', formula + self._tag("v", "", cell))
        if isinstance(cell, str) and self.inline:
            return self._tag("c", f'{at} t="inlineStr"', self._tag("is", "", self._text(cell)))
        if isinstance(cell, str):
            place = self._texts.setdefault(cell, len(self._texts))
            return self._tag("c", f'{at} t="s"', self._tag("v", "", str(place)))
        value, code = shown_value(cell)
        number = value if isinstance(value, (int, float)) else serial(value, self.since_1904)
        style = f' s="{self._style(code)}"' if code else ""
        return self._tag("c", at + style, formula + self._tag("v", "", f"{number!r}"))

    def _style(self, code: str) -> int:
        if code not in self._codes:
            self._codes.append(code)
        return self._codes.index(code) + 1


def shown_value(cell: float | date | time | Shown) -> tuple[float | date | time, str]:
    """A value and the code of its format, "" for none."""
    if isinstance(cell, Shown):
        return cell.value, cell.code
    kinds = ((datetime, _MOMENT), (date, _DAY), (time, _HOUR))
    return cell, next((code for kind, code in kinds if isinstance(cell, kind)), "")


def serial(value: date | time, since_1904: bool = False) -> float:
    """Excel's count of days."""
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) / 1440
    day = value.date() if isinstance(value, datetime) else value
    count = (day - _EPOCHS[since_1904]).days
    return count + serial(value.time()) if isinstance(value, datetime) else count


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    """An archive that is the same whenever it is made."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
_OPEN += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_FOLDED, _HIDDEN = ' table:visibility="collapse"', ' ss:Hidden="1"'


@dataclass(frozen=True)
class OpenCell:
    """A cell of an .ods: its attributes and the text that is seen."""

    attributes: str
    text: str


def ods(path: Path, rows: Sequence[Sequence[str | float | OpenCell | None]], hidden_rows: Sequence[int] = ()) -> Path:
    """An OpenDocument workbook of one sheet."""
    body = "".join(
        f"<table:table-row{_FOLDED if n in hidden_rows else ''}>{''.join(map(_open_cell, row))}</table:table-row>"
        for n, row in enumerate(rows)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_OPEN}><office:body><office:spreadsheet>'
        f'<table:table table:name="名单">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    parts = {"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(path, {name: text.encode() for name, text in parts.items()})


def _open_cell(cell: str | float | OpenCell | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, OpenCell):
        attributes, text = cell.attributes, cell.text
    elif isinstance(cell, str):
        attributes, text = 'office:value-type="string"', cell
    else:
        attributes, text = f'office:value-type="float" office:value="{cell}"', str(cell)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {attributes}>{lines}</table:table-cell>"


def xml_2003(path: Path, rows: Sequence[Sequence[str | float | Shown | None]], hidden_rows: Sequence[int] = ()) -> Path:
    """A workbook in Excel's XML of 2003, as many systems export under the name .xls."""
    codes = list(dict.fromkeys(cell.code for row in rows for cell in row if isinstance(cell, Shown)))
    styles = "".join(
        f'<Style ss:ID="s{n}"><NumberFormat ss:Format="{escape(code)}"/></Style>' for n, code in enumerate(codes)
    )
    body = "".join(
        f"<Row{_HIDDEN if n in hidden_rows else ''}>{''.join(_cells_2003(row, codes))}</Row>"
        for n, row in enumerate(rows)
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="名单"><Table>{body}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    return path


def _cells_2003(row: Sequence[str | float | Shown | None], codes: list[str]) -> Iterator[str]:
    for place, cell in enumerate(row, 1):
        if cell is None:
            continue
        style = f' ss:StyleID="s{codes.index(cell.code)}"' if isinstance(cell, Shown) else ""
        value = cell.value if isinstance(cell, Shown) else cell
        kind = "String" if isinstance(value, str) else "Number"
        yield f'<Cell ss:Index="{place}"{style}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

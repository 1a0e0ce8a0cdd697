"""Writes a paper as .docx, to be edited in Word or WPS: the same blocks, the same fonts, sizes and margins.

The package is small enough to be written by hand: the parts below and one document. Fonts are named, not embedded:
仿宋, 黑体, 楷体, 宋体 are on every Windows, 方正小标宋简体 in every office that writes official papers.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from zhaoshang_desktop.domain.errors import not_written
from zhaoshang_desktop.papers import blocks as b
from zhaoshang_desktop.papers.look import MM, OFFICIAL, READING, Look, Role, Type
from zhaoshang_desktop.runtime.files import replace_file

FONTS: dict[Role, str] = {
    "body": "仿宋",
    "strong": "黑体",
    "heading": "黑体",
    "label": "黑体",
    "title": "方正小标宋简体",
    "kai": "楷体",
    "number": "宋体",
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_KINDS}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
        f'<Override PartName="/word/odd.xml" ContentType="{_MAIN}.footer+xml"/>'
        f'<Override PartName="/word/even.xml" ContentType="{_MAIN}.footer+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKED}"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKED}"><Relationship Id="odd" Type="{_R}/footer" Target="odd.xml"/>'
        f'<Relationship Id="even" Type="{_R}/footer" Target="even.xml"/>'
        f'<Relationship Id="settings" Type="{_R}/settings" Target="settings.xml"/>'
        f'<Relationship Id="styles" Type="{_R}/styles" Target="styles.xml"/></Relationships>'
    ),
}


def write_docx(paper: b.Paper, path: Path) -> None:
    """Writes the paper to `path`; an older file there stays as it was unless all went well."""
    data = docx_bytes(paper)
    try:
        replace_file(path, lambda file: file.write(data))
    except OSError as reason:
        raise not_written(path, reason) from reason


def docx_bytes(paper: b.Paper) -> bytes:
    """The paper as the bytes of a .docx file; the same paper gives the same bytes."""
    look = OFFICIAL if paper.official else READING
    duplex = "<w:evenAndOddHeaders/>" if look.duplex else ""
    parts = {
        **_PARTS,
        "word/settings.xml": f'<w:settings xmlns:w="{_W}">{duplex}</w:settings>',
        "word/styles.xml": _styles(look),
        "word/odd.xml": _footer(look, "right" if look.duplex else "center"),
        "word/even.xml": _footer(look, "left" if look.duplex else "center"),
        "word/document.xml": _document(paper, look),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), _HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(paper: b.Paper, look: Look) -> str:
    flow = [] if any(isinstance(one, b.Cover) for one in paper.blocks) else [_paragraph(paper.title, look.title)]
    for block in paper.blocks:
        flow += _written(block, look)
    size = f'<w:pgSz w:w="{_twips(look.width)}" w:h="{_twips(look.height)}"/>'
    margins = (
        f'<w:pgMar w:top="{_twips(look.top)}" w:right="{_twips(look.right)}" w:bottom="{_twips(look.bottom)}" '
        f'w:left="{_twips(look.left)}" w:header="{_twips(15 * MM)}" '
        f'w:footer="{_twips(look.bottom - 7 * MM)}" w:gutter="0"/>'
    )
    feet = '<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
    section = f"<w:sectPr>{feet}{size}{margins}</w:sectPr>"
    return f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(flow)}{section}</w:body></w:document>'


@singledispatch
def _written(block: object, _look: Look) -> Iterator[str]:
    """Sketches and contents are the printed paper's alone."""
    return iter(())


@_written.register
def _(block: b.Cover, look: Look) -> Iterator[str]:
    yield _paragraph(block.title, look.title)
    if block.subtitle:
        yield _paragraph(block.subtitle, look.title)
    for label, text in block.facts:
        yield _paragraph(f"{label}：{text}", look.body)


@_written.register
def _(block: b.Heading, look: Look) -> Iterator[str]:
    kind = look.headings[min(block.level, len(look.headings)) - 1]
    yield _paragraph(block.text, kind, keep=True, style=f"Heading{block.level}", new_page=block.new_page)


@_written.register
def _(block: b.Paragraph, look: Look) -> Iterator[str]:
    kind = look.note if block.note else look.body
    for line in _text(block.words).split("\n"):
        yield _paragraph(line, kind, align=block.align if block.align != "left" else "")


@_written.register
def _(block: b.Items, look: Look) -> Iterator[str]:
    for number, words in enumerate(block.items, 1):
        mark = f"{number}." if block.mark == "1" else block.mark
        yield _paragraph(f"{mark} {_text(words)}", look.item)


@_written.register
def _(block: b.FieldTable, look: Look) -> Iterator[str]:
    rows = [((label, text)) for label, text in block.pairs]
    yield _table((1.0, 4.0), rows, look, strong_first=True)


@_written.register
def _(block: b.FormLines, look: Look) -> Iterator[str]:
    rows = [(label, text) for row in block.rows for label, text in row.fields]
    yield _table((1.0, 4.0), rows, look, strong_first=True)


@_written.register
def _(block: b.DataTable, look: Look) -> Iterator[str]:
    widths = tuple(column.width for column in block.columns)
    aligns = tuple(column.align for column in block.columns)
    head = tuple(column.title for column in block.columns)
    joined = [at > 0 for group in block.groups() for at in range(len(group))]
    yield _table(widths, list(block.rows), look, head, aligns, shared=block.shared, joined=joined)
    yield _paragraph("", look.note)


@_written.register
def _(block: b.Headline, look: Look) -> Iterator[str]:
    yield _paragraph(block.text, look.title, keep=True)


@_written.register
def _(block: b.Addressee, look: Look) -> Iterator[str]:
    yield _paragraph(f"{block.names}：", replace(look.body, indent=0), align="left", keep=True)


@_written.register
def _(block: b.Signature, look: Look) -> Iterator[str]:
    kind = replace(look.body, indent=0)
    yield _paragraph("", kind)
    over = max(0.0, (len(block.office) - _ems(block.date)) / 2)
    yield _paragraph(block.office, kind, align="right", aside=max(0.0, 4 - over), keep=True)
    yield _paragraph(block.date, kind, align="right", aside=4)


@_written.register
def _(block: b.Annexes, look: Look) -> Iterator[str]:
    kind = look.body
    yield _paragraph("", kind)
    for number, name in enumerate(block.names, 1):
        counted = f"{number}．" if len(block.names) > 1 else ""
        first = number == 1
        yield _paragraph(f"{'附件：' if first else ''}{counted}{name}", kind if first else replace(kind, indent=5))


@_written.register
def _(block: b.Annex, look: Look) -> Iterator[str]:
    yield _paragraph(f"附件{block.number or ''}", replace(look.headings[0], indent=0), keep=True, new_page=True)
    yield _paragraph(block.title, look.title, keep=True)


@_written.register
def _(_block: b.PageBreak, _look: Look) -> Iterator[str]:
    yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _paragraph(
    text: str,
    kind: Type,
    *,
    keep: bool = False,
    align: str = "",
    style: str = "",
    new_page: bool = False,
    aside: float = 0,
) -> str:
    """A line feed in the text is one on the page; `aside` is how many characters it stands in from the right."""
    where = {"left": "left", "center": "center", "right": "right", "justify": "both"}[align or kind.align]
    first = f'w:firstLineChars="{int(kind.indent * 100)}" w:firstLine="{_twips(kind.indent * kind.size)}"'
    indent = f"<w:ind {first}/>" if kind.indent and where != "right" else ""
    if aside:
        indent = f'<w:ind w:rightChars="{int(aside * 100)}" w:right="{_twips(aside * kind.size)}"/>'
    spacing = (
        f'<w:spacing w:before="{_twips(kind.before)}" w:after="{_twips(kind.after)}" '
        f'w:line="{_twips(kind.leading)}" w:lineRule="exact"/>'
    )
    said = "".join(
        (
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if new_page else "",
            spacing,
            indent,
            f'<w:jc w:val="{where}"/>',
        )
    )
    return f"<w:p><w:pPr>{said}</w:pPr>{_run(text, kind)}</w:p>"


def _run(text: str, kind: Type) -> str:
    font, size = FONTS[kind.role], round(kind.size * 2)
    names = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:hint="eastAsia"/>'
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(_plain(line))}</w:t>' for line in text.split("\n"))
    return (
        f'<w:r><w:rPr>{names}<w:b w:val="0"/><w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f"</w:rPr>{said}</w:r>"
    )


def _table(
    widths: tuple[float, ...],
    rows: Sequence[tuple[str, ...]],
    look: Look,
    head: tuple[str, ...] = (),
    aligns: tuple[b.Align, ...] = (),
    *,
    strong_first: bool = False,
    shared: tuple[int, ...] = (),
    joined: Sequence[bool] = (),
) -> str:
    share = _twips(look.measure) / sum(widths)
    columns = [round(width * share) for width in widths]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="8C9199"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    lines = [_row(columns, head, look, tuple("center" for _ in head), head=True)] if head else []
    for number, row in enumerate(rows):
        sides = aligns or tuple("left" for _ in row)
        merged = dict.fromkeys(shared, "continue" if joined and joined[number] else "restart")
        lines.append(_row(columns, row, look, sides, strong_first=strong_first, merged=merged))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )


def _row(
    columns: list[int],
    cells: tuple[str, ...],
    look: Look,
    aligns: tuple[str, ...],
    *,
    head: bool = False,
    strong_first: bool = False,
    merged: Mapping[int, str] = MappingProxyType({}),
) -> str:
    made = []
    for number, (width, text) in enumerate(zip(columns, cells, strict=True)):
        kind = look.cell_strong if head or (strong_first and not number) else look.cell
        join = f'<w:vMerge w:val="{merged[number]}"/>' if number in merged else ""
        shown = "" if merged.get(number) == "continue" else text
        inside = "".join(_paragraph(line, kind, align=aligns[number]) for line in shown.split("\n"))
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{join}</w:tcPr>{inside}</w:tc>')
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(made)}</w:tr>"


def _footer(look: Look, side: str) -> str:
    kind = look.number
    indent = f'<w:ind w:{side}Chars="100"/>' if side != "center" else ""
    size = round(kind.size * 2)
    font = FONTS[kind.role]
    look_ = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr>'
    page = "".join(
        f"<w:r>{look_}{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr>{indent}<w:jc w:val="{side}"/></w:pPr>{page}</w:p></w:ftr>'


def _styles(look: Look) -> str:
    font, size = FONTS[look.body.role], round(look.body.size * 2)
    base = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{size}"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        for level in (1, 2, 3)
    )
    return f'<w:styles xmlns:w="{_W}">{base}{heads}</w:styles>'


def _ems(text: str) -> float:
    """How many characters wide a text is; figures are half as wide."""
    return sum(0.5 if char < "\u2000" else 1.0 for char in text)


def _text(words: b.Words) -> str:
    return words if isinstance(words, str) else "".join(run.text for run in words)


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(char for char in text if char >= " " or char == "\t")


def _twips(points: float) -> int:
    return round(points * 20)

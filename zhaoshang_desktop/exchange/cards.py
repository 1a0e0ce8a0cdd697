"""Contact cards of several files as one table: a telephone hands them over one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.sheet import Row, Sheet, Workbook
from zhaoshang_desktop.exchange.vcard import HEADINGS

ENDING = ".vcf"


def are_cards(paths: Sequence[Path]) -> bool:
    """Do several files go together, as tables never do?"""
    return len(paths) > 1 and all(path.suffix.lower() == ENDING for path in paths)


def together(books: Sequence[Workbook]) -> Workbook:
    """What was read, as one; of several files only cards, else KnownError."""
    if len(books) == 1:
        return books[0]
    rows: list[Row] = [HEADINGS]
    pictures: dict[int, bytes] = {}
    warnings: list[str] = []
    for book in books:
        if book.format != "vcard":
            raise KnownError(
                f"“{book.name}”不是名片文件。", "几个文件一起导入的只能是名片（.vcf）；表格请一次导入一个。"
            )
        for sheet in book.sheets:
            before = len(rows) - 1
            pictures |= {before + row: picture for row, picture in sheet.pictures.items()}
            rows += sheet.rows[1:]
            warnings += [f"“{book.name}”：{sheet.warning}"] if sheet.warning else []
    cards = Sheet("名片", rows, warning="；".join(warnings), pictures=pictures, apart=True)
    return Workbook(f"{len(books)} 个名片文件", "vcard", [cards])

"""One workbook of the corpus and what it must be read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.exchange.making_book import NewBook, NewCell, NewSheet

FOLDER = Path(__file__).parents[2] / "data" / "workbooks"
HEADINGS = ("企业名称", "联系人", "手机", "注册资本（万元）")
FIRMS: tuple[tuple[str, str, str, float], ...] = (
    ("青禾新材料有限公司", "周远航", "13800002216", 5000.0),
    ("北塘精密铸造有限公司", "李静", "13900002217", 1200.5),
)
READ: list[dict[str, Any]] = [
    {"name": "青禾新材料有限公司", "registered_capital": "5000万元", "people": ["周远航 13800002216"]},
    {"name": "北塘精密铸造有限公司", "registered_capital": "1200.5万元", "people": ["李静 13900002217"]},
]
"""What HEADINGS and FIRMS say."""


@dataclass(frozen=True)
class Answer:
    """What must come of a workbook.

    `records` hold the fields to be compared, as texts; "raw" are texts beside fields, "people" the contacts.
    `unread` are the cells not understood, `doubtful` those understood with a warning, as "sheet!B3".
    `notes` are words that must be said. `refused` is a part of the sentence when nothing can be read.
    """

    records: Sequence[dict[str, Any]] = ()
    library: str = "investors"
    unread: Sequence[str] = ()
    doubtful: Sequence[str] = ()
    notes: Sequence[str] = ()
    password: str = ""
    rejected: int = 0
    refused: str = ""


@dataclass(frozen=True)
class Case:
    file: str
    make: Callable[[Path], object]
    answer: Answer

    def plain(self) -> dict[str, Any]:
        """The answer as it lies beside the file; what is empty is left out."""
        return {key: value for key, value in asdict(self.answer).items() if value}


def listed(file: str, make: Callable[[Path], object], **more: Any) -> Case:
    """A case whose answer is READ."""
    return Case(file, make, Answer(READ, **more))


def sheet(rows: Sequence[Sequence[NewCell]], name: str = "名单", **more: Any) -> NewBook:
    """A workbook of one sheet."""
    return NewBook([NewSheet(name, rows, **more)])


def table(*more: Sequence[NewCell]) -> list[Sequence[NewCell]]:
    """HEADINGS and FIRMS, then further rows."""
    return [HEADINGS, *FIRMS, *more]

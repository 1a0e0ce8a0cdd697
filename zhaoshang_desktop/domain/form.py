"""上级报表: a form that a superior has drawn up, and which of its columns and cells hold what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Note, Tags, Text, Whole
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

NUMBERING = "#"
"""What a column of running numbers holds."""
OFFICE, TODAY, COUNT, PERIOD = "@office", "@today", "@count", "@period"
SPECIALS = {OFFICE: "本单位名称", TODAY: "填表日期", COUNT: "记录条数", PERIOD: "报表期"}
"""What a single cell can hold besides the fields of a record, by its code."""


@dataclass(kw_only=True, slots=True)
class Form(Record):
    """The empty workbook is the form's attachment. `first` to `last` are the rows that stand ready (from 1, as
    Excel shows them); 0 for a form of one record, which has cells only.

    `columns` and `cells` are texts like "C=total|亿元" and "B2=@office".
    """

    NOUN: ClassVar[str] = "form"
    TITLE: ClassVar[str] = "title"

    title: Annotated[str, Spec("报表名称", Text(), required=True, column=1)] = ""
    library: Annotated[str, Spec("报表的库", Text(), required=True)] = ""
    sheet: Annotated[str, Spec("报表工作表", Text(), required=True, column=2)] = ""
    first: Annotated[int | None, Spec("报表首行", Whole())] = None
    last: Annotated[int | None, Spec("报表末行", Whole())] = None
    columns: Annotated[tuple[str, ...], Spec("报表各列", Tags())] = ()
    cells: Annotated[tuple[str, ...], Spec("报表各格", Tags())] = ()
    note: Annotated[str, Spec("报表说明", Note())] = ""

    @property
    def column_paths(self) -> dict[str, tuple[str, str]]:
        """By column letter, the path and the unit of its figures."""
        return {place: _parted(what) for place, what in _pairs(self.columns).items()}

    @property
    def cell_paths(self) -> dict[str, tuple[str, str]]:
        """By reference, the same."""
        return {place: _parted(what) for place, what in _pairs(self.cells).items()}


def written(paths: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """The way back: as the record keeps them."""
    return tuple(f"{place}={path}|{unit}" if unit else f"{place}={path}" for place, (path, unit) in paths.items())


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    return {place: what for place, _, what in (text.partition("=") for text in texts)}


def _parted(what: str) -> tuple[str, str]:
    path, _, unit = what.partition("|")
    return path, unit

"""What is drafted while the file is being read is what is drafted afterwards, or counts for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.exchange.corpus.case import FIRMS, HEADINGS
from tests.exchange.making_book import Formula, NewBook, NewCell, NewSheet
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.ahead import Ahead
from zhaoshang_desktop.exchange.formats import no_record
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import rows_to_records
from zhaoshang_desktop.exchange.understanding import understand

Rows = list[Sequence[NewCell]]
MANY: Rows = [(f"青禾第{n}有限公司", *FIRMS[n % 2][1:3], float(n)) for n in range(4200)]
SHEETS: dict[str, tuple[Rows, tuple[str, ...], bool]] = {
    "plain": ([HEADINGS, *MANY], (), True),
    "title": ([("某某名单",), ("单位：万元",), ("企业名称", "联系人", "手机", "注册资本"), *MANY], ("A1:D1",), True),
    "sum at the end": ([HEADINGS, *MANY, ("合计", None, None, 5.0), ("注：仅供参考。",)], (), True),
    "formula never calculated": ([HEADINGS, *MANY, ("丙有限公司", None, None, Formula("A1"))], (), True),
    "wider below": ([HEADINGS, *MANY, ("丙有限公司", None, None, 1.0, "多出的一格")], (), False),
    "merged below": ([HEADINGS, *MANY, ("丙有限公司", "王磊"), (None, "李静")], ("A4202:A4203",), False),
    "groups": ([HEADINGS, ("一、无锡市",), *MANY], (), False),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_drafts_made_ahead_are_those_made_afterwards(tmp_path: Path, kind: str) -> None:
    rows, merged, kept = SHEETS[kind]
    path = NewBook([NewSheet("名单", rows, merged)]).save(tmp_path / "a.xlsx")
    ahead = Ahead(Investor, no_record)
    sheet = read_workbook(path, on_rows=ahead).sheets[0]
    layout, mapping = understand(sheet, Investor)
    made = ahead.drafts(sheet, layout, mapping)
    assert (made is not None) == kept
    if made is not None:
        assert list(made) == list(rows_to_records(sheet, layout, mapping))
    assert ahead.drafts(sheet, layout, mapping) is None

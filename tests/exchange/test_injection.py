"""No text becomes a formula, in .xlsx or .csv, and each comes back as it was."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.domain.guarded import guarded, unguarded
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.csv_writing import write_csv
from zhaoshang_desktop.exchange.formats import no_title
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.writing import register_column, write_register

BEGINNINGS = "=+-@\t\r\n\x00\x01\x0b\x1f'＝＋－＠"
NAUGHTY = (
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+cmd|' /C notepad'!A0",
        "-2+3",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        '=HYPERLINK("x")',
    ),
    *("'=1+1", "''=1", "'", "=", "-", "－5", "＝1+1", "\x00=1", "%0A=1", "=1\n=2", ";=1", ",=1", '"=1"', "_x003D_1"),
    *("1E+308", "NaN", "TRUE", "#REF!", "<script>", "&lt;", "]]>", "{{7*7}}", "$(id)", "../../etc", "\u202e=1", "0x41"),
    *("\ufeff=1", "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀", "👾 🙇", "Ω≈ç√∫˜µ≤≥÷", "　全角空格", "a\u2028b"),
)
texts = st.one_of(
    st.sampled_from(NAUGHTY),
    st.builds(
        lambda first, rest: first + rest,
        st.sampled_from(BEGINNINGS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
)
names = ["name", "note"]
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def records(several: list[str]) -> list[Investor]:
    return [Investor(id=n + 1, name=f"青禾{n}", note=text) for n, text in enumerate(several)]


@quick
@given(st.lists(texts, min_size=1, max_size=20))
def test_a_register_holds_texts_and_no_formulas(tmp_path: Path, several: list[str]) -> None:
    path = tmp_path / "a.xlsx"
    write_register(path, Investor, records(several), names, title="=1+1")
    with zipfile.ZipFile(path) as book:
        assert not re.search(rb"<f[ />]", book.read("xl/worksheets/sheet1.xml"))
    rows = read_workbook(path).sheets[0].rows
    assert rows[0][0] == "=1+1"
    assert [row[2] for row in rows[3:]] == several


@quick
@given(st.lists(texts, min_size=1, max_size=20))
def test_a_csv_has_no_cell_that_excel_would_reckon(tmp_path: Path, several: list[str]) -> None:
    path = tmp_path / "a.csv"
    columns = [register_column(Investor, name, {}, no_title, False) for name in names]
    write_csv(path, columns, records(several))
    assert not re.search(
        r"(^|,)\"?[=+\-@＝＋－＠]", path.read_text(encoding="utf-8-sig").split("\n", 1)[1].split(",")[1]
    )
    rows = read_workbook(path).sheets[0].rows
    assert [row[1] for row in rows[1:]] == several


@given(st.text())
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not re.match(r"[=+\-@\t\r]", guarded(text))


@pytest.mark.parametrize("text", ["'80后", "'", "it's", "5-3", ""])
def test_an_apostrophe_that_guards_nothing_stays(text: str) -> None:
    assert unguarded(text) == text

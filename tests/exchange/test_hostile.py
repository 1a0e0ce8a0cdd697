"""Files made to hurt a reader: each costs one sentence or is read, within ten seconds and one gigabyte.

Others' files lie in a folder outside the project, which ZHAOSHANG_HOSTILE names; where it does not, what the tests
make themselves has to do.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from tests.exchange.making import xlsx
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.reading import PasswordNeeded, read_workbook
from zhaoshang_desktop.exchange.sheet import Workbook

FOLDER = Path(os.environ.get("ZHAOSHANG_HOSTILE", ""))
FILES = (
    sorted(entry["file"] for entry in json.loads((FOLDER / "manifest.json").read_text("utf-8")))
    if (FOLDER / "manifest.json").is_file()
    else []
)
REFUSED = {"bomb__issue_594_dos.ods", "bomb__oleloop.xls", "bomb__poc-xmlbomb.xlsx", "csv__empty.csv"}
PASSWORDS = {
    "password__agile_AES256_SHA512_CBC_pwd_password.xlsx": "password",
    "password__protected_passtika.xlsx": "tika",
    "password__xor-encryption-abc.xls": "abc",
}
SECONDS, GIGABYTE = 10, 1 << 30

here = pytest.mark.skipif(not FILES, reason="the folder of hostile files is not here")


def read_or_refuse(path: Path) -> Workbook | KnownError:
    began = time.monotonic()
    try:
        answer: Workbook | KnownError = read_workbook(path)
    except KnownError as error:
        answer = error
    assert time.monotonic() - began < SECONDS
    assert _child_peak() < GIGABYTE
    assert isinstance(answer, Workbook) or path.name in answer.sentence
    return answer


def _child_peak() -> int:
    """The most memory any child has had so far, in bytes."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@here
@pytest.mark.parametrize("file", FILES)
def test_every_hostile_file_is_read_or_refused_in_time(file: str) -> None:
    answer = read_or_refuse(FOLDER / file)
    must_refuse = file in REFUSED or file in PASSWORDS or file.startswith("broken__")
    assert isinstance(answer, KnownError) == must_refuse


@here
@pytest.mark.parametrize("file", PASSWORDS)
def test_an_encrypted_file_asks_for_its_password(file: str) -> None:
    assert isinstance(read_or_refuse(FOLDER / file), PasswordNeeded)
    assert read_workbook(FOLDER / file, password=PASSWORDS[file]).sheets[0].rows
    with pytest.raises(PasswordNeeded, match="密码不对"):
        read_workbook(FOLDER / file, password="不是它")


ROWS = {
    "bomb__Test_LotsOfSheets.xlsx": 14,
    "bomb__2x6m.xlsx": 1,
    "dimension__59746_NoRowNums.xlsx": 71,
    "dimension__NoDimensionOrCellReferenceAttribute.xlsx": 7,
    "dimension__TestNoDimension.xlsx": 101,
    "disguise__SimpleStrict.xlsx": 6,
    "disguise__as3xls_BIFF2.xls": 10,
    "disguise__html_gb18030_as.xls": 1,
    "disguise__html_rowspan_as.xls": 2,
    "disguise__namespacenonstd.xlsx": 18,
    "disguise__ole_named_xlsx_TestIssue272.xlsx": 3,
    "csv__no_bom.csv": 11,
    "csv__premiere.utf16le.csv": 3,
    "csv__utf16le_bom.csv": 3,
    "cjk__Test_git_issue_231_NoCodePage.xls": 5,
    "strings__MalformedSSTCount.xlsx": 3,
    "strings__Test_git_issue_477_sst_zero_count.xls": 10,
    "macro__SimpleMacro.xlsm": 1,
}
"""How many rows the first sheet has (of the first, how many sheets): nothing claimed and left out."""


@here
@pytest.mark.parametrize("file", ROWS)
def test_all_rows_of_an_odd_file_are_read(file: str) -> None:
    sheets = read_workbook(FOLDER / file).sheets
    assert (len(sheets) if "LotsOfSheets" in file else len(sheets[0].rows)) == ROWS[file]
    assert not any(sheet.warning for sheet in sheets)


@here
def test_a_hidden_sheet_is_told() -> None:
    assert [sheet.visible for sheet in read_workbook(FOLDER / "hidden__TwoSheetsOneHidden.xlsx").sheets] == [
        False,
        True,
    ]


@here
def test_naughty_strings_come_byte_for_byte() -> None:
    lines = (FOLDER / "inject__blns.txt").read_text("utf-8").split("\n")
    rows = read_workbook(FOLDER / "inject__blns.txt").sheets[0].rows
    assert {row[0] for row in rows} >= {line for line in lines if line and '"' not in line and "\r" not in line}


@here
def test_dates_of_1904_are_not_four_years_off() -> None:
    sheet = read_workbook(FOLDER / "dates__roo_1904_base.xlsx").sheets[0]
    assert [str(row[0]) for row in sheet.rows] == ["2009-06-15", "2013-04-19"]


@here
def test_written_zeros_are_kept() -> None:
    assert read_workbook(FOLDER / "zeros__number_with_zero_prefix.xlsx").sheets[0].rows[0][0] == "0001"


@here
def test_a_byte_order_mark_is_not_glued_to_the_first_heading() -> None:
    assert read_workbook(FOLDER / "csv__office_bom.csv").sheets[0].rows[0][0] == "姓名"


@pytest.mark.parametrize("seed", range(12))
def test_a_workbook_with_broken_bytes_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(xlsx(tmp_path / "a.xlsx", [["名称", "金额"], *([f"企业{n}", n] for n in range(50))]).read_bytes())
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / "b.xlsx").write_bytes(data)
    read_or_refuse(tmp_path / "b.xlsx")


@pytest.mark.parametrize("seed", range(6))
def test_an_old_workbook_with_a_broken_chain_of_sectors_is_refused(tmp_path: Path, seed: int) -> None:
    """The first sectors of a compound file, its chains pointing anywhere."""
    chance = random.Random(seed)
    header = bytearray(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(478)
    )
    header[44:48] = (1).to_bytes(4, "little")
    header[76:80] = (0).to_bytes(4, "little")
    chains = b"".join(chance.choice((0, 1, 2, 0xFFFFFFFE)).to_bytes(4, "little") for _ in range(128))
    (tmp_path / "b.xls").write_bytes(bytes(header) + chains + bytes(512))
    assert isinstance(read_or_refuse(tmp_path / "b.xls"), KnownError)

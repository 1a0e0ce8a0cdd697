"""Sheets go out to the departments."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.actions.departments import (
    COLUMNS,
    FILLABLE,
    FIRST,
    UNITS,
    County,
    column,
    county,
    put,
    rows_of,
)
from zhaoshang_desktop.actions.gathering import units_of
from zhaoshang_desktop.actions.sending import SendingWish, file_name, send_out
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.followup import Progress
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.sending import Sending

__all__ = ["county"]


def test_each_department_gets_its_own_records_and_the_board_knows_whom_to_ring_up(county: County) -> None:
    sent = county.send(due=date(2026, 12, 5))
    assert {one.unit.name: one.count for one in sent.files} == dict.fromkeys(UNITS, 3)
    units = {one.name: one for one in units_of(county.office, sent.sending.id)}
    assert (units["工信局"].contact, units["工信局"].phone) == ("李想", "0539-8123400")
    assert {one.state for one in units.values()} == {"未回"}
    sheet = openpyxl.load_workbook(county.path("开发区")).worksheets[0]
    assert [row[2] for row in rows_of(sheet)] == ["项目1", "项目4", "项目7"]
    assert "2026-12-05" in sheet["A2"].value
    assert county.office.ledger(1)[0].deed.note == "11月项目进展"


def test_what_can_be_chosen_drops_down_and_what_is_locked_cannot_be_typed_into(county: County) -> None:
    county.send()
    book = openpyxl.load_workbook(county.path("工信局"))
    checks = {check.type: check for check in book.worksheets[0].data_validations.dataValidation}
    assert {"custom", "list", "decimal"} <= checks.keys()
    assert checks["custom"].formula1 == "FALSE"
    assert [sheet.sheet_state for sheet in book.worksheets[1:]] == ["veryHidden", "veryHidden"]
    assert book.worksheets[0].column_dimensions["B"].hidden
    assert not book.worksheets[0].protection.sheet
    county.send("加保护", protected=True)
    sheet = openpyxl.load_workbook(county.path("工信局")).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.cell(FIRST, column(sheet, "项目")).protection.locked
    assert not sheet.cell(FIRST, column(sheet, "总投资")).protection.locked


def test_a_progress_that_is_there_already_is_sent_and_changed(county: County) -> None:
    with county.office.transaction("进展") as tx:
        tx.save(Progress(project=county.project("项目3").id, month=When(2026, 11), state="谈着"))
        tx.save(Progress(project=county.project("项目3").id, month=When(2026, 10), state="旧的"))
    county.send()
    sheet = openpyxl.load_workbook(county.path("工信局")).worksheets[0]
    assert sheet.cell(FIRST, column(sheet, "目前进展")).value == "谈着"
    county.gather(county.edit("工信局", put("项目3", "目前进展", "签了")))
    assert sorted(one.state for one in county.progress("项目3")) == ["旧的", "签了"]


def test_a_sending_that_fails_leaves_no_file_and_no_record(county: County) -> None:
    folder = county.home / "下发"
    folder.mkdir()
    (folder / file_name("重名", "开发区")).write_text("别人的", encoding="utf-8")
    wish = SendingWish(Project, "重名", COLUMNS, FILLABLE, by="unit", month=When(2026, 11))
    with pytest.raises(KnownError, match="已经有"):
        send_out(county.office, wish, folder)
    assert [path.name for path in folder.iterdir()] == [file_name("重名", "开发区")]
    assert (folder / file_name("重名", "开发区")).read_text(encoding="utf-8") == "别人的"
    assert county.office.find(Query(Sending)) == []


def test_names_of_files_are_ones_that_windows_takes() -> None:
    assert file_name("进展", '开发区/“A”:*?"<>|') == "进展-开发区 “A”.xlsx"
    assert file_name("con", "全部") == "_con.xlsx"
    assert file_name("  . ", "全部") == "下发表.xlsx"
    assert len(file_name("长" * 300, "单位")) < 100


def test_one_workbook_for_all_needs_no_department(county: County) -> None:
    wish = SendingWish(
        Project, "全部项目", ("name", "note"), ("note",), keys=tuple(one.id for one in county.projects[:2])
    )
    sent = send_out(county.office, wish, county.home / "全部")
    assert [(one.path.name, one.count) for one in sent.files] == [("全部项目.xlsx", 2)]
    assert isinstance(sent.changes, Changes)

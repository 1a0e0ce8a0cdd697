"""Sheets come home from the departments, whatever was done to them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.actions.departments import (
    FIRST,
    HEAD,
    UNITS,
    County,
    add,
    both,
    column,
    county,
    nothing,
    put,
    put_rows,
    rows_of,
)
from zhaoshang_desktop.actions.gathered import carry_out
from zhaoshang_desktop.actions.gathering import plan_gathering
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.returned_file import Fate
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.sending import Sending
from zhaoshang_desktop.store.saving import StaleRecord

__all__ = ["county"]


def test_a_sheet_that_comes_back_untouched_changes_nothing(county: County) -> None:
    county.send()
    plan, done = county.gather(*(county.edit(unit, nothing) for unit in UNITS))
    assert (plan.changes, plan.conflicts, plan.missing, plan.problems, plan.new) == ([], [], [], [], None)
    assert not done.changes.touches("project", "progress")
    assert {county.state(unit) for unit in UNITS} == {"已回"}


def test_what_only_they_changed_is_taken_and_one_undo_takes_all_back(county: County) -> None:
    county.send()
    filled = both(
        put("项目3", "总投资", 5000), put("项目3", "目前进展", "已开工"), put("项目3", "本月完成", 120.5),
        put("项目6", "标识", "四新"),
    )  # fmt: skip
    county.gather(county.edit("工信局", filled), county.edit("开发区", put("项目1", "备注", "=1+1")))
    assert county.project("项目3").total == Money(5000 * 10**6)
    assert county.project("项目6").marks == ("四新",)
    assert county.project("项目1").raw == {"note": "=1+1"} or county.project("项目1").note == "=1+1"
    (told,) = county.progress("项目3")
    assert (told.state, told.month_invested, told.month) == ("已开工", Money(12050 * 10**4), When(2026, 11))
    assert told.unit == county.project("项目3").unit
    assert county.office.undo()
    assert county.project("项目3").total == Money(3 * 10**10)
    assert county.progress("项目3") == []
    assert county.state("工信局") == "未回"


def test_what_both_sides_changed_is_listed_with_all_three_values_and_the_clerk_decides(county: County) -> None:
    county.send()
    with county.office.transaction("改") as tx:
        project = county.project("项目3")
        project.total = Money(7 * 10**9)
        tx.save(project)
    back = county.edit("工信局", put("项目3", "总投资", 5000))
    plan, _ = county.gather(back)
    assert [(one.sent, one.came, one.now) for one in plan.conflicts] == [("30000", "5000", "7000")]
    assert county.project("项目3").total == Money(7 * 10**9)
    assert county.state("工信局") == "有问题"
    county.gather(back, theirs={0})
    assert county.project("项目3").total == Money(5000 * 10**6)
    assert county.state("工信局") == "已回"


def test_the_same_change_on_both_sides_is_nothing(county: County) -> None:
    county.send()
    with county.office.transaction("改") as tx:
        project = county.project("项目3")
        project.total = Money(5000 * 10**6)
        tx.save(project)
    plan, _ = county.gather(county.edit("工信局", put("项目3", "总投资", 5000)))
    assert (plan.changes, plan.conflicts) == ([], [])


def test_what_only_the_office_changed_stays(county: County) -> None:
    county.send()
    with county.office.transaction("改") as tx:
        project = county.project("项目3")
        project.note = "局里写的"
        tx.save(project)
    county.gather(county.edit("工信局", put("项目3", "总投资", 5000)))
    assert (county.project("项目3").note, county.project("项目3").total) == ("局里写的", Money(5000 * 10**6))


def test_what_nobody_understands_stays_as_text_beside_the_field(county: County) -> None:
    county.send()
    plan, _ = county.gather(county.edit("工信局", put("项目3", "总投资", "很多")))
    assert county.project("项目3").raw == {"total": "很多"}
    assert county.project("项目3").total == Money(3 * 10**10)
    assert [(one.field, one.text) for one in plan.problems] == [("总投资", "很多")]
    assert county.state("工信局") == "有问题"


def test_locked_columns_and_needed_cells_are_not_taken(county: County) -> None:
    county.send()
    plan, _ = county.gather(county.edit("工信局", put("项目3", "项目名称", "改了名")))
    assert ["锁定" in one.reason for one in plan.problems] == [True]
    assert county.project("项目3").name == "项目3"


def test_rows_may_be_sorted_and_columns_deleted_and_added(county: County) -> None:
    county.send()

    def work(sheet: Any) -> None:
        put("项目9", "总投资", 9)(sheet)
        put_rows(sheet, rows_of(sheet)[::-1])
        sheet.delete_cols(column(sheet, "标识"))
        sheet.insert_cols(3)
        sheet.cell(HEAD, 3).value = "股室"
        sheet.cell(FIRST, 3).value = "一股"

    plan, _ = county.gather(county.edit("工信局", work))
    assert county.project("项目9").total == Money(9 * 10**6)
    assert [(one.title, one.column.path) for one in plan.changes] == [("项目9", "total")]
    assert plan.gathered[0].notes == [
        "删掉了“标识”这一列，按没有改动处理", "自己加的“股室”列没有用上",
    ]  # fmt: skip


def test_rows_sorted_without_their_hidden_marks_are_known_by_their_names(county: County) -> None:
    county.send()

    def work(sheet: Any) -> None:
        put("项目9", "总投资", 9)(sheet)
        rows = rows_of(sheet)
        turned = rows[::-1]
        put_rows(sheet, [[*turned[n][:1], row[1], *turned[n][2:]] for n, row in enumerate(rows)])

    plan, _ = county.gather(county.edit("工信局", work))
    assert [(one.title, one.came) for one in plan.changes] == [("项目9", "9")]
    assert "已按名称对回" in plan.gathered[0].notes[0]


def test_a_row_whose_mark_is_gone_is_known_by_its_name_and_a_copied_row_is_new(county: County) -> None:
    county.send()

    def work(sheet: Any) -> None:
        put("项目3", "总投资", 5000)(sheet)
        rows = rows_of(sheet)
        rows[0][1] = None
        copy = list(rows[1])
        copy[2] = "项目6二期扩建工程"
        put_rows(sheet, [*rows, copy])

    plan, done = county.gather(county.edit("工信局", work))
    assert county.project("项目3").total == Money(5000 * 10**6)
    assert done.created == 1
    assert county.project("项目6二期扩建工程").unit == county.project("项目6").unit
    assert plan.missing == []


def test_new_rows_are_their_departments_and_go_through_duplicates(county: County) -> None:
    county.send()
    rows = both(
        add(("项目名称", "年产两万吨添加剂项目"), ("总投资", "1.2亿元"), ("目前进展", "在谈")),
        add(("项目名称", "项目1"), ("备注", "别的单位已经有了")),
        add(("总投资", 3)),
    )
    plan, done = county.gather(county.edit("工信局", rows))
    assert plan.new is not None
    assert [one.fate for one in plan.new.decisions] == ["created", "updated", "rejected"]
    made = county.project("年产两万吨添加剂项目")
    assert (made.total, made.unit) == (Money(12 * 10**9), county.project("项目3").unit)
    assert [one.state for one in county.progress("年产两万吨添加剂项目")] == ["在谈"]
    assert (done.created, done.filled) == (1, 1)
    assert county.project("项目1").note == "别的单位已经有了"


def test_missing_rows_are_told_and_nothing_happens_to_them_unless_somebody_says_so(county: County) -> None:
    county.send()

    def work(sheet: Any) -> None:
        put_rows(sheet, rows_of(sheet)[1:])

    back = county.edit("工信局", work)
    plan, _ = county.gather(back)
    assert [one.title for one in plan.missing] == ["项目3"]
    assert county.project("项目3").removed is None
    plan, done = county.gather(back, removed=[plan.missing[0].key])
    assert done.removed == 1
    assert "项目3" not in [one.name for one in county.office.find(Query(Project))]


@pytest.mark.parametrize(
    ("act", "fate", "said"),
    [
        ("renamed as another's", Fate.NEIGHBOUR, "文件名写的是“开发区”，里面却是发给“工信局”的表"),
        ("another's rows", Fate.NEIGHBOUR, "里面却是“开发区”的行"),
        ("ticket changed", Fate.TAMPERED, "登记页被改过"),
        ("marks changed", Fate.TAMPERED, "记号都被改过"),
        ("a stranger", Fate.UNKNOWN, "不是从这里下发的表"),
        ("broken", Fate.UNREADABLE, "损坏"),
        ("sending undone", Fate.UNKNOWN, "已经没有记录"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_by_name(county: County, act: str, fate: Fate, said: str) -> None:
    county.send()
    other = openpyxl.load_workbook(county.path("开发区")).worksheets[0]
    path = county.edit("工信局", put("项目3", "总投资", 5000))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    if act == "renamed as another's":
        path = Path(shutil.copy(path, county.home / "开发区11月.xlsx"))
    elif act == "another's rows":
        put_rows(sheet, rows_of(other))
        book.save(path)
    elif act == "ticket changed":
        ticket = book.worksheets[-1]
        ticket["A2"] = str(ticket["A2"].value).replace('"unit": "', '"unit": "9')
        book.save(path)
    elif act == "marks changed":
        for row in range(FIRST, FIRST + 3):
            sheet.cell(row, 2).value = str(sheet.cell(row, 2).value)[:-3] + "aak"
        book.save(path)
    elif act == "a stranger":
        book = openpyxl.Workbook()
        book.active.append(["企业名称", "电话"])
        book.save(path)
    elif act == "broken":
        path.write_bytes(path.read_bytes()[:3000])
    else:
        county.office.undo()
    plan, _ = county.gather(path)
    assert [one.fate for one in plan.files] == [fate]
    assert said in plan.files[0].reason
    assert county.project("项目3").total == Money(3 * 10**10)


def test_single_rows_of_a_neighbour_or_with_a_changed_mark_are_named_and_left(county: County) -> None:
    county.send()
    other = rows_of(openpyxl.load_workbook(county.path("开发区")).worksheets[0])

    def work(sheet: Any) -> None:
        rows = rows_of(sheet)
        rows[2][1] = str(rows[2][1])[:-3] + "aak"
        put_rows(sheet, [*rows, other[0]])

    plan, _ = county.gather(county.edit("工信局", work))
    assert sorted(one.reason for one in plan.problems) == [
        "这一行是“开发区”的，没有采用",
        "这一行的记号被改过，没有采用",
    ]
    assert [one.title for one in plan.missing] == ["项目9"]


def test_last_months_sheet_is_named_as_such(county: County) -> None:
    county.send("10月项目进展")
    old = county.edit("工信局", put("项目3", "总投资", 5000), name="工信局.xlsx")
    county.send("11月项目进展")
    plan, _ = county.gather(old, county.edit("开发区", nothing))
    assert [one.fate for one in plan.files] == [Fate.OTHER_SENDING, Fate.GATHERED]
    assert "《10月项目进展》" in plan.files[0].reason
    assert plan_gathering(county.office, [old]).files[0].fate is Fate.OTHER_SENDING, "alone it is last month's as well"
    first = min(county.office.find(Query(Sending)), key=lambda one: one.id)
    assert plan_gathering(county.office, [old], sending=first.id).files[0].fate is Fate.GATHERED


def test_a_sheet_of_another_office_is_not_taken_here(county: County, tmp_path: Path) -> None:
    county.send()
    office = new_office(tmp_path / "邻县.office", name="邻县")
    plan = plan_gathering(office, [county.path("工信局")])
    assert [one.fate for one in plan.files] == [Fate.OTHER_OFFICE]
    assert not carry_out(office, plan).changes
    office.close()


def test_the_same_file_twice_counts_once_and_two_answers_count_neither(county: County) -> None:
    county.send()
    back = county.edit("工信局", put("项目3", "总投资", 5000))
    copy = Path(shutil.copy(back, county.home / "工信局 (2).xlsx"))
    plan, _ = county.gather(back, copy)
    assert [one.fate for one in plan.files] == [Fate.GATHERED, Fate.TWICE]
    again, _ = county.gather(back)
    assert (again.changes, again.gathered[0].notes) == ([], ["这份表以前收过，内容没有再变"])
    other = county.edit("工信局", put("项目3", "总投资", 6000), name="工信局最终.xlsx")
    plan, _ = county.gather(back, other)
    assert [one.fate for one in plan.files] == [Fate.TWO_VERSIONS] * 2


def test_a_table_copied_into_a_new_workbook_or_saved_as_text_is_still_known(county: County) -> None:
    county.send()
    back = county.edit("工信局", put("项目3", "总投资", 5000))
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(back).worksheets[0].iter_rows()]
    fresh = openpyxl.Workbook()
    for row in rows[HEAD - 1 :]:
        fresh.active.append(row)
    fresh.save(county.home / "新的.xlsx")
    text = county.home / "另存.csv"
    lines = (",".join("" if cell is None else str(cell).replace("\n", " ") for cell in row) for row in rows)
    text.write_text("\n".join(lines), encoding="gb18030")
    for path in (county.home / "新的.xlsx", text):
        plan = plan_gathering(county.office, [path])
        assert [(one.title, one.came) for one in plan.changes] == [("项目3", "5000")], path
        assert plan.gathered[0].unit is not None


def test_a_cleared_cell_is_a_change_and_a_cleared_row_a_missing_one(county: County) -> None:
    county.send()

    def work(sheet: Any) -> None:
        put("项目3", "总投资", None)(sheet)
        rows = rows_of(sheet)
        put_rows(sheet, [rows[0], [rows[1][0], rows[1][1], *[None] * (len(rows[1]) - 2)], rows[2]])

    plan, _ = county.gather(county.edit("工信局", work))
    assert county.project("项目3").total is None
    assert [one.title for one in plan.missing] == ["项目6"]


def test_somebody_who_saves_meanwhile_is_not_overwritten(county: County) -> None:
    county.send()
    plan = plan_gathering(county.office, [county.edit("工信局", put("项目3", "总投资", 5000))])
    with county.office.transaction("改") as tx:
        project = county.project("项目3")
        project.note = "刚写的"
        tx.save(project)
    with pytest.raises(StaleRecord):
        carry_out(county.office, plan)
    assert county.project("项目3").note == "刚写的"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saved_in_another_format_comes_home(county: County, ending: str) -> None:
    county.send()
    back = county.edit("工信局", both(put("项目3", "总投资", 5000), add(("项目名称", "新项目十号工程"))))
    out = county.home / "另存"
    profile = (county.home / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, str(back)], check=True, capture_output=True, timeout=120)
    plan, done = county.gather(out / f"工信局交回.{ending}")
    assert [(one.title, one.came) for one in plan.changes] == [("项目3", "5000")]
    assert (plan.gathered[0].found is not None, done.created, plan.missing) == (True, 1, [])
    assert plan.gathered[0].found is not None
    assert plan.gathered[0].found.ticket is not None
    assert plan.problems == []

"""The report of an import."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.making import loaded, xlsx
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.report import write_report


def test_the_report_counts_lists_and_colours(tmp_path: Path) -> None:
    rows = [["企业名称", "员工数"], ["青禾有限公司", "很多"], ["=北塘", 5]]
    book = read_workbook(xlsx(tmp_path / "a.csv.xlsx", rows[:2]))
    problems = [
        CellProblem("名单", 2, "B", "员工数", "很多", "应是数字"),
        CellProblem("名单", 2, "A", "企业名称", "青禾", "疑似重复", True),
    ]
    write_report(tmp_path / "r.xlsx", book, problems, [("读到", 1), ("新建", 1)])
    report = loaded(tmp_path / "r.xlsx")
    assert report.sheetnames == ["汇总", "要看的单元格", "原表 名单"]
    assert [cell.value for cell in report["要看的单元格"][2]] == [
        "名单",
        2,
        "B",
        "员工数",
        "很多",
        "应是数字",
        "没有导入，原文留在字段旁",
    ]
    original = report["原表 名单"]
    assert original["B2"].value == "很多"
    assert original["B2"].fill.fgColor.rgb != original["A2"].fill.fgColor.rgb != original["A1"].fill.fgColor.rgb
    assert original["D2"].value == "B 列：应是数字；A 列：疑似重复"

"""zhaoshang sheets: out to the departments and home again, from scripts."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run


def out(run: Run, office: Path, folder: Path, *more: str) -> list[Path]:
    told = run(
        *("sheets", "out", "projects", "--office", office, "--by", "责任单位", "--out", folder, "--json", *more)
    )  # fmt: skip
    assert told.code == 0, told.err
    return [Path(one["file"]) for one in told.json["files"]]


def typed(path: Path, heading: str, value: object, to: Path) -> str:
    """The sheet with something typed into its first row; gives the name of that row's record."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[4] if str(cell.value).startswith(heading))
    sheet.cell(5, column).value = value
    book.save(to)
    return str(sheet.cell(5, 3).value)


def test_forty_sheets_go_out_and_come_home(run: Run, office: Path, tmp_path: Path) -> None:
    sheets = out(
        run, office, tmp_path / "下发", "--columns", "项目名称,责任单位,备注", "--fill", "备注", "--title", "核对"
    )
    assert len(sheets) > 1
    (tmp_path / "收回").mkdir()
    changed = typed(sheets[0], "备注", "已核对", tmp_path / "收回" / sheets[0].name)
    told = run("sheets", "home", tmp_path / "收回", "--office", office, "--json")
    assert told.code == 0, told.err
    home = told.json
    assert [(one["name"], one["came"]) for one in home["taken"]] == [(changed, "已核对")]
    assert [one["fate"] for one in home["files"]] == ["gathered"]
    assert [one["state"] for one in home["board"]].count("未回") == len(sheets) - 1
    assert run("show", "projects", changed, "--office", office, "--json").json["note"] == "已核对"
    board = run("sheets", "board", "--office", office)
    assert f"《核对》（{home['sending']['id']}）：{len(sheets)} 份，交回 1 份" in board.out


def test_what_happens_is_said_in_sentences(run: Run, office: Path, tmp_path: Path) -> None:
    sheets = out(run, office, tmp_path / "下发", "--columns", "项目名称,责任单位,总投资", "--fill", "总投资")
    back = tmp_path / sheets[0].name
    typed(sheets[0], "总投资", "待定", back)
    told = run("sheets", "home", back, "--office", office)
    assert (told.code, "比较了" in told.out, "“待定”" in told.out) == (0, True, True)
    assert "还没有交回" in told.out
    stranger = Path(shutil.copy(sheets[1], tmp_path / f"{sheets[0].stem}最终.xlsx"))
    told = run("sheets", "home", stranger, "--office", office)
    assert (told.code, "抄了邻单位" in told.out) == (1, True)


def test_a_trial_stores_nothing(run: Run, office: Path, tmp_path: Path) -> None:
    sheets = out(run, office, tmp_path / "下发", "--columns", "项目名称,备注", "--fill", "备注")
    back = tmp_path / sheets[0].name
    changed = typed(sheets[0], "备注", "试试", back)
    told = run("sheets", "home", back, "--office", office, "--dry-run", "--json")
    assert (len(told.json["taken"]), told.json["batch"]) == (1, None)
    assert run("show", "projects", changed, "--office", office, "--json").json["note"] != "试试"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("out", "projects", "--by", "颜色", "--out", "x"), 1, "没有“颜色”这一列"),
        (("out", "projects", "--by", "总投资", "--out", "x"), 1, "不能按“总投资”分"),
        (("out", "projects", "--out", "x", "--columns", "本期目前进展", "--fill", "本期目前进展"), 1, "写明是哪个月的"),
        (("out", "projects", "--out", "x", "--columns", "备注", "--fill", "总投资"), 1, "不在下发的列里"),
        (("out", "projects"), 2, "缺少 --out"),
        (("out", "projects", "--out", "x", "--due", "改天"), 2, "改天"),
        (("home",), 2, "缺少 FILE"),
        (("home", "没有.xlsx"), 1, ""),
        (("home", "没有.xlsx", "--sending", "去年的"), 1, "没有下发过“去年的”"),
        (("away",), 2, "away"),
        ((), 2, "缺少"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run,
    office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    where = ("--office", office) if arguments and arguments[0] != "away" else ()
    told = run("sheets", *arguments, *where)
    assert told.code == code, told.out + told.err
    assert said in told.out + told.err
    assert not (tmp_path / "x").exists() or not any((tmp_path / "x").iterdir())


def test_every_step_explains_itself(run: Run) -> None:
    for step in ("out", "home", "board"):
        told = run("sheets", step, "--help")
        assert (told.code, told.out.startswith(f"用法：zhaoshang sheets {step}")) == (0, True)

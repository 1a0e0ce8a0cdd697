"""zhaoshang demo: what it says, what it leaves, and what happens when something breaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import LOG, Told, run_command
from zhaoshang_desktop.cli.main import Windows


def broken(_office: Path, _folder: Path) -> Sequence[Path]:
    raise RuntimeError("no paint")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    """The demo in a folder; taking its pictures breaks, as a program may."""
    folder = tmp_path_factory.mktemp("demo") / "示例"
    return folder, run_command("demo", "--out", folder, "--no-window", windows=Windows(lambda _: 1, broken))


def test_it_says_what_it_does_step_by_step(made: tuple[Path, Told]) -> None:
    told = made[1].out
    steps = (
        "编出示例县清岚县（并不存在）",
        "写出 8 份来料表格",
        "导入客商",
        "补录",
        "排行程",
        "记录",
        "打印外出招商资料",
    )
    places = [told.index(step) for step in steps]
    assert places == sorted(places)


def test_it_leaves_an_office_its_workbooks_and_the_pack(made: tuple[Path, Told]) -> None:
    folder = made[0]
    assert (folder / "外出招商资料.pdf").read_bytes().startswith(b"%PDF")
    assert len(list((folder / "来料").iterdir())) == 8
    checked = run_command("check", "--office", folder / "清岚县.office", "--json")
    assert checked.code == 0
    counts = checked.json["counts"]
    assert (counts["investor"], counts["project"], counts["lead"], counts["expert"]) == (300, 80, 150, 40)
    assert (counts["unit"], counts["member"], counts["trip"], counts["team"]) == (6, 25, 3, 6)
    assert counts["visit"] > 400


def test_an_unexpected_error_is_a_sentence_with_the_log_and_ends_with_1(made: tuple[Path, Told]) -> None:
    told = made[1]
    assert told.code == 1
    assert told.err == f"程序出错了，这一步没有完成。详细记录在 {LOG}\n"


def test_a_second_one_in_the_same_folder_is_refused(made: tuple[Path, Told]) -> None:
    told = run_command("demo", "--out", made[0], "--no-window")
    assert told.code == 1
    assert "已经有一个示例办公室" in told.err

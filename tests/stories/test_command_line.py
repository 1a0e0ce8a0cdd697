"""A script's whole way, through real processes: from a folder of workbooks to a printed pack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhaoshang_desktop.actions.sample.books import write_books
from zhaoshang_desktop.actions.sample.county import sample_county

COMMAND = (sys.executable, "-m", "zhaoshang_desktop")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def came_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of workbooks that others sent."""
    folder = tmp_path_factory.mktemp("来料")
    write_books(sample_county(date(2026, 12, 2)), folder)
    return folder


class Script:
    """Runs commands on one office, on a system whose own encoding knows no Chinese."""

    def __init__(self, office: Path) -> None:
        self._office = office
        self._environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}

    def run(self, *arguments: object, code: int = 0) -> str:
        """What it printed; it must end with that code and, if it failed, say one sentence."""
        asked = [str(one) for one in (*COMMAND, *arguments, "--office", self._office)]
        done = subprocess.run(asked, capture_output=True, env=self._environment)
        said = done.stderr.decode("utf-8")
        assert done.returncode == code, said
        assert "Traceback" not in said
        return done.stdout.decode("utf-8") if code == 0 else said

    def json(self, *arguments: object) -> Any:
        return json.loads(self.run(*arguments, "--json"))


def test_a_script_goes_the_whole_way_from_workbooks_to_a_pack(came_in: Path, tmp_path: Path) -> None:
    script = Script(tmp_path / "清岚县.office")
    script.run("import", "units", came_in / "招商责任单位一览表.xlsx")
    script.run("import", "members", came_in / "招商人员花名册.xlsx")
    told = script.json("import", "investors", came_in / "长三角重点客商名录2026汇总稿.xlsx")
    assert told["rows_read"] == told["created"] == 220
    assert script.json("import", "investors", came_in / "商会会员企业推荐名单.xlsx")["duplicates"] == 3
    assert script.json("import", "projects", came_in / "储备在谈签约项目台账2026.xlsx")["created"] == 80

    found = script.json("search", "新材料", "--library", "investors")
    shown = script.json("show", "investors", found[0]["id"])
    assert shown["name"] == found[0]["name"]
    assert shown["contacts"]

    wish = {
        "name": "新材料链小分队",
        "purpose": "走访新材料链目标企业",
        "start": "2026-12-07",
        "end": "2026-12-09",
        "base": "370400",
        "targets": [one["id"] for one in found[:4]],
        "members": ["张敏", "王磊", "李想", "陈燕"],
    }
    (tmp_path / "外出.json").write_text(json.dumps(wish, ensure_ascii=False), encoding="utf-8")
    trip = script.run("trip", "new", tmp_path / "外出.json").strip()
    planned = script.json("plan", trip)
    assert planned["placed"] + len(planned["left_out"]) == 4
    assert "已写到" in script.run("brief", "新材料链", "--out", tmp_path / "资料.pdf")
    assert (tmp_path / "资料.pdf").read_bytes().startswith(b"%PDF")

    script.run("export", "investors", tmp_path / "登记册.xlsx")
    assert "全部完好" in script.run("check")


def test_a_script_can_tell_what_went_wrong_by_the_exit_code(came_in: Path, tmp_path: Path) -> None:
    script = Script(tmp_path / "新.office")
    assert "找不到文件“没有.xlsx”" in script.run("import", "investors", tmp_path / "没有.xlsx", code=1)
    assert "用法不对" in script.run("import", "customers", came_in, code=2)
    assert "找不到办公室文件" in script.run("check", code=1)
    assert list(tmp_path.iterdir()) == []


def test_two_scripts_that_begin_an_office_at_once_fill_the_same_one(came_in: Path, tmp_path: Path) -> None:
    office, book = tmp_path / "新.office", came_in / "长三角重点客商名录2026汇总稿.xlsx"
    asked = [*COMMAND, "import", "investors", str(book), "--office", str(office), "--json"]
    running = [subprocess.Popen(asked, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(3)]
    told = [json.loads(one.communicate()[0]) for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sorted(one["created"] for one in told) == [0, 0, 220]
    assert "全部完好" in Script(office).run("check")

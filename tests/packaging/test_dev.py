"""The script that README names, as far as it goes without preparing anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def dev(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "packaging/dev.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, encoding="utf-8")


def test_help_names_every_command() -> None:
    done = dev("--help")
    assert done.returncode == 0
    for name in ("demo", "run", "test", "bench", "proof", "forms"):
        assert f"  {name}" in done.stdout


def test_an_unknown_command_is_wrong_usage_and_says_which_there_are() -> None:
    done = dev("tset")
    assert done.returncode == 2
    assert "'tset'" in done.stderr
    assert "test" in done.stderr


def test_no_command_is_wrong_usage() -> None:
    assert dev().returncode == 2


def test_help_speaks_chinese_through_a_pipe_of_windows() -> None:
    assert "招商桌面" in dev("--help", PYTHONIOENCODING="cp1252").stdout


def test_a_file_is_looked_for_where_one_stands(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("企业名称\n青禾新材料有限公司\n", encoding="utf-8")
    here = "import sys; sys.path.insert(0, sys.argv[1]); from steps import program; program.window(sys.argv[2:])"
    given = ["import", "investors", "名单.csv", "--office", "清岚县.office"]
    command = [sys.executable, "-c", here, ROOT / "packaging", *given]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"DISPLAY": ":0"}, check=True)
    assert (tmp_path / "清岚县.office").is_file()

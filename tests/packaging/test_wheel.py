"""What is built is the whole program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_the_program_its_resources_and_its_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"zhaoshang = zhaoshang_desktop.__main__:main" in wheel.read(entry)
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "zhaoshang_desktop").rglob("*.py")}
    resources = {
        f"zhaoshang_desktop/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert package <= names
    assert resources <= names

"""The compiled forms are what their .ui files say, and none of them lies about unused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "zhaoshang_desktop"


def test_compiled_forms_are_those_of_the_ui_files() -> None:
    command = [sys.executable, "packaging/compile_forms.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_form_has_a_user() -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE / "ui" / "forms"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [
        form.name
        for form in (ROOT / "forms").glob("*.ui")
        if f"ui.forms.{form.stem} import" not in text and f"ui.forms import {form.stem}" not in text
    ]
    assert not unused

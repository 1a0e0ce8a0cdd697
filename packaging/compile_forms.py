"""Compiles forms/*.ui into zhaoshang_desktop/ui/forms; with --check only says which compiled form is not its .ui's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
IMPORT = re.compile(r"^from (?P<module>PySide6\.\w+) import \((?P<names>[^)]*)\)\n", re.MULTILINE)
COMPILED = ROOT / "zhaoshang_desktop" / "ui" / "forms"


def compiler() -> Path:
    """Qt's own uic as it lies in the wheel; the pyside6-uic script is only a wrapper that prints and exits."""
    home = Path(PySide6.__file__).parent
    return next(path for path in (home / "Qt/libexec/uic", home / "uic.exe", home / "uic") if path.exists())


def compiled(form: Path) -> str:
    """The Python that belongs to a .ui file."""
    done = subprocess.run(
        [str(compiler()), "-g", "python", form.name], cwd=form.parent, capture_output=True, encoding="utf-8", check=True
    )
    return without_unused_imports(done.stdout.replace("\r\n", "\n"))


def without_unused_imports(source: str) -> str:
    """uic imports whatever it might need; every class so named is made, and the first window waits for it."""

    def kept(statement: re.Match[str]) -> str:
        names = [name for name in re.findall(r"\w+", statement["names"]) if re.search(rf"\b{name}\b", rest)]
        return f"from {statement['module']} import {', '.join(names)}\n" if names else ""

    rest = IMPORT.sub("", source)
    return IMPORT.sub(kept, source)


def main(arguments: list[str]) -> int:
    """0, or with --check 1 when a form has drifted."""
    wanted = {f"{form.stem}.py": compiled(form) for form in sorted((ROOT / "forms").glob("*.ui"))}
    present = {path.name: path.read_text(encoding="utf-8") for path in COMPILED.glob("*.py") if path.stem != "__init__"}
    drifted = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in arguments:
        for name in drifted:
            print(f"{name} is not what forms/{Path(name).stem}.ui compiles to: run packaging/dev.py forms")
        return int(bool(drifted))
    for name in drifted:
        if name in wanted:
            COMPILED.mkdir(parents=True, exist_ok=True)
            (COMPILED / name).write_text(wanted[name], encoding="utf-8", newline="\n")
            print(f"compiled {name}")
        else:
            (COMPILED / name).unlink()
            print(f"removed {name}, whose .ui is gone")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

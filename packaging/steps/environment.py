"""The virtual environment: made once, filled from the lock file, and stamped so that the next run is instant."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import sys
from pathlib import Path

from steps import system
from steps.project import LOCK, ROOT, VENV, Stop, must, say, venv_python

STAMP = VENV / "installed"


def prepare() -> None:
    """Bring .venv to what requirements.lock and pyproject.toml say, if it is not there already."""
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    need_system()
    if not venv_python().exists():
        make_venv()
    say("Installing the locked dependencies (a few minutes the first time) ...")
    pip("install", "--require-hashes", "--only-binary=:all:", "-r", LOCK)
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(fingerprint(), encoding="utf-8")
    say("Ready.")


def fingerprint() -> str:
    """What the environment depends on: the lock, the package's own description, its Python and its place."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    digest.update(f"{venv_python().resolve()} {ROOT}".encode())
    return digest.hexdigest()


def need_system() -> None:
    """Everything the system has to bring, asked for at once."""
    packages = system.missing_libraries()
    if not venv_python().exists() and importlib.util.find_spec("ensurepip") is None:
        if sys.platform != "linux":
            raise Stop("This Python makes no virtual environments: please install 3.12 from python.org.")
        packages.append("python3-venv")
    if packages:
        system.install(packages, "open windows and draw pages with Qt")


def make_venv() -> None:
    """Anew, in the place of one whose Python is gone."""
    say("Making .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    must([sys.executable, "-m", "venv", VENV], "make the virtual environment")


def pip(*arguments: str | Path) -> None:
    """Stop with pip's own words when it fails."""
    must(
        [venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments],
        "install what the project needs",
    )

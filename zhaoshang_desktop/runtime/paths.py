"""Where things lie: what ships with the program, and what belongs to the person at the PC.

ZHAOSHANG_HOME, when set, is the one folder for everything personal (tests, portable use).
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from zhaoshang_desktop.runtime import process

NAME = "zhaoshang"
HOME_VARIABLE = "ZHAOSHANG_HOME"
_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def resources() -> Path:
    """The shipped files: inside the installed package, or beside it in a working copy."""
    places = (_PACKAGE / "resources", _PACKAGE.parent / "resources")
    return next((place for place in places if place.is_dir()), places[0])


def resource(*parts: str) -> Path:
    """A shipped file, for example `resource("fonts", "NotoSansSC-Regular.ttf")`."""
    return resources().joinpath(*parts)


def settings_folder() -> Path:
    """Made when missing: %LOCALAPPDATA%\\zhaoshang on Windows, the XDG places elsewhere."""
    return _made(_personal("XDG_CONFIG_HOME", ".config"))


def logs_folder() -> Path:
    """Where the program writes what it did; made when missing."""
    return _made(_personal("XDG_STATE_HOME", ".local/state") / "logs")


def opened_folder() -> Path:
    """Where this process lays copies of attachments to be looked at; not made, and cleared when the office is left."""
    return _personal("XDG_STATE_HOME", ".local/state") / "opened" / process.mark()


def looked_folder() -> Path:
    """Where this process lays copies of backups that somebody looks at; not made, and cleared when they are closed."""
    return _personal("XDG_STATE_HOME", ".local/state") / "looked" / process.mark()


def passing_folder() -> Path:
    """Where processes lay what they need only for a moment, each in a folder of its own; not made."""
    return _personal("XDG_STATE_HOME", ".local/state") / "passing"


def offices_folder() -> Path:
    """Where a new office is offered to be kept: the person's documents."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return _made(Path(home) / "offices")
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def real(where: str) -> str:
    """The file that a place names, past the links on the way: what is put in its place, or laid beside it, belongs
    there. A place without links stays as it is written (to resolve it on Windows would turn the letter of a drive into
    what that stands for), and so does a URL. OSError for a place in a folder that is gone."""
    if not where or "://" in where:
        return where
    whole = Path(where).absolute()
    has_link = any(os.path.islink(part) for part in (whole, *whole.parents))  # noqa: PTH114 - never raises
    return os.path.realpath(whole) if has_link else where


def _personal(variable: str, below_home: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / NAME
    return Path(os.environ.get(variable) or Path.home() / below_home) / NAME


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder

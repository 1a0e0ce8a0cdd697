"""What the program remembers of its last use: offices, windows, choices.

Small, personal to the PC and of no weight: a damaged file is set aside and everything starts as
new. Nothing of an office's records is kept here.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.runtime.files import replace_file

FILE_NAME = "settings.json"
SECOND = "backup.second"
"""The choice of a second place for backups: a folder."""
_RECENT = 10
_log = logging.getLogger(__name__)


@dataclass
class Settings:
    """`windows` holds geometry and state by window name (base64), `choices` the last answer by question."""

    recent_offices: list[str] = field(default_factory=list)
    windows: dict[str, str] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    theme: str = "system"
    text_size: int = 0

    def opened(self, office: str) -> None:
        """Put an office at the head of those lately opened."""
        others = [other for other in self.recent_offices if other != office]
        self.recent_offices = [office, *others][:_RECENT]

    def forget(self, office: str) -> None:
        """Drop an office that is no longer there."""
        self.recent_offices = [other for other in self.recent_offices if other != office]


def load(file: Path | None = None) -> Settings:
    """The settings as last saved; new ones when there are none or they cannot be read."""
    file = file or paths.settings_folder() / FILE_NAME
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _set_aside(file, error)
        return Settings()
    return _typed(stored if isinstance(stored, dict) else {})


def save(settings: Settings, file: Path | None = None) -> None:
    """Write them whole or not at all; a disk that refuses is logged, never in the user's way."""
    file = file or paths.settings_folder() / FILE_NAME
    data = json.dumps(dataclasses.asdict(settings), ensure_ascii=False, indent=1).encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, lambda out: out.write(data))
    except OSError:
        _log.warning("settings were not saved", exc_info=True)


def _typed(stored: dict[str, Any]) -> Settings:
    """Each value that has the type of its default; the rest as new."""
    settings = Settings()
    for name, default in dataclasses.asdict(settings).items():
        value = stored.get(name, default)
        if type(value) is type(default):
            setattr(settings, name, value)
    settings.recent_offices = [office for office in settings.recent_offices if isinstance(office, str)]
    settings.windows = {name: state for name, state in settings.windows.items() if isinstance(state, str)}
    return settings


def _set_aside(file: Path, error: Exception) -> None:
    _log.warning("settings could not be read and start as new: %s", error)
    try:
        file.replace(file.with_name(file.name + ".damaged"))
    except OSError:
        _log.warning("the damaged settings stay where they are", exc_info=True)

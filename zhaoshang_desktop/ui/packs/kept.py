"""What was decided about a pack and is not merged yet, kept with the settings, whatever closes the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from zhaoshang_desktop.actions.homecoming import Homecoming
from zhaoshang_desktop.domain.homecoming import Choice, RecordKey

_NEW = "new"


def keep(settings: dict[str, Any], home: Homecoming) -> None:
    """Every chosen side, and for every double which record it is said to be."""
    chosen = [[choice.noun, str(choice.key), choice.field, side] for choice, side in home.choices.items()]
    doubles = [
        [twin.new.noun, str(twin.new.key), "", str(twin.key) if twin.new in home.same else _NEW] for twin in home.twins
    ]
    settings[_place(home)] = json.dumps(chosen + doubles, ensure_ascii=False)


def take_up(settings: Mapping[str, Any], home: Homecoming) -> None:
    """Decide what was decided before; a double that looks like another record now is asked about anew."""
    goals = {twin.new: str(twin.key) for twin in home.twins}
    for noun, key, field, said in json.loads(str(settings.get(_place(home), "[]"))):
        new = RecordKey(noun, int(key))
        if field:
            home.choices[Choice(noun, int(key), field)] = said
        elif said == _NEW:
            home.same.discard(new)
        elif said == goals.get(new):
            home.same.add(new)


def forget(settings: dict[str, Any], home: Homecoming) -> None:
    """It is merged."""
    settings.pop(_place(home), None)


def _place(home: Homecoming) -> str:
    return f"homecoming.{home.cargo.code}"

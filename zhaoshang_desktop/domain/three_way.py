"""Three sides of one value: what was sent, what came back, what the office has now."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Side(Enum):
    """What a three-way comparison says is to be done."""

    NOTHING = "nothing"
    THEIRS = "theirs"
    CONFLICT = "conflict"


def compare(base: Any, theirs: Any, ours: Any) -> Side:
    """NOTHING where they left it or both say the same, THEIRS where only they changed it, else CONFLICT."""
    if theirs in (base, ours):
        return Side.NOTHING
    return Side.THEIRS if ours == base else Side.CONFLICT

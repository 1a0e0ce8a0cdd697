"""What every record has, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

LARGEST_KEY = 2**63 - 1


def read_key(text: str) -> int:
    """The key that a text spells; 0, which is nobody's, when it spells none."""
    key = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST_KEY)) else 0
    return key if key <= LARGEST_KEY else 0


@dataclass(kw_only=True, slots=True)
class Record:
    """A row of the store.

    `id` is a 63-bit key, 0 until it is saved; `version` counts saves; `removed` is when it went
    to the recycle bin (UTC); `raw` keeps, by field name, the text that nobody could understand.
    """

    NOUN: ClassVar[str] = ""
    TITLE: ClassVar[str] = "name"
    OWNER: ClassVar[str] = ""

    id: int = 0
    version: int = 0
    created: datetime | None = None
    updated: datetime | None = None
    removed: datetime | None = None
    raw: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a person calls this record."""
        return str(getattr(self, self.TITLE) or "")

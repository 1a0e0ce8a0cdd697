"""What every record has, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar


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

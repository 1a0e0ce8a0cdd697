"""Values as they stand in a file that nobody vouches for: can they be what they are said to be?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Text

from zhaoshang_desktop.domain.spec import Field
from zhaoshang_desktop.store.columns import Stored, decode, encode, form_of
from zhaoshang_desktop.store.tables import moment


def moment_of(text: Any) -> datetime | None:
    """The moment that a stamp tells; None when it tells none."""
    try:
        return moment(text)
    except (AttributeError, TypeError, ValueError):
        return None


def is_raw(value: Any) -> bool:
    """Is it what the texts that were not understood are kept as?"""
    try:
        texts = json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return isinstance(texts, dict) and all(isinstance(text, str) and "\0" not in text for text in texts.values())


def holds(field: Field, value: Stored) -> bool:
    """Can the field hold that? (Its kind reads it, and would write the same.)"""
    if isinstance(form_of(field).type, Text) and (not isinstance(value, str) or "\0" in value):
        return False
    try:
        return bool(encode(field, decode(field, value)) == value)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return False

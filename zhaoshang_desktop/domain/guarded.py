"""Texts in files where a program would take some of them for formulas (.csv): guarded by an apostrophe, and back."""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\x00-\x1f]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\x00-\x1f]")


def guarded(text: str) -> str:
    """With an apostrophe before what begins like a formula or with a control character."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The text again, as it was before."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text

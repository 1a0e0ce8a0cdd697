"""The recovery key as it stands on paper: groups of five, each with its own check, so that a slip is found where it is.

32 letters and digits that are not mistaken for one another; I and L are read as 1, O as 0. Four of a group carry 20
bits, the fifth checks them and the group's place: one wrong symbol, two neighbours exchanged and two groups exchanged
are noticed.
"""

from __future__ import annotations

import secrets
import unicodedata

from zhaoshang_desktop.domain.errors import KnownError

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
_SIGNS = 4
_BITS = 5
_READ_AS = str.maketrans("ILO", "110")
_LENGTH = GROUPS * (_SIGNS + 1)


def recovery_text() -> tuple[bytes, str]:
    """A fresh key of 160 bits and its text."""
    raw = secrets.token_bytes(GROUPS * _SIGNS * _BITS // 8)
    return raw, written(raw)


def written(raw: bytes) -> str:
    """The text of a key: ABCD5-…"""
    number = int.from_bytes(raw, "big")
    values = [number >> (_BITS * place) & 31 for place in reversed(range(GROUPS * _SIGNS))]
    groups = (values[start : start + _SIGNS] for start in range(0, len(values), _SIGNS))
    return "-".join(
        "".join(SYMBOLS[value] for value in [*group, _check(place, group)]) for place, group in enumerate(groups)
    )


def read_recovery(text: str) -> bytes | None:
    """The key that a text is; None when it is no recovery key, a passphrase for example."""
    try:
        return recovery_bytes(text)
    except KnownError:
        return None


def recovery_bytes(text: str) -> bytes:
    """The key that a text is; KnownError says what was mistyped."""
    plain = _plain(text)
    foreign = next((letter for letter in plain if letter not in SYMBOLS), "")
    if foreign:
        raise KnownError(f"恢复密钥里没有“{foreign}”这个字符。", "请对照纸上再看一遍。")
    if len(plain) != _LENGTH:
        raise KnownError(
            f"恢复密钥共 {GROUPS} 组，每组 {_SIGNS + 1} 位，现在一共是 {len(plain)} 位。", "请对照纸上再看一遍。"
        )
    number = 0
    for place in range(GROUPS):
        *group, check = (SYMBOLS.index(sign) for sign in plain[place * 5 : place * 5 + 5])
        if check != _check(place, group):
            raise KnownError(f"恢复密钥的第 {place + 1} 组写错了。", "请对照纸上再看一遍。")
        for value in group:
            number = number << _BITS | value
    return number.to_bytes(GROUPS * _SIGNS * _BITS // 8, "big")


def _plain(text: str) -> str:
    upper = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    return "".join(letter for letter in upper if not letter.isspace() and letter not in "-‐‑–—－_.·")


def _check(place: int, group: list[int]) -> int:
    """Odd weights: any one wrong symbol changes the sum."""
    return (place + sum(weight * value for weight, value in zip((1, 3, 5, 7), group, strict=True))) % 32

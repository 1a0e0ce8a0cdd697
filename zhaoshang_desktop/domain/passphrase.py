"""How hard a passphrase is to guess, in words: an estimate that rather errs to the weak side.

It counts what a guesser would count: a word everybody uses, a date, a telephone number, a row of keys and a repetition
are cheap; what is left counts by how many signs of its sort there are. argon2id lets a PC try about three a second, and
a rented hall of machines some hundred thousand; the words are for the latter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import log2

STILL_CLEAR = (
    "U盘和其他文件夹里的旧备份、已经导出的表格和 PDF 仍是明文，请自己处理。磁盘上删掉的旧文件有可能被恢复，"
    "电脑最好同时开着 BitLocker。"
)
"""What who encrypts an office must know, at the window and at the command line."""
_COMMON = (
    *("password", "passw0rd", "admin", "root", "qwerty", "iloveyou", "welcome", "letmein", "abc123", "zhaoshang"),
    *("woaini", "wodemima", "mima", "5201314", "1314520", "520", "666", "888", "招商", "密码", "招商局", "投资促进局"),
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "1qaz2wsx3edc4rfv")
_DATE = re.compile(r"(?:19|20)\d\d[-./年]?(?:1[0-2]|0?[1-9])[-./月]?(?:3[01]|[12]\d|0?[1-9])日?|(?:19|20)\d\d")
_PHONE = re.compile(r"1[3-9]\d{9}")
_REPEATED = re.compile(r"(.{1,4}?)\1{1,}")
_SORTS = ((str.isdigit, 10), (str.islower, 26), (str.isupper, 26))
_WORD_BITS, _DATE_BITS, _PHONE_BITS, _HAN_BITS, _SIGN_BITS = 5.0, 14.0, 22.0, 7.0, 5.0


@dataclass(frozen=True)
class Strength:
    """`level` 0 (too weak to be taken) to 3; `words` say it, `advice` what would help ("" when nothing is needed)."""

    level: int
    words: str
    advice: str


def strength(passphrase: str) -> Strength:
    """What a passphrase is worth."""
    found = bits(passphrase)
    if found < 28:
        return Strength(0, "太容易猜", "用四五个不相干的词的全拼，好记又难猜。")
    if found < 45:
        return Strength(1, "偏弱", "电脑丢了，有心人能试出来。再加一两个词。")
    if found < 65:
        return Strength(2, "够用", "")
    return Strength(3, "很好", "")


def bits(passphrase: str) -> float:
    """The binary logarithm of how many guesses it takes, roughly."""
    rest = unicodedata.normalize("NFKC", passphrase).strip()
    total = 0.0
    for pattern, worth in ((_PHONE, _PHONE_BITS), (_DATE, _DATE_BITS)):
        rest, count = pattern.subn("\0", rest)
        total += worth * count
    for word in sorted(_COMMON, key=len, reverse=True):
        rest, count = re.subn(re.escape(word), "\0", rest, flags=re.IGNORECASE)
        total += _WORD_BITS * count
    rest = _REPEATED.sub(lambda found: found[1] + "\0", rest)
    return total + _plain_bits(_without_rows(rest))


def _without_rows(text: str) -> str:
    """Neighbours on the keyboard or in the alphabet count as one sign."""
    kept: list[str] = []
    for sign in text:
        before = kept[-1].casefold() if kept else ""
        if before and any(before[-1] + sign.casefold() in row or sign.casefold() + before[-1] in row for row in _ROWS):
            kept[-1] = sign  # the row goes on
            continue
        kept.append(sign)
    return "".join(kept)


def _plain_bits(text: str) -> float:
    signs = [sign for sign in text if sign != "\0" and not sign.isspace()]
    plain = [sign for sign in signs if sign.isascii() and sign.isalnum()]
    alphabet = sum(size for test, size in _SORTS if any(test(sign) for sign in plain))
    han = sum(not sign.isascii() for sign in signs)
    other = len(signs) - len(plain) - han
    return len(plain) * log2(alphabet or 1) + han * _HAN_BITS + other * _SIGN_BITS

"""Text as the program compares it."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u3000\ufeff\u200b]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = {0xFEFF: " ", 0x200B: " "}


def tidy(text: str) -> str:
    """Without control characters, outer space and doubled spaces; otherwise as typed."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", "".join(c for c in text if c == "\n" or c == "\t" or ord(c) >= 32)).strip()


def readable(text: str) -> str:
    """A file's name or an argument as a person reads it.

    Where they are written in another encoding than the system's (GBK from an old archive), Python
    carries their bytes as lone surrogates, which neither a database nor a workbook takes.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _with_bytes_read(text)
    return text


def storable(text: str) -> str:
    """Without what no database takes: NUL goes, half a character becomes the sign for an unreadable one."""
    return text if text.isprintable() else readable(text).replace("\0", "")


def _with_bytes_read(text: str) -> str:
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # of no encoding's bytes, as a name on Windows or "\ud800" in JSON can have them
        return _LONE_SURROGATE.sub("\ufffd", text)
    return raw.decode("gb18030" if _is_gb18030(raw) else "utf-8", "replace")


def _is_gb18030(raw: bytes) -> bool:
    for encoding, is_so in (("utf-8", False), ("gb18030", True)):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return is_so
    return False


def folded(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, no spaces at the ends."""
    if text.isalnum() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text.lower()
    plain = unicodedata.normalize("NFKC", text)
    if "\ufeff" in plain or "\u200b" in plain:
        plain = plain.translate(_UNSEEN)
    return " ".join(plain.split()).lower()


def unstretched(name: str) -> str:
    """A person's name without the spaces that make it as wide as its neighbours: 张　敏."""
    parts = name.split()
    return "".join(parts) if 2 <= len(parts) <= 3 and all(len(p) == 1 and _is_chinese(p) for p in parts) else name


def unbroken(name: str) -> str:
    """A firm's name without what parts Chinese characters: a line break, or somebody's justification."""
    whole, *parts = name.split() or [""]
    for part in parts:
        joined = all(_is_chinese(sign) or sign in "（）()" for sign in (whole[-1], part[0]))
        whole += part if joined else f" {part}"
    return whole


def _is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"


def words(text: str) -> tuple[str, ...]:
    """Words set apart by spaces, for long lists of aliases."""
    return tuple(text.split())

"""Names of files as they may stand on any PC: what came from elsewhere is made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from zhaoshang_desktop.domain.text import readable

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
_UNNAMED = "未命名"
PROGRAMS = frozenset(
    ".exe .com .bat .cmd .msi .msp .msix .appx .scr .pif .cpl .hta .js .jse .vbs .vbe .wsf .wsh .ps1 .psm1 .reg .lnk "
    ".url .jar .dll .sys .scf .inf .gadget .application .appref-ms .chm .iso .img .vhd .vhdx .desktop .sh .run".split()
)
"""Endings that Windows and other systems would run, or that lead elsewhere, rather than show."""


def safe_name(name: str) -> str:
    """The last part of a path or a name, without anything that a file system, a shell or an eye stumbles over.

    Characters that turn the direction of writing, as in "图片gpj.exe", are taken out like control characters.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", readable(name)).rstrip("/\\ "))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co"))
    plain = _FORBIDDEN.sub("_", seen).strip().rstrip(". ")
    stem, ending = split_ending(plain)
    stem = stem.strip().rstrip(". ") or _UNNAMED
    if _RESERVED.match(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return stem[: LONGEST - len(ending)].rstrip(". ") + ending


def split_ending(name: str) -> tuple[str, str]:
    """ "合同.pdf" as "合同" and ".pdf"; an ending is short and has no spaces."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not 0 < len(ending) <= 12 or not ending.isalnum():
        return name, ""
    return stem, f".{ending}"


def is_program(name: str) -> bool:
    """Would opening this file run something?"""
    return split_ending(name)[1].lower() in PROGRAMS


def free_name(name: str, taken: Container[str]) -> str:
    """The name, or "合同 (2).pdf" when there is one of that name; `taken` is in lower case."""
    stem, ending = split_ending(name)
    number, wanted = 1, name
    while wanted.lower() in taken:
        number += 1
        wanted = f"{stem} ({number}){ending}"
    return wanted


def size_text(size: int) -> str:
    """So many bytes as people say it: "320 KB", "1.4 MB"."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024**2:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024**2:,.1f} MB"

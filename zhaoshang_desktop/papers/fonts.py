"""The fonts papers are printed with: the official ones where the PC has them, else the free ones that ship.

A character that a font lacks is taken from another; one that no font has is printed as what Unicode calls
its equal (𝐀 as A), else as 〓, the typesetter's mark for a missing character, and reported. Every font is
embedded as a subset.
"""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.papers.look import Role
from zhaoshang_desktop.runtime.paths import resource

OFFICIAL_FILES: dict[str, tuple[str, ...]] = {
    "fangsong": ("simfang.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf"),
    "heiti": ("simhei.ttf",),
    "kaiti": ("simkai.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf"),
    "xiaobiaosong": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),
    "songti": ("simsun.ttc", "simsun.ttf"),
}
FREE_FILES = {
    "sans": "NotoSansSC-Regular.ttf",
    "sans-bold": "NotoSansSC-Bold.ttf",
    "serif": "NotoSerifSC-Regular.ttf",
    "serif-bold": "NotoSerifSC-Bold.ttf",
    "kai": "LXGWWenKai-Regular.ttf",
}
LAST_RESORT = ("seguisym.ttf", "seguiemj.ttf", "malgun.ttf", "simsunb.ttf", "arial.ttf", "dejavusans.ttf")
ROLES: dict[Role, tuple[str, str]] = {
    "body": ("fangsong", "serif"),
    "strong": ("heiti", "serif-bold"),
    "heading": ("heiti", "sans-bold"),
    "label": ("heiti", "sans"),
    "title": ("xiaobiaosong", "serif-bold"),
    "kai": ("kaiti", "kai"),
    "number": ("songti", "serif"),
}
MISSING = "〓"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_DROPPED_IF_MISSING = frozenset({"Mn", "Me", "Sk", "Cn", "Co"})


class Embedded(TTFont):
    """A TrueType font whose text can be copied from the PDF, rare characters beyond U+FFFF too."""

    def addObjects(self, doc):  # type: ignore[no-untyped-def]
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            doc.idToObject[fonts[name].ToUnicode.name].content = to_unicode(subset)


def to_unicode(subset: Sequence[int]) -> str:
    """The CMap (PDF 32000-1, 9.10.3) from the codes of a font subset to UTF-16."""
    pairs = [f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(subset)]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


class Face:
    """One font file, parsed once a process."""

    def __init__(self, path: Path) -> None:
        self.name = f"{path.stem}-{zlib.crc32(str(path).encode()):08x}"
        font = Embedded(self.name, str(path), shapable=False)
        if 0x3000 in font.face.charToGlyph:
            font.face.charWidths.setdefault(0x3000, 1000)
        pdfmetrics.registerFont(font)
        self.codes: dict[int, int] = font.face.charToGlyph
        self._widths: dict[int, float] = font.face.charWidths
        self._width = float(font.face.defaultWidth or 0)

    def width(self, code: int) -> float:
        """Advance in ems."""
        return float(self._widths.get(code, self._width)) / 1000


@cache
def load_face(path: Path) -> Face | None:
    """The font of that file; None if it cannot be used (no such file, no TrueType outlines, embedding forbidden)."""
    try:
        return Face(path)
    except (OSError, TTFError, struct.error, KeyError, IndexError, ValueError):
        return None


class _Widths(dict[str, float]):
    """Character → advance in ems, filled on demand."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> float:
        width = self._typeface.face(char).width(ord(char))
        self[char] = width
        return width


class Typeface:
    """A font and those that stand in for what it lacks."""

    def __init__(self, fonts: Fonts, face: Face) -> None:
        self._fonts = fonts
        self.first = face
        self.em = _Widths(self)

    def face(self, char: str) -> Face:
        code = ord(char)
        if code in self.first.codes:
            return self.first
        return next((face for face in self._fonts.every() if code in face.codes), self.first)

    def pieces(self, text: str) -> list[tuple[str, str]]:
        """The text as (font name, stretch in that font)."""
        codes = self.first.codes
        if all(ord(char) in codes for char in text):
            return [(self.first.name, text)]
        found: list[tuple[str, str]] = []
        for char in text:
            name = self.face(char).name
            if found and found[-1][0] == name:
                found[-1] = (name, found[-1][1] + char)
            else:
                found.append((name, char))
        return found


class _Printable(dict[int, int | str | None]):
    """For str.translate: what no font can show becomes 〓, what has no shape goes."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__({0x09: "  ", 0xA0: " "})
        self._fonts = fonts

    def __missing__(self, code: int) -> int | str | None:
        self[code] = shown = self._shown(code)
        return shown

    def _shown(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        if category in _INVISIBLE:
            return None
        if self._has(code):
            return code
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and all(self._has(ord(char)) for char in plain):
            return plain
        if category == "Zs":
            return " "
        return None if category in _DROPPED_IF_MISSING else MISSING

    def _has(self, code: int) -> bool:
        return any(code in face.codes for face in self._fonts.every())


class Fonts:
    """The typefaces of one PC; `folders` are searched for official and last-resort fonts."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._typefaces: dict[Role, Typeface] = {}
        self._printable = _Printable(self)

    def typeface(self, role: Role) -> Typeface:
        if role not in self._typefaces:
            self._typefaces[role] = Typeface(self, self._face(*ROLES[role]))
        return self._typefaces[role]

    def clean(self, text: str) -> str:
        """The text as it can be printed, in one line."""
        return text.translate(self._printable)

    def missing(self, text: str) -> set[str]:
        """The characters of the text that no font has."""
        return {char for char in set(text) if char != MISSING and self._printable[ord(char)] == MISSING}

    def every(self) -> Iterator[Face]:
        """All fonts that may stand in, in the order they are asked; each is read when first needed."""
        for name in ("serif", "sans", "kai"):
            yield self._free(name)
        yield from self._last_resort

    @cached_property
    def _files(self) -> dict[str, Path]:
        wanted = {name for names in OFFICIAL_FILES.values() for name in names} | set(LAST_RESORT)
        found: dict[str, Path] = {}
        for folder in self._folders:
            for place, _, names in os.walk(folder):
                found |= {name.lower(): Path(place, name) for name in names if name.lower() in wanted}
        return found

    @cached_property
    def _last_resort(self) -> list[Face]:
        faces = (load_face(self._files[name]) for name in LAST_RESORT if name in self._files)
        return [face for face in faces if face is not None]

    def _face(self, official: str, free: str) -> Face:
        for name in OFFICIAL_FILES[official]:
            face = load_face(self._files[name]) if name in self._files else None
            if face is not None:
                return face
        return self._free(free)

    def _free(self, name: str) -> Face:
        face = load_face(resource("fonts", FREE_FILES[name]))
        if face is None:
            raise KnownError(f"缺少字体文件 {FREE_FILES[name]}，不能生成文稿。", "请重新安装本程序。")
        return face


@cache
def fonts_of_this_pc() -> Fonts:
    """The fonts found where this system keeps them."""
    return Fonts(tuple(_font_folders()))


def _font_folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        if local := os.environ.get("LOCALAPPDATA"):
            yield Path(local, "Microsoft", "Windows", "Fonts")
    else:
        yield Path("/usr/share/fonts")
        yield Path("/usr/local/share/fonts")
        yield Path.home() / ".local" / "share" / "fonts"

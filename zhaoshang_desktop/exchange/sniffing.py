"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import re
import zipfile

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.exchange.vcard import is_vcard

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_OTHERS = {
    b"%PDF": "PDF 文档",
    b"{\\rtf": "RTF 文档",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gz 压缩包",
    b"MZ": "程序",
    b"SQLite format 3": "数据库",
}
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_STREAMS = {"WordDocument": "Word 文档", "PowerPoint Document": "演示文稿"}


def sniff(data: bytes, name: str) -> str:
    """What it is: "zip" (see `sniff_zip`), "ole", "biff", "html", "xml", "vcard" or "text".

    KnownError for what is no table.
    """
    head = data[:4096]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(OLE):
        return "ole"
    if head.startswith(_BARE_BIFF):
        return "biff"
    _refuse_other_files(head, name)
    if is_vcard(head):
        return "vcard"
    if not head.startswith(_TEXT_BOMS) and _looks_binary(head):
        raise not_a_table(name)
    return _kind_of_text(head)


def sniff_zip(archive: zipfile.ZipFile, name: str) -> str:
    """ "xlsx" or "ods"; KnownError for an archive that is something else."""
    parts = {part.replace("\\", "/") for part in archive.namelist()}
    if any(part.startswith("xl/") for part in parts):
        return "xlsx"
    if any(part.startswith("word/") for part in parts):
        raise _wrong_kind(name, "Word 文档")
    if any(part.startswith("ppt/") for part in parts):
        raise _wrong_kind(name, "演示文稿")
    if "content.xml" in parts:
        return "ods"
    if "[Content_Types].xml" in parts:
        return "xlsx"
    raise _wrong_kind(name, "ZIP 压缩包") if parts else not_a_table(name)


def refuse_other_ole(data: bytes, name: str) -> None:
    for stream, what in _STREAMS.items():
        if stream.encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
            raise _wrong_kind(name, what)


def not_a_table(name: str) -> KnownError:
    return KnownError(f"“{name}”不是表格文件，或者已经损坏。", "请用 Excel 或 WPS 打开看看，另存为 .xlsx 后再导入。")


def _wrong_kind(name: str, what: str) -> KnownError:
    return KnownError(f"“{name}”是{what}，不是表格。", "请把里面的表格另存为 .xlsx 后再导入。")


def _refuse_other_files(head: bytes, name: str) -> None:
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    picture = next((kind for mark, kind in _PICTURES.items() if head.startswith(mark)), "WEBP" if is_webp else "")
    if picture and (picture != "BMP" or _looks_binary(head)):
        raise KnownError(
            f"“{name}”是一张图片（{picture}），不是表格。", "请向对方要表格文件，或先把图片里的文字录成表格。"
        )
    for mark, what in _OTHERS.items():
        if head.startswith(mark) and (what != "程序" or _looks_binary(head)):
            raise _wrong_kind(name, what)


def _looks_binary(head: bytes) -> bool:
    """Control characters a text does not have; a NUL may be half a UTF-16 letter and is judged by its place."""
    strange = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head))
    return strange * 50 > len(head) and not guess_utf16(head)


def guess_utf16(head: bytes) -> str:
    """The byte order of a UTF-16 text without a mark, told by the NULs of its Latin letters; "" if it is none."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _kind_of_text(head: bytes) -> str:
    if head.startswith(b"\xff\xfe") or guess_utf16(head) == "utf-16-le":
        start = head.decode("utf-16-le", "ignore")
    elif head.startswith(b"\xfe\xff"):
        start = head.decode("utf-16-be", "ignore")
    else:
        start = head.decode("latin-1").removeprefix("ï»¿")
    start = start.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "xml"
    if start.startswith("mime-version:") and "multipart/related" in start:
        return "mhtml"
    if re.match(r"(<\?xml|<!--|<!doctype html|<(html|head|meta|body|table|style|div|center|tr)\b)", start):
        return "html"
    return "text"

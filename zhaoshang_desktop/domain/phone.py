"""Telephone numbers, as they are dialled and as they leave the office."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import plain

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_SERVICE = re.compile(r"9[56]\d{3,4}|1[02]\d{3}")
_FREE = re.compile(r"([48]00)(\d{3})(\d{4})")
_DASHES = re.compile(r"[-‐‑‒–—―－_·.]+")
_EXTENSION = re.compile(r"(?:转接?|分机号?|[eE]xt\.?|#)\s*:?\s*(\d{1,6})\)?$")
_DASHED_EXTENSION = re.compile(r"((?:\(?0\d{2,3}\)?-?)?[2-9]\d{6,7})-(\d{1,5})")
_LABEL = re.compile(r"^(?:联系)?(?:电话|手机号?码?|座机|固话|办公|传真|移动|Tel|TEL|tel|T|M|Mob)[:.]?\s*(?=[+(\d])")
_REMARK = re.compile(r"\((?:微信同号|同微信|微信|办公室?|办|手机|座机|公司|家|宅)\)$")
_SEPARATORS = re.compile(r"[、,;/\\|\n]|或者?|和|及")


def read_phones(text: str) -> str:
    """The numbers as they are dialled, joined by "、": 13800000000, 0532-88888888转801, +81312345678."""
    if len(text) == 11 and text[0] == "1" and _MOBILE.fullmatch(text):
        return text
    return _read_phones(text)


@lru_cache(maxsize=4096)
def _read_phones(text: str) -> str:
    plain(text)
    numbers: list[str] = []
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)):
        part = part.strip()
        if part:
            numbers += _numbers(part)
    if not numbers:
        raise NotUnderstood("没有电话号码")
    return "、".join(dict.fromkeys(numbers))


def _numbers(part: str) -> list[str]:
    """The numbers in a part; its words join into as few numbers as can be dialled."""
    whole = _number(part)
    if whole:
        return [whole]
    words = part.split()
    for count in range(len(words) - 1, 0, -1):
        first = _number(" ".join(words[:count]))
        if first:
            return [first, *_numbers(" ".join(words[count:]))]
    raise NotUnderstood(f"“{part}”不像电话号码")


def _number(text: str) -> str:
    """One number, "" when it is none."""
    text = _REMARK.sub("", _LABEL.sub("", text.strip())).strip()
    main, extension = text, ""
    found = _EXTENSION.search(text)
    if found and found.start():
        main, extension = text[: found.start()], found[1]
    main = _DASHES.sub("-", main).strip(" -")
    dashed = _DASHED_EXTENSION.fullmatch("".join(main.split()))
    if dashed and not extension:
        main, extension = dashed.groups()
    dialled = _dialled("".join(main.split()))
    if not dialled or (extension and _MOBILE.fullmatch(dialled)):
        return ""
    return f"{dialled}转{extension}" if extension else dialled


def _dialled(flat: str) -> str:
    if not re.fullmatch(r"\+?[\d()-]+", flat):
        return ""
    digits = re.sub(r"[()-]", "", flat)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+86") or (digits.startswith("86") and len(digits) >= 12):
        digits = digits.removeprefix("+").removeprefix("86").removeprefix("0")
        digits = digits if _MOBILE.fullmatch(digits) or _FREE.fullmatch(digits) else "0" + digits
    if digits.startswith("+"):
        return _abroad(digits)
    if _MOBILE.fullmatch(digits):
        return digits
    if digits.startswith("01") and _MOBILE.fullmatch(digits[1:]):
        return digits[1:]
    free = _FREE.fullmatch(digits)
    if free:
        return "-".join(free.groups())
    landline = _LANDLINE.fullmatch(digits)
    if landline:
        return "-".join(landline.groups())
    return digits if _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits) else ""


def _abroad(digits: str) -> str:
    # phonenumbers takes 60 ms to load, and few offices have a number abroad
    import phonenumbers

    try:
        number = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether a number that was read is a mobile of the mainland."""
    return bool(_MOBILE.fullmatch(number))


def mask(phones: str) -> str:
    """As it leaves the office: 138****1234, 0532-****8888; extensions are hidden too."""
    return "、".join(_masked(number) for number in phones.split("、")) if phones else ""


def _masked(number: str) -> str:
    main, mark, _ = number.partition("转")
    area, dash, local = main.partition("-") if "-" in main else (main[:-8], "", main[-8:])
    digits = local.replace("-", "")
    return f"{area}{dash}****{digits[4:]}{'转***' if mark else ''}"

"""Numbers with their units: 亩, ㎡, 人, %, 公里, 吨/年."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import NUMERAL_CHARS, plain, read_numeral, trimmed, unhedged

_SIZES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8}
_MEASURES: dict[str, dict[str, Fraction | int]] = {
    "area": {
        **dict.fromkeys(("㎡", "m2", "平方米", "平米", "平方", "平"), 1),
        **dict.fromkeys(("亩",), Fraction(2000, 3)),
        **dict.fromkeys(("公顷", "ha", "hm2"), 10000),
        **dict.fromkeys(("平方公里", "km2"), 1000000),
    },
    "people": dict.fromkeys(("人", "名", "个人", "位", "员工", "名员工"), 1),
    "percent": dict.fromkeys(("%",), 1),
    "length": {**dict.fromkeys(("公里", "km"), 1000), **dict.fromkeys(("米", "m"), 1), "里": 500},
    "time": {**dict.fromkeys(("分钟", "分", "min"), 1), **dict.fromkeys(("小时", "个小时", "h"), 60)},
    "days": dict.fromkeys(("天", "日"), 1),
    "working days": dict.fromkeys(("工作日", "个工作日"), 1),
    "water": dict.fromkeys(("吨/年", "吨", "t", "t/a", "吨每年", "吨/a"), 1),
    "power": dict.fromkeys(("度", "度/年", "kwh", "kwh/a", "kw·h"), 1),
    "gas": dict.fromkeys(("立方米/年", "立方米", "立方", "方", "方/年", "m3", "m3/a"), 1),
    "coal": dict.fromkeys(("吨标准煤/年", "吨标准煤", "吨标煤", "吨标煤/年", "tce", "tce/a", "吨标准煤每年"), 1),
    "yuan": dict.fromkeys(("元", "人民币元"), 1),
    "points": dict.fromkeys(("分", "星"), 1),
}
_BODY = re.compile(rf"(-?)([{NUMERAL_CHARS}]+)(.*)")
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}")
_MILLIONTH = Decimal("0.000001")
_DIGITS = 12
"""More digits than these before the point would not fit a column of 63 bits, which counts millionths."""


def read_number(text: str, unit: str = "", wanted: str = "") -> Decimal:
    """The number in the unit `wanted`; `unit` is what the header said, beaten by the text's own.

    Units are converted only where that is exact (公顷 and ㎡ to 亩 are; 100 亩 to ㎡ is not). Below the
    millionth it is rounded half up, as it will be kept.
    """
    if (not unit or unit == wanted) and _PLAIN.fullmatch(text):
        return Decimal(text)
    value = _read_slowly(text, unit, wanted)
    if value and value.adjusted() >= _DIGITS:
        raise NotUnderstood("数字太大")
    return value if value == value.quantize(_MILLIONTH) else Decimal(trimmed(value.quantize(_MILLIONTH, ROUND_HALF_UP)))


@lru_cache(maxsize=4096)
def _read_slowly(text: str, unit: str, wanted: str) -> Decimal:
    flat = _one_word(plain(text))
    if _EXPONENT.fullmatch(flat):
        return _converted(Decimal(flat), _word(unit) or _word(wanted), wanted)
    found = _BODY.fullmatch(unhedged(flat))
    if not found:
        raise NotUnderstood("应是数字")
    sign, body, own = found.groups()
    value = read_numeral(body) * (-1 if sign else 1)
    own = own.strip("()").lower()
    sized = body[-1] in "十拾百佰千仟万萬亿億"
    if own:
        return _converted(value, own, wanted)
    stated = _word(unit) or _word(wanted)
    return _converted(value, stated.lstrip("百千万亿") if sized else stated, wanted)


def _one_word(flat: str) -> str:
    """千瓦时 and 千米 by names that do not begin like a number."""
    return flat.replace("千瓦时", "度").replace("千米", "公里")


def _word(unit: str) -> str:
    return re.sub(r"^(?:计量)?单位:?", "", _one_word(plain(unit)).strip("()").lower()) if unit else ""


def _converted(value: Decimal, said: str, wanted: str) -> Decimal:
    """A value in the unit said, in the unit wanted; NotUnderstood when it is of another kind or inexact."""
    goal = _word(wanted)
    if said == goal:
        return Decimal(trimmed(value))
    for words in _MEASURES.values():
        source, target = _factor(said, words), _factor(goal, words)
        if source and target:
            return _exact(Fraction(value) * source / target, wanted)
    raise NotUnderstood(f"单位“{said}”不是“{wanted}”" if wanted else f"不应有单位“{said}”")


def _factor(word: str, words: dict[str, Fraction | int]) -> Fraction | None:
    for size, times in _SIZES.items():
        bare = word.removeprefix(size) if word.startswith(size) else None
        if bare and bare in words:
            return Fraction(words[bare]) * times
    return None


def _exact(value: Fraction, wanted: str) -> Decimal:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise NotUnderstood(f"不能准确换算成{wanted}")
    return Decimal(trimmed(Decimal(value.numerator) / Decimal(value.denominator)))


def write_number(value: Decimal | int, unit: str = "") -> str:
    """With its unit, without exponent."""
    return f"{trimmed(Decimal(value))}{unit}"

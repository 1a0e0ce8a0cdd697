"""Amounts: exact 分 with their currency, read as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.numeral import DIGITS, NUMERAL_CHARS, plain, read_numeral, trimmed, unhedged

CURRENCIES = {
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "MOP": "澳门元",
    "TWD": "新台币",
    "EUR": "欧元",
    "JPY": "日元",
    "GBP": "英镑",
    "KRW": "韩元",
    "SGD": "新加坡元",
    "AUD": "澳元",
    "CAD": "加元",
    "CHF": "瑞士法郎",
}
"""Currency codes (ISO 4217) with the word written after an amount."""

_WORDS = {
    **{word: code for code, word in CURRENCIES.items()},
    **dict.fromkeys(("圆", "块", "人民币", "人民币元", "元人民币", "RMB", "CNY", "¥", "RMB¥", "CN¥"), "CNY"),
    **dict.fromkeys(("美金", "USD", "US$", "$", "美刀"), "USD"),
    **dict.fromkeys(("港币", "港纸", "HKD", "HK$"), "HKD"),
    **dict.fromkeys(("澳门币", "MOP"), "MOP"),
    **dict.fromkeys(("台币", "新台币元", "TWD", "NT$"), "TWD"),
    **dict.fromkeys(("EUR", "€"), "EUR"),
    **dict.fromkeys(("日圆", "日币", "JPY"), "JPY"),
    **dict.fromkeys(("GBP", "£"), "GBP"),
    **dict.fromkeys(("韩币", "KRW"), "KRW"),
    **dict.fromkeys(("新元", "新币", "SGD"), "SGD"),
    **dict.fromkeys(("澳币", "AUD"), "AUD"),
    **dict.fromkeys(("加币", "CAD"), "CAD"),
    **dict.fromkeys(("瑞郎", "CHF"), "CHF"),
}
_WORD = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_AMOUNT = re.compile(rf"(?P<before>{_WORD})?(?P<sign>-)?(?P<body>[{NUMERAL_CHARS}]+)(?P<after>(?:{_WORD})*)[整正]?")
_HEADER = re.compile(
    rf"(?:单位:?|计量单位:?)?(?P<before>{_WORD})?(?P<size>[十百千]?[万亿]?|万亿)(?P<after>(?:{_WORD})*)"
)
_SIZE = re.compile(r"[十百千]?[万亿]|[十百千](?=元)|万亿")
_COINS = re.compile(
    rf"(?P<yuan>.+[元圆])(?:零?(?P<jiao>[0-9{''.join(DIGITS)}])角)?(?:零?(?P<fen>[0-9{''.join(DIGITS)}])分)?[整正]?"
)
_PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,6}))?(亿元|万元|元|亿美元|万美元|美元|亿|万|)")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_ASIDE = re.compile(r"\(([^()\d]*)\)")
_MIXED = re.compile(r"\d[十拾百佰千仟]")
_MARK = re.compile(r"[A-Z$¥€£]")
_COUNTED = re.compile(r"(?<=[\d一二三四五六七八九十两几])个(?=[百千]?[万亿])")
_WAN = re.compile(r"(?<=\d)[wW](?=$|元|人民币)")
_DIGITS = 18
"""An amount of more digits than this (in 分) would not fit a column of 63 bits."""
_UNITS = {
    size + word: (power, currency)
    for size, power in (("", 2), ("万", 6), ("亿", 10))
    for word, currency in (("元", "CNY"), ("美元", "USD"), ("", ""))
}
_UNITS[""] = (0, "")


@dataclass(frozen=True)
class Money:
    """An amount in hundredths of its currency (分, cents); what has no hundredths is kept so all the same."""

    fen: int
    currency: str = "CNY"

    @property
    def yuan(self) -> Decimal:
        """In whole units of the currency, exact."""
        return Decimal(self.fen).scaleb(-2)


def read_money(text: str, unit: str = "") -> Money:
    """The amount a text means; `unit` is what the header said ("万元", "万美元"), 元 when it said nothing.

    A unit in the text beats the header's. Below the 分 it is rounded half up. Ranges, bounds and
    未透露 raise NotUnderstood, so that the text is kept.
    """
    simple = _PLAIN.fullmatch(text)
    if simple:
        whole, decimals, own = simple.groups("")
        power, currency = _UNITS[own]
        if not currency:
            header_power, currency, _ = _header(unit)
            power = power or header_power
        places = power - len(decimals)
        if places >= 0 and len(whole) + power <= _DIGITS:
            return Money(int(whole.replace(",", "") + decimals) * 10**places, currency)
    return _read_slowly(text, unit)


@lru_cache(maxsize=4096)
def _read_slowly(text: str, unit: str) -> Money:
    flat = plain(text)
    if _EXPONENT.fullmatch(flat):
        power, currency, _ = _header(unit)
        return _money(Decimal(flat).scaleb(power - 2), currency)
    flat = _COUNTED.sub("", flat)
    flat = _WAN.sub("万", unhedged(_ASIDE.sub(r"\1", flat)))
    coins = _COINS.fullmatch(flat)
    small = 0
    if coins and (coins["jiao"] or coins["fen"]):
        flat, small = coins["yuan"], 10 * _coin(coins["jiao"]) + _coin(coins["fen"])
    found = _AMOUNT.fullmatch(flat.upper())
    if not found:
        raise NotUnderstood("金额看不懂")
    value = read_numeral(found["body"])
    currency, explicit = _currency(found["before"], found["after"])
    sized = any(mark in found["body"] for mark in "万萬亿億")
    power, header_currency, header_sized = _header(unit) if not (sized and currency) else (2, "CNY", False)
    if sized or explicit:
        power = 2
    elif header_sized and (currency or _MIXED.search(found["body"])):
        raise NotUnderstood(f"没写明是元还是{unit}")
    money = _money(value.scaleb(power - 2), currency or header_currency)
    return Money((money.fen + small) * (-1 if found["sign"] else 1), money.currency)


def _currency(before: str | None, after: str) -> tuple[str, bool]:
    """The currency named around a figure, "" for none, and whether it is its unit (500美元, but not 500 USD)."""
    units = re.findall(_WORD, after)
    named = {_WORDS[word] for word in (before, *units) if word}
    if len(named) > 1 and "元" in units:
        named.discard("CNY")
    if len(named) > 1:
        raise NotUnderstood("写了两种货币")
    return next(iter(named), ""), any(word != "人民币" and not _MARK.search(word) for word in units)


@lru_cache(maxsize=256)
def _header(unit: str) -> tuple[int, str, bool]:
    """What a header's unit means: the power of ten from it to 分, the currency, whether it is more than one 元."""
    found = _HEADER.fullmatch("".join(plain(unit).strip("()").upper().split())) if unit else None
    if unit and not found:
        raise NotUnderstood(f"单位“{unit}”不是金额单位")
    if not found:
        return 2, "CNY", False
    size = found["size"]
    power = 2 + sum({"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}[mark] for mark in size)
    return power, _currency(found["before"], found["after"])[0] or "CNY", bool(size)


def unit_beside(said: str, header: str) -> str:
    """The unit of a figure whose column is in `header` and beside which `said` stands: 万元 and 美元 are 万美元.

    NotUnderstood where the two contradict (万元 and 元); what is no unit comes back as it is.
    """
    own = "".join(said.split())
    size = _SIZE.search(header)
    if size is None or _SIZE.search(own):
        return own
    if own == "元":
        raise NotUnderstood(f"没写明是元还是{header}")
    return f"{size[0]}{own}"


def has_size(unit: str) -> bool:
    """Whether a unit says how many 元 it is (万元, 元), not only which currency (人民币, 美元)."""
    return unit == "元" or _SIZE.search(unit) is not None


def _coin(digit: str | None) -> int:
    return int(DIGITS.get(digit, digit)) if digit else 0


def _money(units: Decimal, currency: str) -> Money:
    if units.adjusted() + 3 > _DIGITS:
        raise NotUnderstood("金额太大")
    return Money(int(units.scaleb(2).quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)


def write_money(value: Money) -> str:
    """In 亿元, 万元 or 元, whichever says it in at most four decimals; never rounded."""
    word = CURRENCIES.get(value.currency, value.currency)
    size = abs(value.fen)
    if size >= 10**10 and size % 10**6 == 0:
        return f"{trimmed(Decimal(value.fen).scaleb(-10))}亿{word}"
    if size >= 10**6 and size % 10**2 == 0:
        return f"{trimmed(Decimal(value.fen).scaleb(-6))}万{word}"
    return f"{trimmed(value.yuan)}{word}"

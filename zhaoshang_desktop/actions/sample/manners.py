"""How people write values into cells: dates in five manners, amounts in three units, digits in full width."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.number import write_number
from zhaoshang_desktop.domain.region import full_name, place_name
from zhaoshang_desktop.exchange.sheet import Cell

UNTOLD = ("未透露", "面议", "见附件", "待核实")
_FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_FOREIGN = {"USD": "美元", "EUR": "欧元", "JPY": "日元"}


class Hand:
    """One person's way of filling in cells, a little different each time."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def often(self, share: float) -> bool:
        return self._rng.random() < share

    def day(self, when: When | None) -> Cell:
        """2018年12月28日, 2018.12.28, 2018-12-28, 18/12/28, or a date of Excel's own; less if less is known."""
        if when is None:
            return ""
        if when.month is None:
            return self._rng.choice((f"{when.year}年", when.year, str(when.year)))
        if when.day is None:
            return self._rng.choice((f"{when.year}.{when.month:02d}", f"{when.year}年{when.month}月"))
        year, month, day = when.year, when.month, when.day
        return self._rng.choice(
            (
                f"{year}年{month}月{day}日",
                f"{year}.{month}.{day}",
                f"{year}-{month:02d}-{day:02d}",
                f"{year % 100:02d}/{month}/{day}" if year >= 2000 else f"{year}/{month}/{day}",
                when.earliest,
            )
        )

    def amount(self, money: Money | None, unit: str) -> Cell:
        """Under a header that says `unit` (万元 or 亿元): mostly the bare figure, else with its own unit."""
        if money is None:
            return ""
        if money.currency != "CNY":
            return f"{write_number(_in(money, '万元'))}万{_FOREIGN[money.currency]}"
        bare, wan, yi = write_number(_in(money, unit)), _in(money, "万元"), _in(money, "亿元")
        manners = ["bare"] * 8 + ["full", "wan", "grouped", "yi", "about"]
        manner = self._rng.choice(manners)
        if manner == "full":
            return bare.translate(_FULL)
        if manner == "wan":
            return f"{write_number(wan)}万元" if self.often(0.5) else f"{write_number(wan)}万"
        if manner == "grouped":
            return f"{_in(money, unit):,}"
        if manner == "yi" and money.fen >= 10**10:
            return f"{write_number(yi)}亿"
        if manner == "about":
            return f"约{write_number(wan)}万元"
        return int(bare) if bare.isdigit() else float(bare)

    def count(self, number: int | None, word: str = "人") -> Cell:
        """12, 12人, １２, 约12人."""
        if number is None:
            return ""
        said = self._rng.choice((f"{number}{word}", str(number).translate(_FULL), f"{number}余{word}"))
        return said if self.often(0.2) else number

    def place(self, code: str) -> str:
        """In full, or as short as still says which."""
        if not code.isdigit():
            return place_name(code)
        return full_name(code) if self.often(0.5) else place_name(code).replace(" ", "")

    def code(self, code: str) -> str:
        """As it is, or copied in small letters, or with spaces."""
        if self.often(0.05):
            return code.lower()
        return f" {code[:4]} {code[4:]}" if code and self.often(0.04) else code

    def telephone(self, number: str) -> Cell:
        """As text, as a number, or with gaps."""
        if len(number) != 11 or not number.isdigit():
            return number
        return self._rng.choice((number, number, int(number), f"{number[:3]} {number[3:7]} {number[7:]}"))

    def person(self, person: Contact) -> str:
        """Name and telephone in one cell: 周远航 138…, 周远航（董事长）138…, 周远航/138…."""
        number = str(self.telephone(person.mobile))
        return self._rng.choice(
            (
                f"{person.name} {number}",
                f"{person.name}（{person.post}）{number}",
                f"{person.name}{person.post}：{number}",
                f"{person.name}/{number}",
            )
        )

    def vague(self) -> str:
        """What no program can read."""
        return self._rng.choice(UNTOLD)


def _in(money: Money, unit: str) -> Decimal:
    return money.yuan / (10**8 if unit == "亿元" else 10**4)

"""What is wrong with a reception, in sentences with the article: by the standard of its own kind and no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal

from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING_MEAL,
    OFFICIAL,
    OURS,
    OWN_MEAL,
    SUITE,
    WORKING_MEAL,
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_rule import Standard
from zhaoshang_desktop.domain.unit import Member

MANY_GUESTS = 100
LONGEST_DAYS = 30
Section = Literal["basic", "items", "people", "meals", "cars", "costs"]
_HIGHEST = re.compile("省部级|正部|副部|正国|副国|部级")
_DRINK = re.compile("酒(?!店|精|泉|会)")
_SMOKE = re.compile("香烟|卷烟|烟酒|中华烟")
_GIFT = re.compile("礼品|纪念品|礼金|土特产|购物卡")
_LODGING = re.compile("住宿|房费")


@dataclass(frozen=True)
class Finding:
    """One sentence, where to mend it, and whether it breaks a rule or only wants a look."""

    section: Section
    sentence: str
    wrong: bool = True


@dataclass
class ReceptionBook:
    """A reception with all that hangs on it."""

    reception: Reception
    items: list[ReceptionItem] = field(default_factory=list)
    people: list[ReceptionPerson] = field(default_factory=list)
    meals: list[ReceptionMeal] = field(default_factory=list)
    cars: list[ReceptionCar] = field(default_factory=list)
    costs: list[ReceptionCost] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    """Ours who see to it, by key."""

    @property
    def guests(self) -> list[ReceptionPerson]:
        return [one for one in self.people if one.side == GUEST]

    @property
    def ours(self) -> list[ReceptionPerson]:
        return [one for one in self.people if one.side == OURS]

    @property
    def day(self) -> date | None:
        """The day whose rules hold."""
        return self.reception.start or self.reception.end

    def eaters(self, meal: ReceptionMeal) -> tuple[int, int]:
        """How many guests and how many of ours eat: as the meal says, else as the lists say."""
        guests = len(self.guests) if meal.guests is None else meal.guests
        marked = sum(1 for one in self.ours if one.companion)
        hosted = meal.kind != OWN_MEAL
        return guests, (marked if hosted else 0) if meal.companions is None else meal.companions


def check(book: ReceptionBook, standard: Standard, today: date) -> list[Finding]:
    """Everything there is to say, in the order of the page."""
    return [
        *_basic(book, standard),
        *_items(book),
        *_people(book, standard),
        *_meals(book, standard),
        *_cars(book),
        *_costs(book, standard, today),
    ]


def _basic(book: ReceptionBook, standard: Standard) -> Iterator[Finding]:
    one = book.reception
    if one.start and one.end and one.end < one.start:
        yield Finding("basic", "结束日期早于开始日期。")
    elif one.start and one.end and (one.end - one.start).days >= LONGEST_DAYS:
        yield Finding("basic", f"这次接待有 {(one.end - one.start).days + 1} 天，请核对日期。", wrong=False)
    if not one.letter_number and standard.value(r.LETTER):
        official = one.kind == OFFICIAL
        lacks = "没有公函：无公函的公务活动和来访人员一律不予接待" if official else "没有来访函，也没有写洽谈记录"
        yield Finding("basic", f"{lacks}{standard.cited(r.LETTER)}。")
    if one.letter_day and one.end and one.letter_day > one.end:
        yield Finding("basic", "来函日期晚于接待结束的日期。", wrong=False)
    if not (one.from_unit or one.investors):
        yield Finding("basic", "没有写来访单位，也没有选来访客商。", wrong=False)


def _items(book: ReceptionBook) -> Iterator[Finding]:
    one = book.reception
    placed = sorted((i for i in book.items if i.day), key=lambda i: (i.day or date.min, i.start or 0))
    for item in placed:
        if one.start and one.end and one.start <= one.end and item.day and not one.start <= item.day <= one.end:
            yield Finding("items", f"“{item.what}”在 {item.day:%m-%d}，不在接待的日子里。")
        if item.start is not None and item.end is not None and item.end <= item.start:
            yield Finding("items", f"“{item.what}”的结束时间不晚于开始时间。")
    timed = [item for item in placed if item.start is not None]
    for before, after in pairwise(timed):
        end = before.end or before.start or 0
        if before.day == after.day and after.start is not None and after.start < end:
            yield Finding("items", f"“{before.what}”和“{after.what}”的时间重叠。", wrong=False)


def _people(book: ReceptionBook, standard: Standard) -> Iterator[Finding]:
    guests = book.guests
    if not guests:
        yield Finding("people", "还没有客人名单。", wrong=False)
    if len(guests) > MANY_GUESTS:
        yield Finding("people", f"客人有 {len(guests)} 人，请核对名单；房间、车辆和陪餐都按这个数计算。", wrong=False)
    if nameless := sum(1 for one in book.people if not one.name):
        yield Finding("people", f"有 {nameless} 人没有写姓名。")
    twice = Counter((one.side, one.name, one.unit) for one in book.people if one.name)
    for (_, name, _), count in twice.items():
        if count > 1:
            yield Finding("people", f"“{name}”在名单上写了 {count} 次。", wrong=False)
    for guest in guests:
        if guest.room_kind == SUITE and standard.forbids(r.SUITES) and not _HIGHEST.search(guest.rank):
            words = f"{guest.name}安排了套间：住房以标准间为主，省部级干部可以安排普通套间"
            yield Finding("people", f"{words}{standard.cited(r.SUITES)}。")
        if guest.check_in and guest.check_out and guest.check_out <= guest.check_in:
            yield Finding("people", f"{guest.name}的退房日期不晚于入住日期。")


def _meals(book: ReceptionBook, standard: Standard) -> Iterator[Finding]:
    official = standard.kind == OFFICIAL
    working = [meal for meal in book.meals if meal.kind == WORKING_MEAL]
    most = standard.value(r.WORKING_MEALS)
    if most is not None and len(working) > most:
        yield Finding(
            "meals",
            f"安排了 {len(working)} 次工作餐：确因工作需要可以安排 {int(most)} 次，其余由接待对象自行用餐"
            f"{standard.cited(r.WORKING_MEALS)}。",
        )
    for meal in book.meals:
        called = f"{meal.day:%m-%d} {meal.meal}" if meal.day else meal.meal
        if official and meal.kind == INVESTING_MEAL:
            yield Finding("meals", f"{called}写的是招商用餐：公务接待只能安排工作餐或自行用餐。")
        if not official and meal.kind == WORKING_MEAL:
            yield Finding("meals", f"{called}写的是工作餐：那是公务接待的用餐，招商接待请用“招商用餐”。")
        yield from _meal(book, meal, called, standard)


def _meal(book: ReceptionBook, meal: ReceptionMeal, called: str, standard: Standard) -> Iterator[Finding]:
    one = book.reception
    if one.start and one.end and one.start <= one.end and meal.day and not one.start <= meal.day <= one.end:
        yield Finding("meals", f"{called}不在接待的日子里。")
    guests, companions = book.eaters(meal)
    allowed = standard.companions(guests) if meal.kind != OWN_MEAL else 0
    if allowed is not None and companions > allowed:
        if meal.kind == OWN_MEAL:
            yield Finding("meals", f"{called}是自行用餐，不安排陪餐。")
        else:
            item = r.SMALL_COMPANY if guests <= (standard.value(r.SMALL_PARTY) or guests) else r.SHARE
            yield Finding(
                "meals",
                f"{called}：客人 {guests} 人，陪餐不超过 {allowed} 人，现在是 {companions} 人{standard.cited(item)}。",
            )
    price = standard.price(r.MEAL_PRICE)
    if price and meal.per_head and meal.kind != OWN_MEAL and meal.per_head.fen > price.fen:
        cited = standard.cited(r.MEAL_PRICE)
        yield Finding("meals", f"{called}每人 {write_money(meal.per_head)}，超过标准 {write_money(price)}{cited}。")
    if standard.forbids(r.ALCOHOL) and (meal.alcohol or _DRINK.search(meal.note)):
        yield Finding("meals", f"{called}安排了酒：工作餐不上酒{standard.cited(r.ALCOHOL)}。")
    if standard.forbids(r.TOBACCO) and (meal.tobacco or _SMOKE.search(meal.note)):
        yield Finding("meals", f"{called}安排了香烟：不得提供香烟{standard.cited(r.TOBACCO)}。")


def _cars(book: ReceptionBook) -> Iterator[Finding]:
    riders = Counter(one.car for one in book.people if one.car)
    known = {car.name: car for car in book.cars}
    for name, count in riders.items():
        car = known.get(name)
        if car is None:
            yield Finding("cars", f"名单上有 {count} 人乘“{name}”，车辆表里没有这辆车。", wrong=False)
        elif car.seats and count > car.seats - 1:
            yield Finding("cars", f"{name}有 {car.seats} 座（含司机），安排了 {count} 人。")


def _costs(book: ReceptionBook, standard: Standard, today: date) -> Iterator[Finding]:
    kind = book.reception.kind
    strange = [line for line in book.costs if line.account != kind]
    if strange:
        names = "、".join(dict.fromkeys(line.item for line in strange))
        account = strange[0].account
        yield Finding("costs", f"“{names}”记在{account}名下，这次是{kind}：两种接待的费用不能混在一起。")
    for line in book.costs:
        yield from _cost(line, standard)
    over = book.reception.end is not None and book.reception.end < today
    missing = [line for line in book.costs if line.actual and not line.receipt]
    if missing:
        names = "、".join(dict.fromkeys(line.item for line in missing))
        yield Finding("costs", f"票据还没收齐：{names}。", wrong=over)


def _cost(line: ReceptionCost, standard: Standard) -> Iterator[Finding]:
    words = f"{line.item} {line.basis}"
    for name, amount in (("预算", line.planned), ("实际", line.actual)):
        if over := _over(amount, line.allowed):
            yield Finding("costs", f"{line.item}：{name}超过限额 {write_money(over)}。")
    if standard.forbids(r.ALCOHOL) and _DRINK.search(words):
        yield Finding("costs", f"“{line.item}”里有酒：公务接待不上酒{standard.cited(r.ALCOHOL)}。")
    if standard.forbids(r.TOBACCO) and _SMOKE.search(words):
        yield Finding("costs", f"“{line.item}”里有香烟：不得提供香烟{standard.cited(r.TOBACCO)}。")
    if standard.forbids(r.LODGING) and _LODGING.search(line.item):
        yield Finding(
            "costs", f"“{line.item}”不能在接待费里列支：住宿费由接待对象回本单位报销{standard.cited(r.LODGING)}。"
        )
    if standard.kind == OFFICIAL and _GIFT.search(words):
        yield Finding("costs", f"“{line.item}”：公务接待不得赠送礼品、纪念品和土特产。")


def _over(amount: Money | None, allowed: Money | None) -> Money | None:
    """By how much; nothing where the currencies differ or there is no limit."""
    if amount is None or allowed is None or amount.currency != allowed.currency or amount.fen <= allowed.fen:
        return None
    return Money(amount.fen - allowed.fen, amount.currency)

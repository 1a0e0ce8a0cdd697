"""The views of a library: questions that are asked every day, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

SILENT_DAYS = 30
SOON_DAYS = 7
BIN = "bin"
OPEN_LEADS = ("待核实", "已核实", "跟进中")
BEFORE_BUILDING = ("签约", "注册", "立项", "供地报建")
BUILDING = ("开工", "在建", "竣工")


@dataclass(frozen=True)
class View:
    """`meaning` is the colour of its name and what it says; `saved` ones were kept by the clerk."""

    key: str
    title: str
    where: tuple[Where, ...] = ()
    order: tuple[str, ...] = ()
    meaning: str = "text"
    words: str = ""
    bin: bool = False
    saved: bool = False


def views_of(noun: str, word: str, today: date, me: int) -> tuple[View, ...]:
    """The views of that library, without the recycle bin; `me` is the member at this PC, or 0."""
    everything = View("all", f"全部{word}")
    make = _VIEWS.get(noun)
    return (everything, *(make(today, me) if make else ()))


def bin_view() -> View:
    """What was removed, the latest first."""
    return View(BIN, "回收站", bin=True)


def counts(record: type[Record], views: tuple[View, ...]) -> Callable[[Office], Iterator[tuple[str, int]]]:
    """The question how many records each view has; answered view by view."""

    def question(office: Office) -> Iterator[tuple[str, int]]:
        for view in views:
            yield view.key, office.count(Query(record, words=view.words, where=view.where, bin=view.bin), office.most)

    return question


def count_waiting_leads(office: Office) -> int:
    """How many pieces of information nobody has verified yet."""
    from zhaoshang_desktop.domain.lead import Lead  # the first window shows another library

    return office.count(Query(Lead, where=(Where("state", "=", "待核实"),)))


def _mine(word: str, me: int) -> View:
    return View("mine", f"我的{word}", (Where("owner", "=", me),))


def _investors(today: date, me: int) -> tuple[View, ...]:
    silent = Where("last_contact", "<=", today - timedelta(days=SILENT_DAYS))
    return (
        _mine("客商", me),
        View("silent", f"{SILENT_DAYS}天未联系", (silent,), ("last_contact",), "amber"),
        View("never", "从未联系", (Where("last_contact", "empty"),)),
        View("late", "下一步已逾期", (Where("next_due", "<", today),), ("next_due",), "red"),
        View("soon", f"{SOON_DAYS}天内要办", _between(today), ("next_due",)),
        View("head", "头部目标", (Where("head_target", "=", True),)),
    )


def _between(today: date) -> tuple[Where, ...]:
    return Where("next_due", ">=", today), Where("next_due", "<=", today + timedelta(days=SOON_DAYS))


def _projects(today: date, me: int) -> tuple[View, ...]:
    return (
        _mine("项目", me),
        View("talking", "在谈", (Where("stage", "=", "在谈"),)),
        View("signed", "已签约未开工", (Where("stage", "in", BEFORE_BUILDING),)),
        View("building", "在建", (Where("stage", "in", BUILDING),)),
        View("major", "重大项目", (Where("size", "=", "重大项目"),)),
        View("aside", "搁置与终止", (Where("stage", "in", ("搁置", "终止")),)),
    )


def _leads(today: date, me: int) -> tuple[View, ...]:
    late = (Where("due", "<", today), Where("state", "in", OPEN_LEADS))
    return (
        View("waiting", "待核实", (Where("state", "=", "待核实"),), ("-day",), "amber"),
        View("mine", "我承办的", (Where("owner", "=", me),), ("due",)),
        View("late", "已过时限", late, ("due",), "red"),
        View("following", "跟进中", (Where("state", "=", "跟进中"),), ("-day",)),
        View("turned", "已转项目", (Where("state", "=", "转项目"),), ("-day",)),
    )


def _experts(today: date, me: int) -> tuple[View, ...]:
    return tuple(View(kind, kind, (Where("kind", "=", kind),)) for kind in ("专家", "招商顾问", "委托招商机构"))


def _units(today: date, me: int) -> tuple[View, ...]:
    return (View("assessed", "参加考核", (Where("assessed", "=", True),)),)


_VIEWS: dict[str, Callable[[date, int], tuple[View, ...]]] = {
    "investor": _investors,
    "project": _projects,
    "lead": _leads,
    "expert": _experts,
    "unit": _units,
}

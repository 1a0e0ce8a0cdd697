"""Which conditions a field can be asked for, and how a condition reads on its chip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain import kinds, region, tables
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.query import Operator, Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of
from zhaoshang_desktop.ui.library.chips import CHIPS, SHORT_LABELS
from zhaoshang_desktop.ui.library.values import Titles, written

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

SAMPLE = 3000
LINKED = 500


@dataclass(frozen=True)
class Option:
    """One value to choose; `inside` sets a city below its province."""

    value: Any
    text: str
    inside: int = 0


@dataclass(frozen=True)
class Way:
    """How fields of a kind are asked: by choosing (`operator` for one value, `several` for more) or by typing."""

    operator: Operator = "="
    several: bool = False
    typed: tuple[tuple[Operator, str], ...] = ()


CHOOSE = Way("in", several=True)
MEMBER = Way("has")
COMPARE = Way(typed=((">=", "不少于"), ("<=", "不多于"), ("=", "等于")))
DATES = Way(typed=((">=", "不早于"), ("<=", "不晚于"), ("=", "就在")))
SAME = Way(typed=(("=", "就是"), ("!=", "不是")))
FILLED = Way()

WAYS: dict[type[kinds.Kind], Way] = {
    kinds.Text: SAME,
    kinds.Note: FILLED,
    kinds.CreditCode: SAME,
    kinds.Phone: SAME,
    kinds.Amount: COMPARE,
    kinds.Number: COMPARE,
    kinds.Whole: COMPARE,
    kinds.Day: DATES,
    kinds.When: FILLED,
    kinds.Period: FILLED,
    kinds.Times: FILLED,
    kinds.Hour: COMPARE,
    kinds.Choice: CHOOSE,
    kinds.Choices: MEMBER,
    kinds.Tags: MEMBER,
    kinds.Honours: FILLED,
    kinds.Flag: Way("="),
    kinds.Place: Way("under", several=True),
    kinds.Point: FILLED,
    kinds.Link: CHOOSE,
    kinds.Links: MEMBER,
}
"""How fields of every kind are asked; all can also be asked for being filled or empty."""


def way_of(record: type[Record], name: str) -> Way:
    """How this field is asked; a text on a chip (产业链) is chosen from what the library has."""
    field = field_of(record, name)
    if name in CHIPS.get(record.NOUN, ()) and isinstance(field.kind, kinds.Text):
        return CHOOSE
    return WAYS[type(field.kind)]


def is_chosen(way: Way) -> bool:
    """Whether its values are chosen from a list."""
    return way in (CHOOSE, MEMBER) or way.operator == "under" or way == WAYS[kinds.Flag]


def options(record: type[Record], name: str) -> Callable[[Office], tuple[Option, ...]]:
    """The question what can be chosen for this field."""
    field = field_of(record, name)

    def question(office: Office) -> tuple[Option, ...]:
        make = _OPTIONS.get(type(field.kind), _used)
        return make(office, record, field)

    return question


def chip_text(record: type[Record], where: Where, titles: Titles) -> str:
    """A condition in words: "江苏", "等级 A、B", "注册资本 不少于 1亿元", "邮箱 未填"."""
    field = field_of(record, where.field)
    label = SHORT_LABELS.get(where.field, field.label)
    if where.operator in ("empty", "filled"):
        return f"{label} {'未填' if where.operator == 'empty' else '已填'}"
    typed = dict(WAYS[type(field.kind)].typed)
    if where.operator in typed and where.operator != "in":
        return f"{label} {typed[where.operator]} {written(field.kind, where.value, titles)}"
    values = where.value if isinstance(where.value, tuple) else (where.value,)
    together = next((name for name, codes in region_groups() if set(codes) == set(values)), "")
    if isinstance(field.kind, kinds.Place) and together:
        return together
    texts = [_option_text(field, value, titles) for value in values]
    text = "、".join(texts[:2]) + (f" 等 {len(texts)} 项" if len(texts) > 2 else "")
    alone = isinstance(field.kind, kinds.Place | kinds.Link) or where.field == "chain"
    return text if alone else f"{label} {text}"


@cache
def region_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """长三角 and the like, by name, with the codes of what belongs to them."""
    return tuple((row["name"], tuple(row["codes"].split("、"))) for row in tables.rows("region_groups"))


def _option_text(field: Field, value: Any, titles: Titles) -> str:
    if isinstance(field.kind, kinds.Links):
        return titles.get((field.kind.noun, value), "…")
    if isinstance(field.kind, kinds.Choices):
        return str(value)
    return written(field.kind, value, titles)


def _fixed(office: Office, record: type[Record], field: Field) -> tuple[Option, ...]:
    kind: Any = field.kind
    return tuple(Option(option, option) for option in kind.options) or _used(office, record, field)


def _flags(office: Office, record: type[Record], field: Field) -> tuple[Option, ...]:
    return Option(True, "是"), Option(False, "否")


def _linked(office: Office, record: type[Record], field: Field) -> tuple[Option, ...]:
    kind: Any = field.kind
    target = RECORDS[kind.noun]
    rows = office.rows(target, office.first_ids(Query(target), LINKED))
    return tuple(Option(row.id, row.title) for row in rows)


def _used(office: Office, record: type[Record], field: Field) -> tuple[Option, ...]:
    """What the records of the library have there, the most frequent first."""
    counted: Counter[Any] = Counter()
    for row in _filled(office, record, field):
        value = getattr(row, field.name)
        counted.update(value if isinstance(value, tuple) else (value,))
    return tuple(Option(value, str(value)) for value, _ in counted.most_common(200))


def _places(office: Office, record: type[Record], field: Field) -> tuple[Option, ...]:
    """The provinces and cities where the records of the library are, before them the regions they belong to."""
    found: Counter[str] = Counter()
    for row in _filled(office, record, field):
        code = str(getattr(row, field.name))
        found.update({code, *region.parents(code)} if not code.startswith(region.ABROAD) else {code})
    codes = sorted(code for code in found if code.startswith(region.ABROAD) or code.endswith("00"))
    regions = tuple(Option(group, name) for name, group in region_groups() if any(code in found for code in group))
    return regions + tuple(
        Option(code, region.place_name(code).split()[-1], 0 if code.endswith("0000") or ":" in code else 1)
        for code in codes
    )


def _filled(office: Office, record: type[Record], field: Field) -> Sequence[Record]:
    query = Query(record, where=(Where(field.name, "filled"),))
    return office.rows(record, office.first_ids(query, SAMPLE))


_OPTIONS: dict[type[kinds.Kind], Callable[[Any, type[Record], Field], tuple[Option, ...]]] = {
    kinds.Choice: _fixed,
    kinds.Choices: _fixed,
    kinds.Flag: _flags,
    kinds.Link: _linked,
    kinds.Links: _linked,
    kinds.Place: _places,
}

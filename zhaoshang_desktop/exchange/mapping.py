"""Which column is which field: told by its heading, by what its values look like, or by the clerk."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from zhaoshang_desktop.domain import kinds, phone, region
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.heading import JOINT, bare_key, header_key
from zhaoshang_desktop.exchange.layout import Column, Layout, is_numbering
from zhaoshang_desktop.exchange.persons import people_of
from zhaoshang_desktop.exchange.sheet import Cell, Sheet, cell_text
from zhaoshang_desktop.exchange.targets import (
    UNIT,
    key_of_part,
    known_headings,
    special_heading,
    targets_of,
    told_by,
)
from zhaoshang_desktop.exchange.units import beside, says_size, sources, unit_columns
from zhaoshang_desktop.exchange.wording import is_firm

_SAMPLE_ROWS = 200
_MOST_SAY = 0.6
_LEAST_OVERLAP = 0.6
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_IDENTITY = re.compile(r"\d{6}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\w{4}")
_PERSON_AND_PHONE = re.compile(r"\D{2,}\d[\d\s-]{6,}\d\D*")
_ASIDE = re.compile(r"[（(\[【](?!英)[^）)\]】]*[)）\]】]$")
_ASKED = re.compile(r"[（(\[【](?:必填|选填|全称|中文|可?[单多]选|可多选|如有)[)）\]】]$")
_PLANNED = re.compile(r"^(.+)[（(](?:预计|计划|拟)[)）]$")
_DATE = re.compile(r"(?:19|20)\d{2}\s*[-./年]?\s*(?:1[0-2]|0?[1-9])\s*[-./月]?\s*(?:[12]\d|3[01]|0?[1-9])?日?(?:\s.*)?")
_PLANNED_OR_ACTUAL = {"计划": True, "预计": True, "拟": True, "实际": False}
_NO_PHONE = re.compile(r"传真|fax|qq")
_COUNT = re.compile(r"[数量]$")
_LATIN = re.compile(r"[a-z][a-z.\-/&'’]*")
_PLAIN_NUMBER = re.compile(r"(?:大?约|将近|近)?[\d,.，]+(?:左右|上下)?")


@dataclass(frozen=True)
class Match:
    """A column and the path of its target ("" for not imported); `sure` when its heading says so itself.

    `unit` is that of its figures; `doubt` is a sentence the clerk should read before going on. A column that is
    `hidden` in Excel goes nowhere unless somebody says so.
    """

    column: Column
    path: str = ""
    sure: bool = True
    unit: str = ""
    doubt: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Mapping:
    """All columns of a table with their targets, in the order of the sheet."""

    record: type[Record]
    matches: tuple[Match, ...]

    def assign(self, column: int, path: str) -> Mapping:
        """The mapping with that column (by its index) sent to `path` and to nowhere else; "" takes it out."""
        return Mapping(self.record, tuple(self._assigned(match, column, path) for match in self.matches))

    def _assigned(self, match: Match, column: int, path: str) -> Match:
        if match.column.index == column:
            return dataclasses.replace(match, path=path, sure=True, doubt="")
        if path == f"{UNIT}.{match.path}":
            return dataclasses.replace(match, doubt="")
        return dataclasses.replace(match, path="", doubt="") if path and match.path == path else match

    def set_unit(self, column: int, unit: str) -> Mapping:
        """The mapping with the unit the clerk has given to a column of figures."""
        matches = (
            dataclasses.replace(match, unit=unit, doubt="") if match.column.index == column else match
            for match in self.matches
        )
        return Mapping(self.record, tuple(matches))

    @property
    def used(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.path)

    @property
    def unused(self) -> tuple[Column, ...]:
        """Columns with a heading that go nowhere; the report names them."""
        return tuple(match.column for match in self.matches if not match.path and _tells(match))

    @property
    def hidden(self) -> tuple[Column, ...]:
        """Columns with a heading that go nowhere as nobody sees them in Excel."""
        return tuple(match.column for match in self.matches if match.hidden and not match.path and _named(match))

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the required fields that no column goes to."""
        paths = {match.path for match in self.matches}
        paths |= {name for name, source in told_by(self.record).items() if source in paths}
        required = (field for field in fields_of(self.record) if field.spec.required and not field.spec.derived)
        return tuple(field.label for field in required if field.name not in paths)


def _named(match: Match) -> bool:
    return bool(match.column.header) and not is_numbering(match.column) and not match.column.is_group


def _tells(match: Match) -> bool:
    return _named(match) and not match.hidden


def guess_mapping(sheet: Sheet, layout: Layout, record: type[Record], with_hidden: bool = False) -> Mapping:
    """The most likely target of every column; no target is used twice.

    Columns that Excel does not show go nowhere, unless `with_hidden`.
    """
    hidden = frozenset[int]() if with_hidden else sheet.columns_hidden
    rows = [row for _, row in islice(layout.data(sheet), _SAMPLE_ROWS)]
    samples = {c.index: [row[c.index] for row in rows if row[c.index] != ""] for c in layout.columns}
    people = people_of(layout.columns, record)
    units = unit_columns(layout.columns, samples, record) - hidden
    guesses = [
        (score, -column.index, column, own, sure)
        for column in layout.columns
        if column.index not in hidden | units
        for path, score, sure in _candidates(column, samples[column.index], record)
        if (own := _path_of_person(path, people.get(column.index, "contacts")))
    ]
    offered = {guess[3] for guess in guesses}
    guesses = [guess for guess in guesses if key_of_part(record, guess[3]) in offered | {""}]
    taken: dict[int, tuple[str, bool]] = {}
    paths: set[str] = set()
    for _, _, column, path, sure in sorted(guesses, key=lambda guess: guess[:2], reverse=True):
        if column.index not in taken and path not in paths:
            taken[column.index] = path, sure
            paths.add(path)
    unit_paths = beside(units, {place: path for place, (path, _) in taken.items()}, record)
    taken |= {place: (path, True) for place, path in unit_paths.items()}
    unit_of = sources({path: at for at, (path, _) in taken.items()})
    sized = {path for path, at in unit_of.items() if says_size(samples[at])}

    def matched(column: Column) -> Match:
        if column.index not in taken:
            return Match(column, hidden=column.index in hidden)
        path, sure = taken[column.index]
        return _match(column, path, sure, layout, record, [] if path in sized else samples[column.index])

    return Mapping(record, tuple(map(matched, layout.columns)))


def _path_of_person(path: str, part: str) -> str:
    """The same field of that person; "" where it is nobody's."""
    if not path.startswith("contacts."):
        return path
    return path.replace("contacts", part, 1) if part else ""


def _candidates(column: Column, sample: list[Cell], record: type[Record]) -> Iterable[tuple[str, float, bool]]:
    """(path, score, sure) for every target the column may have; headings count more than values."""
    if is_numbering(column):
        return
    if not column.is_group and column.header:
        yield from _by_heading(column, sample, record)
    if _NO_PHONE.search(header_key(column.header)):
        return
    for path, looks, weight in _LOOKS:
        offered = path in targets_of(record) and (column.is_group or path not in ("place", "chain"))
        if offered and _share(sample, looks) >= _MOST_SAY:
            yield path, weight, False


def _by_heading(column: Column, sample: list[Cell], record: type[Record]) -> Iterable[tuple[str, float, bool]]:
    known = known_headings(record)
    parts = column.header.split(JOINT)
    whole = header_key(column.header)
    if path := special_heading(record, bare_key(whole)) or special_heading(record, bare_key(header_key(parts[-1]))):
        yield path, 1.1, True
    if parts[-1] in _PLANNED_OR_ACTUAL and len(parts) > 1:
        above = header_key(parts[-2])
        planned = special_heading(record, f"预计{above}") if _PLANNED_OR_ACTUAL[parts[-1]] else ""
        if path := planned or special_heading(record, above):
            yield path, 1.1, True
    last = header_key(parts[-1])
    bare, asked = _ASIDE.sub("", last), _ASKED.sub("", last).removeprefix("您的")
    other = (_in_chinese(last), last.removeprefix("其中"), bare_key(last), asked)
    keys = (whole, last, *(one for one in other if one != last))
    if path := special_heading(record, _PLANNED.sub(r"预计\1", bare_key(last))):
        yield path, 1.05, True
    for place, key in enumerate(dict.fromkeys((*keys, bare, *map(header_key, parts[:-1])))):
        if key in known:
            path, rank = known[key]
            if path == "contacts.name" and _share(sample, _is_person_and_phone) >= _MOST_SAY:
                yield "contacts.person", rank + 0.01, True
            yield path, rank - place * 0.05, key in keys
    if last in known:
        return
    counts = _COUNT.search(last) is not None
    for word, (path, rank) in known.items():
        overlap = min(len(word), len(last)) / max(len(word), len(last), 1)
        alike = overlap >= _LEAST_OVERLAP and word != last and (word in last or last in word)
        if alike and counts == (_COUNT.search(word) is not None):
            yield path, rank * overlap * 0.6, False


def _in_chinese(key: str) -> str:
    """Of a heading in two languages the Chinese words: companyname公司名称."""
    bare = _LATIN.sub("", key)
    return bare if len(bare) > 1 else key


def _share(sample: list[Cell], looks: Callable[[str], bool]) -> float:
    texts = [cell_text(cell).strip() for cell in sample]
    return sum(map(looks, texts)) / len(texts) if texts else 0.0


def _is_credit_code(text: str) -> bool:
    """Of that form, and no 身份证号, which has a birthday in its middle."""
    flat = unicodedata.normalize("NFKC", text).upper()
    return bool(_CREDIT_CODE.fullmatch(flat)) and not _IDENTITY.fullmatch(flat)


def _is_phone(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return digits >= 7 and digits * 2 > len(text) and not _DATE.fullmatch(text) and _understood(phone.read_phones, text)


def _is_person_and_phone(text: str) -> bool:
    return bool(_PERSON_AND_PHONE.fullmatch(unicodedata.normalize("NFKC", text)))


def _is_place(text: str) -> bool:
    return _understood(region.read_place, text)


def _is_chain(text: str) -> bool:
    return text.endswith(("产业链", "产业", "链"))


def _understood(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except NotUnderstood:
        return False
    return True


_LOOKS: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("credit_code", _is_credit_code, 0.55),
    ("contacts.person", _is_person_and_phone, 0.5),
    ("contacts.mobile", _is_phone, 0.45),
    ("contacts.phone", _is_phone, 0.44),
    ("phone", _is_phone, 0.45),
    ("name", is_firm, 0.4),
    ("place", _is_place, 0.3),
    ("chain", _is_chain, 0.25),
)


def _match(column: Column, path: str, sure: bool, layout: Layout, record: type[Record], sample: list[Cell]) -> Match:
    kind = targets_of(record)[path].kind
    if not isinstance(kind, kinds.Amount):
        return Match(column, path, sure, column.unit)
    unit = column.unit or layout.unit
    bare = _share(sample, lambda text: bool(_PLAIN_NUMBER.fullmatch(text)))
    doubt = f"“{column.header}”没有写单位，数字按元读入，请核对。" if not unit and bare >= 0.5 else ""
    return Match(column, path, sure and not doubt, unit, doubt)

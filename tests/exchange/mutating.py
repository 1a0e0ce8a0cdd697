"""Workbooks with something wrong in them, drawn by lot from the good ones of the corpus."""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.exchange.corpus.case import FOLDER
from zhaoshang_desktop.actions.import_plan import Fate
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office

LONGEST_SECONDS = 10
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048577", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"")
_NUMBER = re.compile(rb"(?<=[\">])\d+(?=[\"<])")
_TAG = re.compile(rb"<[^<>]{1,200}>")


def sources() -> list[Path]:
    """The corpus, without what stands beside it."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


def mutated(data: bytes, dice: random.Random, others: Callable[[], bytes]) -> bytes:
    """A damaged copy; archives are mostly damaged inside, so that they still open."""
    if data.startswith(b"PK") and dice.random() < 0.85:
        return _package(data, dice)
    for _ in range(dice.choice((1, 1, 2, 5))):
        data = dice.choice((_bytes, _bytes, _words, _cut, _doubled, _without, _spliced))(data, dice, others)
    return data


def _package(data: bytes, dice: random.Random) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {info.filename: source.read(info) for info in source.infolist()}
    chosen = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
    ways = (*(_number, _tag_lost, _tag_doubled, _bytes) * 2, _cut, _part_lost)
    for _ in range(dice.choice((1, 1, 1, 2))):
        way = dice.choice(ways)
        if way is _part_lost:
            parts.pop(dice.choice(list(parts)), None)
        elif chosen in parts:
            parts[chosen] = way(parts[chosen], dice, bytes)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _number(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    one = dice.choice(found)
    return data[: one.start()] + dice.choice(_NUMBERS) + data[one.end() :]


def _tag_lost(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    found = list(_TAG.finditer(data))
    one = dice.choice(found) if found else None
    return data[: one.start()] + data[one.end() :] if one else data


def _tag_doubled(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    found = list(_TAG.finditer(data))
    one = dice.choice(found) if found else None
    return data[: one.end()] + one[0] * dice.choice((1, 1, 50)) + data[one.end() :] if one else data


def _part_lost(data: bytes, _dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    return data


def _bytes(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20)) if found else 0):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _words(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    """Counts, sizes and places are numbers of two or four bytes."""
    found, size = bytearray(data), dice.choice((2, 4))
    if len(found) > size:
        at = dice.randrange(len(found) - size)
        found[at : at + size] = dice.choice((0, 1, 0xFF, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000)).to_bytes(
            4, "little"
        )[:size]
    return bytes(found)


def _cut(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    return data[: dice.randrange(len(data))] if data else data


def _doubled(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    first, size = dice.randrange(len(data) or 1), dice.choice((1, 16, 512, 4096))
    return data[: first + size] + data[first:]


def _without(data: bytes, dice: random.Random, _others: Callable[[], bytes]) -> bytes:
    first, size = dice.randrange(len(data) or 1), dice.choice((1, 16, 512))
    return data[:first] + data[first + size :]


def _spliced(data: bytes, dice: random.Random, others: Callable[[], bytes]) -> bytes:
    other = others()
    return data[: dice.randrange(len(data) or 1)] + other[dice.randrange(len(other) or 1) :]


@dataclass
class Outcome:
    """How the files of a run ended; `faults` are what must never be."""

    read: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def _any_of(paths: Sequence[Path], dice: random.Random) -> bytes:
    return dice.choice(paths).read_bytes()


def fuzz(office: Office, folder: Path, numbers: range, outcome: Outcome) -> None:
    """Imports a damaged file for each number; the same number makes the same file."""
    paths = sources()
    for number in numbers:
        dice = random.Random(number)
        source = dice.choice(paths)
        path = folder / f"{number}{source.suffix}"
        path.write_bytes(mutated(source.read_bytes(), dice, partial(_any_of, paths, dice)))
        fault = _tried(office, path, outcome)
        if fault:
            outcome.faults.append(f"{number} ({source.name}, {zlib.crc32(path.read_bytes()):08x}): {fault}")
        path.unlink()


def _tried(office: Office, path: Path, outcome: Outcome) -> str:
    """What is wrong with how one file was answered; "" when it was read or refused, whole or not at all."""
    line, had, began = office.latest(), office.count(Query(Investor)), _used()
    try:
        result = import_file(office, Investor, path)
    except KnownError:
        outcome.refused += 1
        stored = office.latest() != line or office.count(Query(Investor)) != had
        return "a refused file left something behind" if stored else _slow(_used() - began)
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        return f"{type(error).__name__}: {error}"
    outcome.read += 1
    counts = result.plan.counts
    if counts["rows_read"] != sum(counts[fate.value] for fate in Fate):
        return f"the rows do not add up: {counts}"
    made = office.count(Query(Investor)) - had
    created = sum(one.fate is Fate.CREATED for one in result.plan.decisions)
    return f"{created} were to be created, {made} are there" if made != created else _slow(_used() - began)


def _used() -> float:
    """Seconds of computing, the reading processes' too where the system tells: others may keep this machine busy."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _slow(seconds: float) -> str:
    return f"took {seconds:.0f} seconds" if seconds > LONGEST_SECONDS else ""

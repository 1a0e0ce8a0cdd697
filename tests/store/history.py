"""Random histories of an office, played beside a model so simple that it is obviously right."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhaoshang_desktop.domain.changes import Undone
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.store.office import Office

Move = tuple[str, int, int]
"""What is done, to which of the records or batches there are, and with which value; the numbers wrap around."""

MOVES = tuple(
    "new person person edit edit edit edit remove restore erase undo undo redo batch older older older".split()
)
MOST, LATEST = 2, 5
NAMES = ("青禾新材料", "云帆智能", "单县华锐铸造厂", "海珥集团")
VALUES: tuple[tuple[str, Any], ...] = (
    ("note", "老朋友"),
    ("note", "新朋友"),
    ("note", "已来访"),
    ("note", "待回访"),
    ("note", ""),
    ("registered_capital", Money(100_000_000)),
    ("registered_capital", Money(5, "USD")),
    ("tags", ("重点", "上市")),
    ("head_target", False),
    ("checked_on", date(2026, 9, 30)),
    ("name", "澜海集团"),
    ("name", "云帆智能"),
    ("raw", {"staff": "约三百"}),
    ("raw", {}),
)

State = dict[str, Any]
"""The fields of a record that are not empty."""


@dataclass(frozen=True)
class Step:
    """One record changed once: from a state to a state, None where it was not or is no more."""

    key: int
    before: State | None
    after: State | None


@dataclass
class Model:
    """Every record there is, and what each batch did to which."""

    records: dict[int, State] = field(default_factory=dict)
    batches: dict[int, list[Step]] = field(default_factory=dict)
    undoes: dict[int, int] = field(default_factory=dict)
    most: int = MOST

    def put(self, batch: int, key: int, new: State | None) -> None:
        """A record has become this, or is gone."""
        old = self.records.pop(key, None)
        if old != new:
            self.batches.setdefault(batch, []).append(Step(key, old, new))
        if new is not None:
            self.records[key] = new

    def take_back(self, batch: int, target: int) -> None:
        """Each change is turned around where it still stands; what was made goes unless it was changed or is used."""
        self.undoes[batch] = target
        self.batches.setdefault(batch, [])
        for step in reversed(self.batches[target]):
            now = self.records.get(step.key)
            if step.before is None:
                if now == step.after and not self.used(step.key):
                    self.put(batch, step.key, None)
            elif step.after is None:
                if now is None:
                    self.put(batch, step.key, step.before)
            elif now is not None:
                self.put(batch, step.key, self._turned_around(now, step.before, step.after))

    @staticmethod
    def _turned_around(now: State, before: State, after: State) -> State:
        names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        back = {name: before.get(name) for name in names if now.get(name) == after.get(name)}
        return {name: value for name, value in {**now, **back}.items() if value is not None}

    def used(self, key: int) -> bool:
        return any(state.get("investor") == key for state in self.records.values())

    def next_undo(self) -> int:
        """What Ctrl+Z takes back: the latest that was done and stands; 0 for nothing."""
        return max(self.standing(), default=0)

    def standing(self) -> list[int]:
        """The batches that are done and no undo themselves, the latest last."""
        taken_back = self._taken_back()
        return [one for one in sorted(self.batches) if one not in self.undoes and one not in taken_back]

    def next_redo(self) -> int:
        """The undo that Ctrl+Y takes back: the latest that stands, unless something new was done since; else 0."""
        taken_back = self._taken_back()
        for one in sorted(self.batches, reverse=True):
            if one in taken_back or self.undoes.get(one) in self.undoes:
                continue
            return one if one in self.undoes else 0
        return 0

    def _taken_back(self) -> set[int]:
        found: set[int] = set()
        for one in sorted(self.undoes, reverse=True):
            if one not in found:
                found.add(self.undoes[one])
        return found


def chance(seed: int, count: int) -> list[Move]:
    """So many moves by lot."""
    dice = random.Random(seed)
    return [(dice.choice(MOVES), dice.randrange(1_000), dice.randrange(1_000)) for _ in range(count)]


def play(office: Office, moves: Iterable[Move], model: Model | None = None) -> Model:
    """Plays the moves in the office and in the model; both say the same after each."""
    model = model or Model()
    for move in moves:
        _play_one(office, model, move)
        assert states_of(office) == model.records, move
    return model


def _play_one(office: Office, model: Model, move: Move) -> None:
    what, which, value = move
    if what == "undo":
        _compare_undo(model, office.undo(), model.next_undo())
    elif what == "redo":
        _compare_undo(model, office.redo(), model.next_redo())
    elif what == "batch":
        target = _pick(sorted(model.batches), which)
        if target:
            _compare_undo(model, office.undo_batch(target), target)
    elif what == "older":
        target = _pick(model.standing()[-LATEST:-1], which)
        if target:
            _compare_undo(model, office.undo_batch(target), target)
    else:
        _change(office, model, what, which, value)


def _compare_undo(model: Model, done: Undone | None, target: int) -> None:
    assert (done is None) == (target == 0)
    if done:
        model.take_back(done.changes.batch, target)


def _change(office: Office, model: Model, what: str, which: int, value: int) -> None:
    investors = [key for key, state in sorted(model.records.items()) if "investor" not in state]
    key = _pick(sorted(model.records), which)
    if what == "new" and len(investors) < model.most:
        made: Record = Investor(name=NAMES[which % len(NAMES)], credit_code=f"91320200MA{value:07d}X")
    elif what == "person" and investors and len(model.records) < 3 * model.most:
        made = Contact(investor=_pick(investors, which), name=f"周{value}", mobile="13800000000")
    elif not key:
        return
    elif what == "erase":
        if not model.used(key):
            with office.transaction("彻底删除") as tx:
                tx.erase(type_of(model.records[key]), [key])
            model.put(tx.changes.batch, key, None)
        return
    else:
        made = office.get(type_of(model.records[key]), key)
        _alter(made, what, value)
    with office.transaction(what) as tx:
        getattr(tx, what if what in ("remove", "restore") else "save")(made)
    if tx.changes.batch:
        model.put(tx.changes.batch, made.id, state_of(made))


def _alter(record: Record, what: str, value: int) -> None:
    name, new = VALUES[value % len(VALUES)]
    if what == "edit" and hasattr(record, name):
        setattr(record, name, new)


def _pick(keys: Sequence[int], which: int) -> int:
    return keys[which % len(keys)] if keys else 0


def type_of(state: State) -> type[Record]:
    return Contact if "investor" in state else Investor


def state_of(record: Record) -> State:
    typed = [one for one in fields_of(type(record)) if not one.spec.derived]
    values = {one.name: getattr(record, one.name) for one in typed if getattr(record, one.name) != one.kind.empty}
    return (
        values
        | ({"raw": dict(record.raw)} if record.raw else {})
        | ({"removed": record.removed} if record.removed else {})
    )


def states_of(office: Office) -> dict[int, State]:
    """Every record of the office, in the list or in the bin."""
    found = [
        one for kind in (Investor, Contact) for gone in (False, True) for one in office.find(Query(kind, bin=gone))
    ]
    return {one.id: state_of(one) for one in found}

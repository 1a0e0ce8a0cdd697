"""An office and its laptops, played beside a model so simple that it is obviously right."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.store.history import Model, Move, State, play, states_of
from zhaoshang_desktop.actions.homecoming import Homecoming, Merged, bring_home, look_into
from zhaoshang_desktop.domain.homecoming import GONE, REMOVED
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.merge import Decision, raw_apart
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.packs import Cargo, make_pack
from zhaoshang_desktop.store.tables import stored_fields

KEY = bytes(range(32))
States = dict[int, State]


def take_out(office: Office, path: Path, code: str, cargo: Cargo | None = None) -> Pack:
    """A pack of everything (or of the cargo), registered as the action does."""
    every = {kind.NOUN: office.ids(Query(kind)) for kind in (Investor, Contact)}
    sent = make_pack(office, path, KEY, cargo or Cargo(every), code, "小分队")
    with office.transaction("带出出差包") as tx:
        abroad = bool(cargo and cargo.abroad)
        pack = Pack(name="小分队", since=date(2026, 11, 23), code=code, digest=sent.digest)
        pack.destination = "境外" if abroad else "境内"
        return tx.save(pack)


def open_pack(path: Path, actor: str = "王强") -> Office:
    return open_office(path, actor=actor, key=KEY)


def come_home(office: Office, path: Path) -> Homecoming:
    return look_into(office, path, lambda _copy: KEY)


def merge(office: Office, path: Path, *, alive: bool = True) -> Merged:
    """Brings a pack home; of two values the greater is chosen, and what one side removed lives on if `alive`."""
    home = come_home(office, path)
    try:
        home.same.clear()
        for item, decision in home.conflicts():
            home.choices[item.choice(decision)] = "pack" if _prefers(decision, alive) else "office"
        return bring_home(office, home)
    finally:
        home.close()


def _prefers(decision: Decision, alive: bool) -> bool:
    if decision.name == GONE:
        return alive
    if decision.name == REMOVED:
        return bool(decision.theirs) != alive
    return repr(decision.theirs) > repr(decision.ours)


@dataclass
class Laptop:
    """A pack on its way: what it held when it last came home (at first: when it left), and what it holds now."""

    path: Path
    base: States
    now: States


def simply_merged(office: States, laptop: Laptop, *, alive: bool) -> States:
    """What the office should be afterwards, field by field."""
    merged = {key: dict(state) for key, state in office.items()}
    for key in {*laptop.base, *laptop.now}:
        base, now, ours = laptop.base.get(key), laptop.now.get(key), merged.get(key)
        if now is None:
            now = {**(base or {}), "removed": True}
        if base is None or (ours is None and alive and _without_bin(base) != _without_bin(now)):
            merged[key] = dict(now)
        elif ours is not None:
            merged[key] = _fields_merged(base, now, ours, alive)
    return _with_owners(merged, laptop.now, alive)


def _fields_merged(base: State, now: State, ours: State, alive: bool) -> State:
    result, news = dict(ours), False
    for name in {*base, *now} - {"removed"}:
        before, theirs, here = base.get(name), now.get(name), ours.get(name)
        news = news or theirs != before
        if theirs in (before, here):
            continue
        if name == "tags":
            value: Any = ((here or frozenset()) & (theirs or frozenset())) | (
                ((here or frozenset()) ^ (theirs or frozenset())) - (before or frozenset())
            )
        elif here == before:
            value = theirs
        else:
            value = max(theirs, here, key=repr)
        result[name] = value
    changed_here = any(base.get(name) != ours.get(name) for name in {*base, *ours} - {"removed"})
    if "removed" in now and "removed" not in ours and "removed" not in base and not (changed_here and alive):
        result["removed"] = True
    if "removed" in ours and "removed" not in now and ("removed" in base or (news and alive)):
        result.pop("removed")
    return {name: value for name, value in result.items() if value is not None and value != frozenset()}


def _without_bin(state: State) -> State:
    return {name: value for name, value in state.items() if name != "removed"}


def _with_owners(merged: States, there: States, alive: bool) -> States:
    """A contact whose firm was erased here brings it back or stays away."""
    for key, state in list(merged.items()):
        owner = state.get("investor")
        if owner is None or owner in merged:
            continue
        if alive:
            merged[owner] = dict(there[owner])
        else:
            del merged[key]
    return merged


def held(office: Office) -> States:
    """Every record of an office as it is stored, without what does not matter: the order of tags, and when something
    was removed."""
    found = [
        one for kind in (Investor, Contact) for gone in (False, True) for one in office.find(Query(kind, bin=gone))
    ]
    return {one.id: _plain(raw_apart(stored_fields(one))) for one in found}


def _plain(fields: dict[str, Any]) -> State:
    plain = {name: True if name == "removed" else value for name, value in fields.items()}
    return plain | ({"tags": frozenset(json.loads(fields["tags"]))} if "tags" in fields else {})


def play_at(where: Path, moves: Iterable[Move], *, key: bytes | None = None, most: int = 4) -> States:
    """Plays moves in an office file or a pack; gives what it holds afterwards."""
    office = open_office(where, actor="王强", key=key)
    try:
        play(office, moves, Model(records=states_of(office), most=most))
        return held(office)
    finally:
        office.close()


def every_order(folder: Path, home: Path, laptops: Sequence[Laptop], *, alive: bool) -> list[States]:
    """The office after each order of coming home, each compared with the model and undone to where it began."""
    found: list[States] = []
    for order in itertools.permutations(range(len(laptops))):
        copy = folder / f"{''.join(map(str, order))}.office"
        shutil.copy(home, copy)
        office = open_office(copy, actor="张敏")
        try:
            found.append(_merge_all(office, [laptops[number] for number in order], alive))
        finally:
            office.close()
    return found


def _merge_all(office: Office, laptops: Sequence[Laptop], alive: bool) -> States:
    begin, batches = states_of(office), []
    expected = held(office)
    for laptop in laptops:
        done = merge(office, laptop.path, alive=alive)
        batches.append(done.batch)
        expected = simply_merged(expected, laptop, alive=alive)
        assert held(office) == expected
        assert done.is_whole
    result = held(office)
    for laptop in laptops:
        assert merge(office, laptop.path, alive=alive).batch == 0
    assert held(office) == result
    assert check(office).wrong == []
    for batch in reversed(batches):
        if batch:
            assert office.undo_batch(batch).skipped == ()
    assert states_of(office) == begin
    assert check(office).wrong == []
    return result

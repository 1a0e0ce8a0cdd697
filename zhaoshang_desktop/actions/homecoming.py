"""带回出差包: what came, what contradicts, what is there already; then one batch that one 撤销 takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions import backup
from zhaoshang_desktop.actions.homecoming_ways import lay_ways_again
from zhaoshang_desktop.actions.twins import Twin, agreed, find_twins, read_twins, write_twins
from zhaoshang_desktop.domain.backup import MERGE
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.homecoming import (
    REMOVED,
    Choice,
    Edit,
    Item,
    Known,
    Outcome,
    RecordKey,
    plan,
    settle,
)
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.merge import Decision, Fate, raw_together
from zhaoshang_desktop.domain.pack import CameHome, Pack, PackReturn
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import merge
from zhaoshang_desktop.store.pack_file import Cargo, PackFile
from zhaoshang_desktop.store.pack_shape import Untrue
from zhaoshang_desktop.store.packs import Digest

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction


class Undecided(KnownError):
    """There are conflicts that nobody has decided; nothing is merged."""


@dataclass
class Homecoming:
    """A pack that was read and compared. `choices` says "pack" or "office" for every conflict that is decided,
    `same` which of the new records are the ones of the office that they look like. Without `with_standards` what was
    done to the office's standards stays out, and can come home later."""

    file: PackFile
    name: str
    pack: Pack | None
    cargo: Cargo
    known: Known
    twins: list[Twin]
    known_twins: dict[RecordKey, int]
    with_standards: bool = True
    choices: dict[Choice, str] = field(default_factory=dict)
    same: set[RecordKey] = field(default_factory=set)

    @property
    def abroad(self) -> bool:
        """Whether the pack was made to be carried out of the mainland, without people and files."""
        return self.pack is not None and self.pack.destination == "境外"

    @property
    def leads(self) -> dict[RecordKey, int]:
        """Which record of the office each new one of the laptop is, as far as it is one."""
        return {**self.known_twins, **self.agreed}

    @property
    def agreed(self) -> dict[RecordKey, int]:
        """What of that is decided now, as far as the answers in `same` go together."""
        return agreed(self.twins, self.same)

    @property
    def edits(self) -> list[Edit]:
        """What was done to which record and comes home."""
        return self.cargo.records.edits + (self.cargo.standards.edits if self.with_standards else [])

    @property
    def new_batches(self) -> list[int]:
        """The batches of the laptop that come home now."""
        standards = self.cargo.standards.batches if self.with_standards else []
        return list(dict.fromkeys(self.cargo.records.batches + standards))

    def items(self, known: Known | None = None) -> list[Item]:
        """What becomes of every record, as the choices stand."""
        return self._plan(self.edits, known or self.known)

    @property
    def held(self) -> list[Item]:
        """What was done to the office's standards and stays out, as far as the office has not the same."""
        items = [] if self.with_standards else self._plan(self.cargo.standards.edits, self.known)
        return [item for item in items if any(one.fate is not Fate.SAME for one in item.decisions.values())]

    @property
    def held_fields(self) -> int:
        """How many fields that are."""
        return sum(one.fate is not Fate.SAME for item in self.held for one in item.decisions.values())

    def _plan(self, edits: Iterable[Edit], known: Known) -> list[Item]:
        return plan(
            edits,
            known,
            twins=self.leads,
            states=self.cargo.states,
            stamps={batch.id: batch.at for batch in self.cargo.batches.values()},
            abroad=self.abroad,
        )

    def conflicts(self, items: Iterable[Item] | None = None) -> list[tuple[Item, Decision]]:
        """Every field that has to be chosen."""
        return [(item, decision) for item in (items or self.items()) for decision in item.conflicts]

    def undecided(self, items: Iterable[Item] | None = None) -> list[tuple[Item, Decision]]:
        """Those that nobody has chosen yet."""
        return [(item, one) for item, one in self.conflicts(items) if item.choice(one) not in self.choices]

    def decide_all(self, side: str) -> None:
        """Chooses one side ("pack" or "office") for everything that contradicts."""
        self.choices |= {item.choice(decision): side for item, decision in self.conflicts()}

    def look_again(self, office: Office) -> None:
        """Takes from the office what it has now of the records that this is about."""
        keys = merge.wanted(self.cargo.records.edits + self.cargo.standards.edits, self.known_twins)
        for twin in self.twins:
            keys.setdefault(twin.new.noun, set()).add(twin.key)
        self.known = merge.known(office, keys)

    @property
    def people(self) -> list[str]:
        """Who did what comes home."""
        new = (self.cargo.batches[key].actor for key in self.new_batches)
        return list(dict.fromkeys(filter(None, new)))

    def close(self) -> None:
        """Takes its private copy away."""
        self.file.close()


@dataclass(frozen=True)
class Tally:
    """What a homecoming brings: records by noun, and fields by what becomes of them; `twins` are new ones of the
    laptop that the office has already."""

    new: dict[str, int]
    twins: dict[str, int]
    changed: dict[str, int]
    removed: dict[str, int]
    fields: dict[Fate, int]

    @property
    def is_empty(self) -> bool:
        """Whether the pack brings nothing new."""
        return not (self.new or self.twins or self.changed or self.removed or self.fields)


def tally(items: Sequence[Item]) -> Tally:
    """Counts what came."""
    new = Counter(item.record.NOUN for item in items if item.is_new)
    twins = Counter(item.record.NOUN for item in items if item.is_twin)
    removed = Counter(item.record.NOUN for item in items if _is_removal(item))
    changed = Counter(
        item.record.NOUN for item in items if item.edit.base is not None and not _is_removal(item) and item.decisions
    )
    fields = Counter(decision.fate for item in items for decision in item.decisions.values())
    return Tally(dict(new), dict(twins), dict(changed), dict(removed), dict(fields))


def _is_removal(item: Item) -> bool:
    decision = item.decisions.get(REMOVED)
    return item.edit.base is not None and decision is not None and bool(decision.theirs)


@dataclass(frozen=True)
class Merged:
    """What a merge did; `sent` and `arrived` are hashes of what was to be written and of what stands there now."""

    changes: Changes
    taken: int
    same: int
    kept: int
    records: int
    arrived_records: int
    sent: str
    arrived: str
    left: tuple[str, ...] = ()

    @property
    def batch(self) -> int:
        """What takes the whole merge back; 0 when nothing was merged."""
        return self.changes.batch

    @property
    def is_whole(self) -> bool:
        """Is everything that came in the office now, as it was sent?"""
        return self.records == self.arrived_records and self.sent == self.arrived


def look_into(
    office: Office,
    path: Path,
    unlock: Callable[[Path], bytes | None],
    *,
    progress: Progress = untold,
) -> Homecoming:
    """Reads a pack and compares it with the office; changes nothing. Close it when it is done with."""
    if office.meta("pack"):
        raise KnownError("现在打开的本身就是一个出差包，不能把另一个包带回到这里。", "请先打开办公室。")
    progress("读取出差包")
    file = PackFile(path, unlock)
    try:
        if not file.meta("pack"):
            raise KnownError("这不是出差包，是一个办公室文件。", "请选择“带出出差包”写成的文件。")
        if file.meta("office") != office.meta("office"):
            raise KnownError(
                "这是另一个办公室的出差包，不能带回到这里。",
                "请先打开它出发时的办公室；要在这台电脑上用它，请用“文件 › 打开办公室”。",
            )
        return _compared(office, path.name, file, progress)
    except BaseException:
        file.close()
        raise


def _compared(office: Office, name: str, file: PackFile, progress: Progress) -> Homecoming:
    packs = office.find(Query(Pack, where=(Where("code", "=", file.meta("pack")),)))
    pack = packs[0] if packs else None
    returns = office.find(Query(PackReturn, where=(Where("pack", "=", pack.id),))) if pack else []
    merged = CameHome.read(one.batches for one in returns)
    progress("核对出差包")
    cargo = file.read(merged, pack.digest if pack else "")
    edits = cargo.records.edits + cargo.standards.edits
    if any(edit.record in (Pack, PackReturn) for edit in edits):
        raise Untrue("登记出差包的是办公室，不是出差包")
    new = [RecordKey(edit.record.NOUN, edit.key) for edit in edits if edit.base is None]
    merge.refuse_borrowed(office, cargo.batches, new)
    known_twins = read_twins(one.twins for one in returns)
    progress("查找重复")
    twins = find_twins(office, cargo.records.edits)
    progress("与办公室比较")
    same = {twin.new for twin in twins if twin.exact}
    may = office.may(Right.STANDARDS)
    home = Homecoming(file, name, pack, cargo, Known({}), twins, known_twins, may, same=same)
    home.look_again(office)
    return home


def bring_home(
    office: Office,
    home: Homecoming,
    *,
    progress: Progress = untold,
) -> Merged:
    """Merges as the choices say, as one batch, behind a backup; Undecided while a conflict is open.

    Nothing happens when there is nothing new. The office is compared once more inside the transaction.
    """
    office.require(Right.WRITE)
    left = len(home.undecided())
    if left:
        raise Undecided(f"还有 {left} 处冲突没有选定，什么都没有合并。", "请逐处选定后再带回。")
    if not home.new_batches:
        return _nothing_new(office, home)
    progress("备份办公室")
    backup.before(office, MERGE, progress=progress)
    with office.transaction(f"带回出差包：{_called(home)}") as tx:
        keys = merge.wanted(home.edits, home.leads)
        known = merge.held(tx, keys)
        items = home.items(known)
        if home.undecided(items):
            raise Undecided("核对之后，办公室里又有人改过同样的内容，什么都没有合并。", "请再核对一次。")
        outcome = settle(items, known, home.choices)
        _carry(tx, home, outcome, progress)
        laid = lay_ways_again(tx, outcome.writes)
        _register(office, tx, home, items, outcome)
    return _verified(office, home, items, outcome, tx.changes, laid)


def _carry(tx: Transaction, home: Homecoming, outcome: Outcome, progress: Progress) -> None:
    cargo = home.cargo
    merge.adopt(tx, cargo, home.new_batches)
    for item, fields in outcome.writes:
        if item.record.NOUN == "attachment" and fields.get("sha256"):
            tx.put_blob(home.file.blob(fields["sha256"]))
    merge.write(tx, outcome.writes, cargo.batches, partial(progress, "合并"))


def _register(office: Office, tx: Transaction, home: Homecoming, items: Sequence[Item], outcome: Outcome) -> None:
    """Writes down in the register that the pack is back and how far it was merged; undoing the merge forgets it."""
    cargo, day = home.cargo, today(office.clock)
    made = Pack(name=cargo.name or home.name, since=day, code=cargo.code, digest=cargo.digest)
    pack = tx.get(Pack, home.pack.id) if home.pack else made
    pack.state, pack.note = "已回", held(home)
    tx.save(pack)
    taken = sum(_written(item, fields) for item, fields in outcome.writes)
    tx.save(
        PackReturn(
            pack=pack.id,
            file=home.name,
            day=day,
            people="、".join(home.people),
            taken=taken,
            digest=_digest((item, raw_together(fields)) for item, fields in outcome.writes)[1],
            batches=CameHome(
                frozenset(cargo.records.batches),
                frozenset(cargo.standards.batches if home.with_standards else ()),
            ).text,
            twins=write_twins(home.agreed),
        )
    )
    tx.note(Deed(Act.PACK_HOME, len(outcome.writes), home.name, f"{taken} 处改动。{held(home)}"))


def _written(item: Item, fields: Mapping[str, Any]) -> int:
    """How many fields of a record the merge sets."""
    before, after = dict(item.ours or {}), raw_together(fields)
    return sum(before.get(name) != after.get(name) for name in {**before, **after})


def _verified(
    office: Office,
    home: Homecoming,
    items: Sequence[Item],
    outcome: Outcome,
    changes: Changes,
    laid: frozenset[RecordKey],
) -> Merged:
    """Reads what was written once more and holds it against what came, but for ways and costs that were laid anew."""
    writes = [(item, fields) for item, fields in outcome.writes if RecordKey(item.record.NOUN, item.key) not in laid]
    keys: dict[str, set[int]] = {}
    for item, _ in writes:
        keys.setdefault(item.record.NOUN, set()).add(item.key)
    there = merge.known(office, keys).fields
    count, sent = _digest((item, raw_together(fields)) for item, fields in writes)
    arrived_count, arrived = _digest(
        (item, there[key]) for item, _ in writes if (key := RecordKey(item.record.NOUN, item.key)) in there
    )
    decisions = [decision for item in items for decision in item.decisions.values()]
    kept = sum(
        decision.fate is Fate.CONFLICT and home.choices.get(item.choice(decision)) != "pack"
        for item in items
        for decision in item.conflicts
    )
    return Merged(
        changes=changes,
        taken=sum(_written(item, fields) for item, fields in outcome.writes),
        same=sum(decision.fate is Fate.SAME for decision in decisions),
        kept=kept,
        records=count,
        arrived_records=arrived_count,
        sent=sent,
        arrived=arrived,
        left=tuple(f"{RECORD_TITLES[item.record.NOUN]}“{item.title}”" for item in outcome.left),
    )


def _digest(records: Iterable[tuple[Item, Mapping[str, Any]]]) -> tuple[int, str]:
    digest, count = Digest(), 0
    for item, stored in sorted(records, key=lambda pair: (pair[0].record.NOUN, pair[0].key)):
        digest.add(item.record.NOUN, item.key, stored)
        count += 1
    return count, digest.text


def _nothing_new(office: Office, home: Homecoming) -> Merged:
    """Only the register learns that the pack is back, and the ledger what was done there."""
    changes, empty = Changes(), Digest().text
    merge.take_ledger(office, home.cargo)
    if home.pack is not None and (home.pack.state == "在外" or home.pack.note != held(home)):
        with office.transaction(f"出差包已回：{home.pack.name}") as tx:
            pack = tx.get(Pack, home.pack.id)
            pack.state, pack.note = "已回", held(home)
            tx.save(pack)
        changes = tx.changes
    return Merged(changes, 0, 0, 0, 0, 0, empty, empty)


def held(home: Homecoming) -> str:
    """What stays out because it is an admin's to bring home, in a sentence; "" for nothing."""
    what = "、".join(dict.fromkeys(RECORD_TITLES[item.record.NOUN] for item in home.held))
    return f"标准的 {home.held_fields} 处改动（{what}）要由管理员带回，这次没有并入。" if what else ""


def _called(home: Homecoming) -> str:
    people = f"（{'、'.join(home.people)}）" if home.people else ""
    return f"{home.pack.name if home.pack else home.cargo.name or home.name}{people}"

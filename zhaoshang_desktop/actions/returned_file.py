"""One workbook that came back: whose it is, and what is to be said against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.sending import EVERYBODY, SHEET_SECRET, Sending, SendingUnit
from zhaoshang_desktop.domain.text import folded, readable
from zhaoshang_desktop.exchange.reading import PasswordNeeded, read_workbook
from zhaoshang_desktop.exchange.returned import Recognised, Returned, recognise
from zhaoshang_desktop.exchange.seal import Mark, Seal
from zhaoshang_desktop.exchange.sheet import cell_text
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_AT_ONCE = 2
_SHORTEST_NAME = 2
_MOVED_AT_LEAST = 2


class Fate(StrEnum):
    """What a file is taken for."""

    GATHERED = "gathered"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    OTHER_OFFICE = "other_office"
    OTHER_SENDING = "other_sending"
    TAMPERED = "tampered"
    NEIGHBOUR = "neighbour"
    TWICE = "twice"
    TWO_VERSIONS = "two_versions"


@dataclass
class ReturnedFile:
    """A file, its fate and why; `unit` is whose it is, None when nobody knows. `notes` are sentences worth reading."""

    path: Path
    fate: Fate = Fate.GATHERED
    reason: str = ""
    found: Recognised | None = None
    unit: SendingUnit | None = None
    sending: Sending | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name, as far as it can be shown."""
        return readable(self.path.name)

    def refuse(self, fate: Fate, reason: str) -> None:
        """It is not gathered, for this reason."""
        self.fate, self.reason = fate, reason


def read_files(
    office: Office,
    paths: Sequence[Path],
    *,
    password: str | None = None,
    progress: Progress = untold,
) -> list[ReturnedFile]:
    """Every file read and, where it is ours, known by its unit and sending."""
    seal = Seal(office.meta(SHEET_SECRET) or "0")
    files = [ReturnedFile(path) for path in paths]
    read = partial(_read, seal=seal, password=password)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        try:
            for place, _ in enumerate(pool.map(read, files), 1):
                progress("读取收回的表", place, len(files))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    _identify(office, files)
    return files


def _read(file: ReturnedFile, *, seal: Seal, password: str | None) -> None:
    try:
        file.found = recognise(read_workbook(file.path, password=password), seal)
    except PasswordNeeded:
        file.refuse(Fate.UNREADABLE, f"“{file.name}”加了打开密码，请向填表人要密码，或去掉密码另存。")
    except KnownError as error:
        file.refuse(Fate.UNREADABLE, str(error))


def _identify(office: Office, files: Sequence[ReturnedFile]) -> None:
    keys = {file.found.unit for file in files if file.found} | {file.found.marked_unit for file in files if file.found}
    units = {one.id: one for one in office.rows(SendingUnit, sorted(keys)) if one.removed is None}
    sendings = {one.id: one for one in office.rows(Sending, sorted({one.sending for one in units.values()}))}
    place = office.meta("office")
    for file in files:
        found = file.found
        if file.fate is not Fate.GATHERED:
            continue
        if found is None:
            file.refuse(Fate.UNKNOWN, f"“{file.name}”不是从这里下发的表：没有找到下发时留的记号。")
            continue
        file.unit = units.get(found.unit)
        file.sending = sendings.get(file.unit.sending) if file.unit else None
        if found.ticket and found.ticket.office != place:
            file.refuse(Fate.OTHER_OFFICE, f"“{file.name}”是另一个办公室下发的表，不能收到这里。")
        elif not found.genuine:
            file.refuse(Fate.TAMPERED, f"“{file.name}”里隐藏的登记页被改过，核对不上，没有采用。")
        elif file.unit is None or file.sending is None:
            file.refuse(Fate.UNKNOWN, f"“{file.name}”是哪一次下发的，这个办公室里已经没有记录。")
        elif found.marks and not any(mark.genuine for mark in found.marks.values()):
            file.refuse(Fate.TAMPERED, f"“{file.name}”每一行的记号都被改过，核对不上，没有采用。")


def choose_sending(office: Office, files: Sequence[ReturnedFile], wanted: int = 0) -> Sending | None:
    """The sending to gather: the wanted one, else the one most of the files are of, or a later one of its series."""
    if wanted:
        return office.get(Sending, wanted)
    counts = Counter(file.sending.id for file in files if file.sending)
    if not counts:
        return None
    known = {file.sending.id: file.sending for file in files if file.sending}
    best = known[max(counts, key=lambda key: (counts[key], key))]
    later = [
        one
        for one in office.find(Query(Sending, order=("day",)))
        if one.id > best.id and one.library == best.library and one.series == best.series and one.by == best.by
    ]
    return later[-1] if later else best


def judge_files(office: Office, files: Sequence[ReturnedFile], sending: Sending, units: Sequence[SendingUnit]) -> None:
    """Names what is of another sending, a neighbour's, or there twice; what is left is gathered."""
    names = {one.id: one.name for one in units}
    by_name = {one.name: one for one in units}
    seen: dict[str, ReturnedFile] = {}
    for file in files:
        if file.fate is not Fate.GATHERED or file.unit is None or file.sending is None or file.found is None:
            continue
        if file.sending.id != sending.id:
            day = f"（{file.sending.day.isoformat()} 下发）" if file.sending.day else ""
            file.refuse(
                Fate.OTHER_SENDING, f"“{file.name}”是《{file.sending.title}》{day}的表，不是《{sending.title}》的。"
            )
            continue
        sender, neighbour = _neighbour(file, names)
        if neighbour:
            file.refuse(Fate.NEIGHBOUR, neighbour)
            file.unit = by_name[sender]
        elif file.found.digest in seen:
            other = seen[file.found.digest]
            file.refuse(Fate.TWICE, f"“{file.name}”与“{other.name}”内容完全一样，只算一份。")
        else:
            seen[file.found.digest] = file
            if file.unit.digest == file.found.digest:
                file.notes.append("这份表以前收过，内容没有再变")
    _refuse_versions(files)


def _neighbour(file: ReturnedFile, names: Mapping[int, str]) -> tuple[str, str]:
    """Who sent it and a sentence, when its name or most of its rows are another unit's than its ticket says."""
    assert file.unit is not None
    assert file.found is not None
    own, marked = file.unit, file.found.marked_unit
    if marked in names and marked != own.id:
        return own.name, f"“{file.name}”是发给“{own.name}”的表，里面却是“{names[marked]}”的行。"
    stem = folded(Path(file.name).stem)
    named = [name for name in names.values() if len(name) >= _SHORTEST_NAME and folded(name) in stem]
    longest = max(named, key=len, default="")
    if longest and longest != own.name and own.name != EVERYBODY and own.name not in named:
        sentence = f"“{file.name}”的文件名写的是“{longest}”，里面却是发给“{own.name}”的表，像是抄了邻单位的。"
        return longest, sentence
    return "", ""


def _refuse_versions(files: Sequence[ReturnedFile]) -> None:
    """Of two different answers of one unit neither is taken: somebody has to say which counts."""
    by_unit: dict[int, list[ReturnedFile]] = {}
    for file in files:
        if file.fate is Fate.GATHERED and file.unit is not None:
            by_unit.setdefault(file.unit.id, []).append(file)
    for several in by_unit.values():
        if len(several) > 1:
            names = "”“".join(file.name for file in several)
            for file in several:
                unit = file.unit.name if file.unit else ""
                file.refuse(Fate.TWO_VERSIONS, f"“{unit}”交回了不一样的 {len(several)} 份：“{names}”，请只留一份。")


def settle_marks(
    found: Recognised, returned: Returned, titles: Mapping[int, str], unit: int, path: str
) -> tuple[Recognised, list[str]]:
    """The marks as they are meant, with a sentence for each thing that had to be put right.

    A row that lost its mark is known by its title; rows that were sorted without their marks are known by their
    titles, too; of two rows with one mark, the one that still has the title keeps it.
    """
    column = returned.columns.get(path)
    if column is None:
        return found, []
    unique = {text: key for key, text in titles.items() if list(titles.values()).count(text) == 1}
    said = {number: cell_text(row[column.index]).strip() for number, row in enumerate(found.sheet.rows)}
    marks = {number: mark for number, mark in found.marks.items() if mark.unit == unit and mark.genuine}
    notes = []
    moved = {
        number: unique[said[number]]
        for number, mark in marks.items()
        if said[number] != titles.get(mark.record) and said[number] in unique
    }
    if len(moved) >= _MOVED_AT_LEAST:
        marks.update({number: Mark(unit, key) for number, key in moved.items()})
        notes.append(f"有 {len(moved)} 行排序时没有带上隐藏的记号，已按名称对回")
    copied = _copied(marks, said, titles)
    for number in copied:
        del marks[number]
    if copied:
        notes.append(f"有 {len(copied)} 行是复制出来的，按新增的行处理")
    there = {mark.record for mark in marks.values()}
    lost = {
        number: unique[text]
        for number, text in said.items()
        if number not in found.marks and text in unique and unique[text] not in there
    }
    marks.update({number: Mark(unit, key) for number, key in lost.items()})
    if lost:
        notes.append(f"有 {len(lost)} 行的记号没有了，已按名称认出")
    strange = {number: mark for number, mark in found.marks.items() if mark.unit != unit or not mark.genuine}
    return replace(found, marks={**strange, **marks}), notes


def _copied(marks: Mapping[int, Mark], said: Mapping[int, str], titles: Mapping[int, str]) -> list[int]:
    rows: dict[int, list[int]] = {}
    for number, mark in marks.items():
        rows.setdefault(mark.record, []).append(number)
    copied = []
    for key, numbers in rows.items():
        if len(numbers) > 1:
            keeps = next((number for number in numbers if said[number] == titles.get(key)), numbers[0])
            copied += [number for number in numbers if number != keeps]
    return copied

"""出差包: a part of the office that is out on a laptop, and what of it has come home."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choice, Day, Link, Links, Note, Text, Whole
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

DESTINATIONS = ("境内", "境外")
PACK_STATES = ("在外", "已回", "作废")


@dataclass(kw_only=True, slots=True)
class Pack(Record):
    """One line of the register of packs; it stays in the office.

    境外 is everywhere outside the mainland (港澳台 too): no people travel there. `code` is what the file itself says
    it is, `position` the journal's last line when it left, `digest` the hash of what was sent, against which the
    pack is held when it comes home.
    """

    NOUN: ClassVar[str] = "pack"

    name: Annotated[str, Spec("名称", Text(), required=True, column=1)] = ""
    holder: Annotated[str, Spec("带包人", Text(), column=2)] = ""
    since: Annotated[date | None, Spec("带出日期", Day(), required=True, column=3)] = None
    destination: Annotated[str, Spec("去向", Choice(DESTINATIONS), column=4)] = "境内"
    scope: Annotated[str, Spec("内容", Text(), column=5)] = ""
    trips: Annotated[tuple[int, ...], Spec("外出", Links("trip"))] = ()
    state: Annotated[str, Spec("状态", Choice(PACK_STATES), column=6)] = "在外"
    records: Annotated[int | None, Spec("记录数", Whole(), column=7)] = None
    code: Annotated[str, Spec("编号", Text())] = ""
    position: Annotated[int | None, Spec("修改记录位置", Whole())] = None
    digest: Annotated[str, Spec("校验码", Text())] = ""
    note: Annotated[str, Spec("备注", Note())] = ""


@dataclass(kw_only=True, slots=True)
class PackReturn(Record):
    """One coming home of a pack. It belongs to the batch that merged it, so that undoing the merge forgets it.

    `batches` are the batches of the laptop that have come home with it (see `CameHome`), `twins` which new records of
    the laptop are which of the office: both as the keys' digits, for the next time the same pack comes home.
    """

    NOUN: ClassVar[str] = "pack_return"
    TITLE: ClassVar[str] = "file"
    OWNER: ClassVar[str] = "pack"

    pack: Annotated[int, Spec("出差包", Link("pack"), required=True)] = 0
    file: Annotated[str, Spec("文件名", Text(), column=1)] = ""
    day: Annotated[date | None, Spec("带回日期", Day(), column=2)] = None
    people: Annotated[str, Spec("修改人", Text(), column=3)] = ""
    taken: Annotated[int | None, Spec("带回的改动", Whole(), column=4)] = None
    digest: Annotated[str, Spec("校验码", Text())] = ""
    batches: Annotated[str, Spec("批次", Note())] = ""
    twins: Annotated[str, Spec("合到已有记录", Note())] = ""


_STANDARDS = "s"


@dataclass(frozen=True)
class CameHome:
    """The batches of a laptop that the office has already: those of which the records came home, and those of which
    the standards did, since a clerk brings home the one without the other."""

    records: frozenset[int] = frozenset()
    standards: frozenset[int] = frozenset()

    @classmethod
    def read(cls, told: Iterable[str]) -> CameHome:
        """What the register has of several homecomings."""
        words = {word for one in told for word in one.split()}
        standards = {word for word in words if word.endswith(_STANDARDS)}
        return cls(
            frozenset(int(word) for word in words - standards),
            frozenset(int(word.removesuffix(_STANDARDS)) for word in standards),
        )

    @property
    def text(self) -> str:
        """As the register keeps it: the keys' digits, with an "s" behind where it is the standards that came."""
        return " ".join([*map(str, sorted(self.records)), *(f"{key}{_STANDARDS}" for key in sorted(self.standards))])

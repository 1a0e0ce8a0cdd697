"""The receptions there are: when, who comes, of which kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import GUEST, RECEPTION_KINDS, Reception, ReceptionPerson
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.ui.affair.affair_list import BIN, AffairList, Line, days

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

NAME, STATE, KIND, DAYS, VISITOR, GUESTS, LETTER = range(7)
LEDGER = "reception.ledger"


class ReceptionList(AffairList):
    """A chip a kind: the two are never mixed."""

    RECORD = Reception
    HEADS = ("名称", "状态", "接待类别", "日期", "来访单位", "客人", "来函")
    WIDTHS = (260, 76, 76, 158, 150, 56, 140)
    WIDE = NAME
    CHIPS = RECEPTION_KINDS
    MEANINGS = {"草稿": "violet", "已定": "accent", "接待中": "amber", "已结束": "green", "取消": "faint"}
    BUTTONS = (("台账…", LEDGER), ("新建接待", "reception.new"))
    SEARCHES = "名称、来访单位、文号、拼音"
    TEACHES = "还没有接待。新建一次，写好名单和日程，程序按标准检查，印出方案、名单、席签和接待清单。"

    def counts(self) -> str:
        kinds = [line.texts[KIND] for line in self.model.lines]
        return "　".join(f"{kind} {kinds.count(kind)} 次" for kind in RECEPTION_KINDS if kind in kinds)

    def question(self, words: str, chip: str) -> Callable[[Office], list[Line]]:
        def asked(office: Office) -> list[Line]:
            where = (Where("kind", "=", chip),) if chip in RECEPTION_KINDS else ()
            found: list[Reception] = office.find(
                Query(Reception, words=words, where=where, order=("-start", "-id"), bin=chip == BIN)
            )
            firms = {key for one in found for key in one.investors}
            names = {one.id: one.short_name or one.name for one in office.rows(Investor, sorted(firms))}
            guests: dict[int, int] = {}
            for _, reception, side in office.columns(ReceptionPerson, "reception", "side"):
                guests[reception] = guests.get(reception, 0) + (side == GUEST)
            return [_line(one, today(office.clock), names, guests.get(one.id, 0)) for one in found]

        return asked


def _line(one: Reception, day: date, names: dict[int, str], guests: int) -> Line:
    state = one.state_on(day)
    texts = (
        one.name,
        f"● {state}",
        one.kind,
        days(one.start, one.end),
        one.from_unit or "、".join(names.get(key, "") for key in one.investors),
        f"{guests} 人" if guests else "",
        one.letter_number,
    )
    return Line(one.id, state, texts, one.purpose)

"""外出招商报告, drafted: what the records say of a trip, in the sentences of an official report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from zhaoshang_desktop.domain.numeral import chinese_number
from zhaoshang_desktop.domain.report import SECTIONS
from zhaoshang_desktop.domain.talking import without_unit_numbers
from zhaoshang_desktop.domain.trip import SETTLED
from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, Visit
from zhaoshang_desktop.domain.visit_figures import Figures, figures_of
from zhaoshang_desktop.papers.amounts import said_money, sums_by_currency
from zhaoshang_desktop.papers.briefing import BriefingPack, short_place, span

MEANINGS = {"A": "意向明确", "B": "意向较强", "C": "意向一般", "D": "暂无意向"}
PLACES_AT_MOST = 8


@dataclass(frozen=True)
class Drafted:
    """The title and the sections, by field; `figures` are those the text speaks of."""

    title: str
    sections: dict[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)


def draft_report(pack: BriefingPack) -> Drafted:
    """The report of a trip as far as its records tell it; 体会和建议 is left to be written."""
    figures = figures_of(pack.visits)
    said = {
        "overview": _overview(pack, figures),
        "visits": "\n".join(_visits(pack)),
        "outcome": "\n".join(_outcome(pack, figures)),
        "following": "\n".join(_following(pack)),
        "cost": _cost(pack),
        "lessons": "",
    }
    title = f"关于{pack.name}外出招商情况的报告"
    return Drafted(title, {name: without_unit_numbers(said[name]) for name in SECTIONS}, figures)


def held(pack: BriefingPack) -> list[Visit]:
    """The visits that took place, in their order."""
    return sorted(
        (visit for visit in pack.visits if visit.state == HELD),
        key=lambda visit: (visit.day or date.max, visit.start or 0, visit.id),
    )


def host_names(pack: BriefingPack, visit: Visit) -> str:
    """Whom we met there, as far as it was noted."""
    known = [pack.contact_of[key] for key in visit.contacts if key in pack.contact_of]
    return "、".join(f"{one.post}{one.name}" for one in known)


def our_names(pack: BriefingPack, visit: Visit) -> str:
    """Who of ours was there."""
    return "、".join(pack.member_of[key].name for key in visit.members if key in pack.member_of)


def owner_name(pack: BriefingPack, visit: Visit) -> str:
    """Who has to see to the next step."""
    owner = pack.member_of.get(visit.next_owner)
    return owner.name if owner else "待定"


def name_of(pack: BriefingPack, visit: Visit) -> str:
    """The firm by its full name."""
    investor = pack.investor_of.get(visit.investor)
    return investor.name if investor else "（已删除的客商）"


def place_of(pack: BriefingPack, visit: Visit) -> str:
    """The city of a meeting."""
    investor = pack.investor_of.get(visit.investor)
    code = visit.place or (investor.place if investor else "")
    return short_place(code).replace(" ", "") if code else ""


def _overview(pack: BriefingPack, figures: Figures) -> str:
    trip = pack.trip
    purpose = f"为{trip.purpose.rstrip('。')}，" if trip.purpose else ""
    teams = "；".join(f"{team.name}{pack.team_names(team)}" for team in pack.teams if pack.team_names(team))
    groups = f"派出{f'{len(pack.teams)}个小分队' if len(pack.teams) > 1 else '小分队'}（{teams}）" if teams else ""
    places = list(dict.fromkeys(city for visit in held(pack) if (city := _city(pack, visit))))
    where = f"赴{'、'.join(places[:PLACES_AT_MOST])}{'等地' if len(places) > 1 else ''}" if places else ""
    days = span(trip.start, trip.end).replace("—", "至")
    return f"{days}，{purpose}{pack.office}{groups}{where}外出招商，{_counted(figures)}。"


def _city(pack: BriefingPack, visit: Visit) -> str:
    investor = pack.investor_of.get(visit.investor)
    code = visit.place or (investor.place if investor else "")
    return short_place(code).split()[0] if code else ""


def _counted(figures: Figures) -> str:
    firms = f"，涉及客商{figures.firms}家" if figures.firms != figures.visits else ""
    return f"共走访洽谈{figures.visits}次{firms}" if firms else f"共走访洽谈客商{figures.firms}家"


def _visits(pack: BriefingPack) -> Iterator[str]:
    for number, visit in enumerate(held(pack), 1):
        place = place_of(pack, visit)
        yield f"（{chinese_number(number)}）{name_of(pack, visit)}" + (f"（{place}）" if place else "")
        hosts, ours = host_names(pack, visit), our_names(pack, visit)
        who = f"{ours}{'会见' if hosts else '走访该企业'}{hosts}" if ours else f"会见{hosts}" if hosts else "走访该企业"
        day = f"{visit.day.month}月{visit.day.day}日，" if visit.day else ""
        parts = [f"{day}{who}。", _sentence(visit.said), _sentence(visit.result)]
        if visit.intention:
            parts.append(f"{MEANINGS[visit.intention]}（{visit.intention}类）。")
        yield "".join(parts)
    if not held(pack):
        yield "尚无已记录的走访。"


def _outcome(pack: BriefingPack, figures: Figures) -> Iterator[str]:
    each = "家" if figures.firms == figures.visits else "次"
    told = "、".join(
        f"{MEANINGS[letter]}（{letter}类）{count}{each}" for letter, count in figures.intentions.items() if count
    )
    undecided = f"，未定{figures.undecided}{each}" if figures.undecided and told else ""
    yield f"{_counted(figures)}" + (f"，其中{told}{undecided}。" if told else "。")
    names = {project.id: project.name for project in pack.projects}
    projects = "、".join(names[key] for key in figures.projects if key in names)
    if figures.projects:
        yield f"形成或推进项目{len(figures.projects)}个" + (f"：{projects}。" if projects else "。")
    if figures.leads:
        yield f"收集有效信息{len(figures.leads)}条。"
    if figures.unplanned:
        yield f"途中临时增加走访{figures.unplanned}次。"
    off = [visit for visit in pack.visits if visit.state == CALLED_OFF]
    if off:
        reasons = "、".join(f"{name_of(pack, visit)}{f'（{visit.reason}）' if visit.reason else ''}" for visit in off)
        yield f"原定走访中取消{len(off)}家：{reasons}。"


def _following(pack: BriefingPack) -> Iterator[str]:
    number = 0
    for visit in held(pack):
        if visit.next_step:
            number += 1
            due = f"，{visit.next_due.month}月{visit.next_due.day}日前完成" if visit.next_due else ""
            done = "，已办结" if visit.next_done else ""
            step = visit.next_step.rstrip("。")
            yield f"{number}．{name_of(pack, visit)}：{step}，责任人{owner_name(pack, visit)}{due}{done}。"
    if not number:
        yield "尚未确定下一步工作。"


def _cost(pack: BriefingPack) -> str:
    planned = sums_by_currency(line.planned for line in pack.budget)
    actual = sums_by_currency(line.actual for line in pack.budget)
    if not planned and not actual:
        return "未编制预算。"
    told = "、".join(said_money(one) for one in planned.values())
    if not actual or pack.trip.state != SETTLED:
        spent = "、".join(said_money(one) for one in actual.values())
        return f"预算{told or '未编制'}" + (f"，已登记支出{spent}" if spent else "") + "，待结算。"
    spent = "、".join(said_money(one) for one in actual.values())
    if len(planned) != 1 or list(planned) != list(actual):
        return f"预算{told or '未编制'}，实际支出{spent}。"
    (before,), (after,) = planned.values(), actual.values()
    left = type(before)(abs(before.fen - after.fen), before.currency)
    how = "与预算持平" if not left.fen else f"{'结余' if before.fen > after.fen else '超出'}{said_money(left)}"
    return f"预算{told}，实际支出{spent}，{how}。"


def _sentence(text: str) -> str:
    flat = "".join(part.strip() for part in text.splitlines())
    return f"{flat.rstrip('。；;')}。" if flat else ""

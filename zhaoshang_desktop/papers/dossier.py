"""会见参考: who they are, what they want, what we offer, what not to say — one target on pages of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhaoshang_desktop.domain import talking
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.talking import Match, Point, without_unit_numbers
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    Heading,
    Items,
    Paragraph,
    Run,
    Words,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, Target, hours, long_day
from zhaoshang_desktop.papers.itinerary import where

PORTRAIT = (
    "short_name",
    "former_names",
    "credit_code",
    "ownership",
    "subject_kind",
    "level",
    "honours",
    "industry",
    "chain",
    "chain_node",
    "place",
    "founded",
    "registered_capital",
    "paid_capital",
    "revenue",
    "tax_paid",
    "staff",
    "controller",
    "parent",
    "website",
    "address",
    "business",
    "condition",
    "plans",
    "needs",
    "local_ties",
)
HISTORY_COLUMNS = (
    Column("日期", 1.45, "center"),
    Column("方式", 0.8, "center"),
    Column("谈了什么、结果", 4.4),
    Column("意向", 0.6, "center"),
    Column("下一步", 2.2),
)
PROJECT_COLUMNS = (
    Column("项目", 2.4),
    Column("阶段", 1, "center"),
    Column("建设内容和要点", 3.6),
    Column("为什么推荐", 1.6),
)
HISTORY_AT_MOST = 12


def dossier(pack: BriefingPack, target: Target, number: int, *, new_page: bool = True) -> Iterator[Block]:
    """The six parts of one target; a part without records says so in a line."""
    investor = target.investor
    history = pack.past_of(investor)
    matches = talking.matching_projects(investor, pack.projects, pack.stakes)
    contacts = pack.people_of(target)
    yield Heading(f"{number}. {investor.name}", 2, new_page=new_page)
    yield Paragraph("\n".join(_meeting(pack, visit) for visit in target.visits), note=True)
    yield Heading("一、企业概况", 3, listed=False)
    yield from _portrait(investor)
    yield Heading("二、会见对象与习惯", 3, listed=False)
    yield from _people(pack, target, contacts)
    yield Heading("三、往来记录", 3, listed=False)
    yield from _history(pack, history)
    yield Heading("四、匹配项目", 3, listed=False)
    yield from _projects(matches)
    yield Heading("五、可谈", 3, listed=False)
    say = talking.to_say(
        investor,
        history=history,
        matches=matches,
        facts=pack.facts,
        authority=_authority(pack, target),
        today=pack.printed,
    )
    yield from _points(say, "资料不足，暂无可谈要点，请补充对方需求和本地概况。")
    yield Heading("六、不宜谈", 3, listed=False)
    yield from _points(talking.not_to_say(investor, contacts=contacts, history=history, today=pack.printed), "无。")


def _meeting(pack: BriefingPack, visit: Visit) -> str:
    team = pack.team_of.get(visit.team)
    when = f"{long_day(visit.day)} {hours(visit.start, visit.minutes)}" if visit.day else "时间待定"
    return "　".join(part for part in (when, team.name if team else "", where(pack, visit)) if part)


def _portrait(investor: Investor) -> Iterator[Block]:
    pairs = [("企业名称", investor.name)]
    for name in PORTRAIT:
        field = field_of(Investor, name)
        value = getattr(investor, name)
        text = field.kind.write(value) if value else investor.raw.get(name, "")
        if text:
            pairs.append((field.label, without_unit_numbers(text)))
    checked = _diligence(investor)
    if checked:
        pairs.append(("尽职调查", checked))
    yield FieldTable(tuple(pairs))


def _diligence(investor: Investor) -> str:
    known = (("失信", investor.dishonest), ("被执行", investor.enforced))
    found = [f"{'有' if is_so else '无'}{word}记录" for word, is_so in known if is_so is not None]
    if found and investor.checked_on:
        found.append(f"{investor.checked_on:%Y-%m-%d}核查")
    return "，".join(found)


def _people(pack: BriefingPack, target: Target, contacts: Sequence[Contact]) -> Iterator[Block]:
    if not contacts:
        yield Paragraph("未登记联系人，请出发前核实对方出席人员。", note=True)
        return
    met = {key for visit in target.visits for key in visit.contacts}
    for contact in contacts:
        marks = [word for word, is_so in (("拟会见", contact.id in met), ("决策人", contact.decides)) if is_so]
        who = f"{contact.name}（{'、'.join(marks)}）" if marks else contact.name
        pairs = [("姓名", who), ("职务", contact.post or "未登记")]
        if contact.mobile or contact.phone:
            pairs.append(("电话", "、".join(part for part in (contact.mobile, contact.phone) if part)))
        if contact.wechat:
            pairs.append(("微信", contact.wechat))
        pairs += talking.habits(contact, pack.printed)
        if contact.taboos and not talking.is_expired(contact, pack.printed):
            pairs.append(("禁忌 ▲", without_unit_numbers(contact.taboos)))
        yield FieldTable(tuple(pairs))


def _history(pack: BriefingPack, history: Sequence[Visit]) -> Iterator[Block]:
    if not history:
        yield Paragraph("尚无往来记录。", note=True)
        return
    rows = []
    for visit in history[:HISTORY_AT_MOST]:
        told = "\n".join(part for part in (visit.said, visit.result and f"结果：{visit.result}") if part)
        step = visit.next_step
        if step:
            owner = pack.member_of.get(visit.next_owner)
            about = "，".join(
                part
                for part in (
                    owner.name if owner else "",
                    f"时限{visit.next_due:%Y-%m-%d}" if visit.next_due else "",
                    "已办" if visit.next_done else "未办",
                )
                if part
            )
            step = f"{step}（{about}）"
        day = f"{visit.day:%Y-%m-%d}" if visit.day else "日期不详"
        rows.append((day, visit.way, without_unit_numbers(told) or "未记录", visit.intention, step))
    yield DataTable(HISTORY_COLUMNS, tuple(rows))
    if len(history) > HISTORY_AT_MOST:
        yield Paragraph(f"此前还有{len(history) - HISTORY_AT_MOST}次往来，未列出。", note=True)


def _projects(matches: Sequence[Match]) -> Iterator[Block]:
    if not matches:
        yield Paragraph("暂无匹配的项目。", note=True)
        return
    rows = []
    for match in matches:
        project = match.project
        what = project.pitch or project.content or "未填写"
        rows.append((project.name, project.stage or "未注明", without_unit_numbers(what), match.reason))
    yield DataTable(PROJECT_COLUMNS, tuple(rows))


def _authority(pack: BriefingPack, target: Target) -> list[str]:
    """What the team at the table may decide on the spot."""
    teams = [pack.team_of[visit.team] for visit in target.visits if visit.team in pack.team_of]
    members = [member for team in teams for member in pack.team_members(team)]
    return list(dict.fromkeys(f"{member.authority}（{member.name}）" for member in members if member.authority))


def _points(points: Sequence[Point], empty: str) -> Iterator[Block]:
    if not points:
        yield Paragraph(empty, note=True)
        return
    yield Items(tuple(_words(point) for point in points), "1")


def _words(point: Point) -> Words:
    if not point.source:
        return point.text
    return (Run(point.text), Run(f"［{point.source}］", small=True))

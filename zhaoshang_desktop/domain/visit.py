"""拜访洽谈: one meeting from the wish to meet to what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import (
    Choice,
    Day,
    Flag,
    Hour,
    Link,
    Links,
    Note,
    Place,
    Text,
    Times,
    Whole,
)
from zhaoshang_desktop.domain.meeting_times import Times as MeetingTimes
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec

WAITING, PLACED, HELD, CALLED_OFF = VISIT_STATES = ("待排", "已排", "已完成", "取消")
"""On the list, on a day of the plan, taken place and typed up, called off."""
DIRECTIONS = ("走出去", "请进来")
WAYS = ("拜访", "接待", "电话", "会议")
INTENTIONS = ("A", "B", "C", "D")
PRIORITIES = ("高", "中", "低")
LEADERS = ("县级主要领导", "县级领导", "科级干部", "一般人员")
HOST_RANKS = ("实际控制人", "董事长或总经理", "副总", "部门负责人", "其他")
USUAL_MINUTES = 90
"""How long a talk is where nobody has said so."""


@dataclass(kw_only=True, slots=True)
class Visit(Record):
    """A visit may stand without a trip (a phone call, a guest who drops in).

    A target of a trip is a visit that is 待排; the planner gives it team, day and hour (已排);
    the log fills in what was said, the intention (A 明确 – D 无) and the next step (已完成).
    `fixed` is an appointment the host has confirmed, `pinned` one the clerk has put there by hand:
    the planner moves neither. `windows` are the times the host has named, without any a workday will do;
    `apart` the visits that must not be on the same day; without `priority` the host's level says what
    seeing them is worth. `reason` says why it was moved, skipped or called off. What the assessment counts
    (`unit`, `leader`, `host_rank`, `guests` and who of ours was there) is filled in when the visit is typed up,
    so that nobody reports it a second time.
    """

    NOUN: ClassVar[str] = "visit"
    TITLE: ClassVar[str] = "result"
    OWNER: ClassVar[str] = "investor"

    investor: Annotated[int, Spec("客商", Link("investor"), required=True)] = 0
    contacts: Annotated[tuple[int, ...], Spec("会见人", Links("contact"))] = ()
    project: Annotated[int, Spec("项目", Link("project"))] = 0
    trip: Annotated[int, Spec("外出", Link("trip"))] = 0
    team: Annotated[int, Spec("队", Link("team"))] = 0
    reception: Annotated[int, Spec("接待", Link("reception"))] = 0
    state: Annotated[str, Spec("状态", Choice(VISIT_STATES))] = WAITING
    direction: Annotated[str, Spec("方向", Choice(DIRECTIONS))] = "走出去"
    way: Annotated[str, Spec("方式", Choice(WAYS))] = "拜访"
    day: Annotated[date | None, Spec("日期", Day(), group="时间")] = None
    start: Annotated[int | None, Spec("开始", Hour(), group="时间")] = None
    minutes: Annotated[int | None, Spec("时长", Whole("分钟"), group="时间")] = USUAL_MINUTES
    place: Annotated[str, Spec("地点", Place(), group="时间")] = ""
    address: Annotated[str, Spec("详细地址", Text(), group="时间")] = ""
    must: Annotated[bool | None, Spec("必到", Flag(), group="安排")] = None
    priority: Annotated[str, Spec("优先级", Choice(PRIORITIES), group="安排", hint="空：按客商的关注等级")] = ""
    windows: Annotated[
        MeetingTimes, Spec("可谈时间", Times(), group="安排", hint="如：周二上午；周三 14:00–16:00；空：上班时间都可以")
    ] = ()
    apart: Annotated[tuple[int, ...], Spec("不同日", Links("visit"), group="安排", hint="不和它们排在同一天")] = ()
    fixed: Annotated[bool | None, Spec("已约定", Flag(), group="安排")] = None
    pinned: Annotated[bool | None, Spec("钉住", Flag(), group="安排")] = None
    only_team: Annotated[int, Spec("限定队", Link("team"), group="安排", hint="只能由这个队去")] = 0
    left_out: Annotated[str, Spec("没排上的原因", Text(), group="安排")] = ""
    members: Annotated[tuple[int, ...], Spec("参加人", Links("member"), group="记录")] = ()
    said: Annotated[str, Spec("洽谈内容", Note(), group="记录")] = ""
    intention: Annotated[str, Spec("意向", Choice(INTENTIONS), group="记录")] = ""
    result: Annotated[str, Spec("结果", Note(), group="记录")] = ""
    next_step: Annotated[str, Spec("下一步", Text(), group="记录")] = ""
    next_due: Annotated[date | None, Spec("下一步时限", Day(), group="记录")] = None
    next_owner: Annotated[int, Spec("下一步责任人", Link("member"), group="记录")] = 0
    next_done: Annotated[bool | None, Spec("下一步已办", Flag(), group="记录")] = None
    next_done_on: Annotated[date | None, Spec("下一步办结日期", Day(), group="记录")] = None
    next_note: Annotated[str, Spec("下一步办理情况", Text(), group="记录")] = ""
    lead: Annotated[int, Spec("信息", Link("lead"), group="记录", hint="由这次拜访得来的信息")] = 0
    unplanned: Annotated[bool | None, Spec("临时增加", Flag(), group="记录")] = None
    reason: Annotated[str, Spec("变动原因", Text(), group="记录", hint="改期、跳过或取消的原因")] = ""
    unit: Annotated[int, Spec("计入单位", Link("unit"), group="考核")] = 0
    leader: Annotated[str, Spec("我方带队", Choice(LEADERS), group="考核")] = ""
    host_rank: Annotated[str, Spec("对方最高职务", Choice(HOST_RANKS), group="考核")] = ""
    guests: Annotated[int | None, Spec("对方人数", Whole("人"), group="考核")] = None

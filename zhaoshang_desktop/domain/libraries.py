"""Every type of record there is, and which belongs to which."""

from __future__ import annotations

from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, LodgingLimit, Rate, SeatRule, TravelRule
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.expert import Expert, Service
from zhaoshang_desktop.domain.fairness import FairRule
from zhaoshang_desktop.domain.follow_rule import FollowRule
from zhaoshang_desktop.domain.followup import Application, Concern, JointUnit, Progress, Receipt
from zhaoshang_desktop.domain.form import Form
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.kinds import Link
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.pack import Pack, PackReturn
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.reception import (
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_rule import ReceptionRule
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.report import Report
from zhaoshang_desktop.domain.sending import Sending, SendingUnit
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Road, Team, Trip
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit

LIBRARIES: dict[str, type[Record]] = {
    "investors": Investor,
    "projects": Project,
    "leads": Lead,
    "experts": Expert,
}
"""The four libraries 四库 by the names of the command line."""

LIBRARY_TITLES = {"investors": "客商库", "projects": "项目库", "leads": "信息库", "experts": "专家库"}

RECORDS: dict[str, type[Record]] = {
    record.NOUN: record
    for record in (
        Investor,
        Contact,
        Project,
        Stake,
        Milestone,
        Progress,
        Receipt,
        Concern,
        JointUnit,
        Application,
        Lead,
        Expert,
        Service,
        Unit,
        Member,
        Absence,
        Trip,
        Team,
        Leg,
        Road,
        BudgetLine,
        Report,
        Expense,
        Reception,
        ReceptionItem,
        ReceptionPerson,
        ReceptionMeal,
        ReceptionCar,
        ReceptionCost,
        Visit,
        CountyFact,
        Allowance,
        LodgingLimit,
        SeatRule,
        CalendarDay,
        Rate,
        TravelRule,
        TargetRule,
        FollowRule,
        FairRule,
        ReceptionRule,
        Attachment,
        Sending,
        SendingUnit,
        Form,
        Pack,
        PackReturn,
    )
}
"""Every record type by its NOUN."""

RECORD_TITLES = {
    "investor": "客商",
    "contact": "联系人",
    "project": "项目",
    "stake": "投资方",
    "milestone": "阶段",
    "progress": "月度进展",
    "receipt": "到位资金",
    "concern": "护商问题",
    "joint_unit": "联合招商单位",
    "application": "列入计划",
    "lead": "信息",
    "expert": "专家",
    "service": "服务记录",
    "unit": "单位",
    "member": "招商人员",
    "absence": "不在的日子",
    "trip": "外出",
    "team": "队",
    "leg": "路程",
    "road": "路上用时",
    "budget_line": "预算",
    "report": "外出招商报告",
    "expense": "支出",
    "reception": "接待",
    "reception_item": "接待日程",
    "reception_person": "接待人员",
    "reception_meal": "接待用餐",
    "reception_car": "接待车辆",
    "reception_cost": "接待费用",
    "visit": "拜访洽谈",
    "county_fact": "本地概况",
    "allowance": "补助标准",
    "lodging_limit": "住宿费限额",
    "seat_rule": "交通等级",
    "calendar_day": "节假日",
    "rate": "汇率",
    "travel_rule": "出行参数",
    "target_rule": "推荐权重",
    "follow_rule": "跟进期限",
    "fair_rule": "公平竞争用语",
    "reception_rule": "接待标准",
    "attachment": "附件",
    "sending": "下发表",
    "sending_unit": "下发单位",
    "form": "上级报表",
    "pack": "出差包",
    "pack_return": "出差包带回",
}
"""What a person calls a record of each type."""


def owner_of(record: type[Record]) -> type[Record] | None:
    """The type of the record that a record of this type belongs to, None when it stands alone."""
    if not record.OWNER:
        return None
    kind = field_of(record, record.OWNER).kind
    if not isinstance(kind, Link):
        raise TypeError(f"{record.__name__}.{record.OWNER} is no link")
    return RECORDS[kind.noun]


CHILDREN: dict[type[Record], tuple[type[Record], ...]] = {
    record: tuple(child for child in RECORDS.values() if owner_of(child) is record) for record in RECORDS.values()
}
"""Every record type with the types that belong to it."""

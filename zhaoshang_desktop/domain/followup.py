"""What is written down while a project goes on: 进展, 到位资金, 护商问题, 联合招商, 列入计划."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import When as WhenValue
from zhaoshang_desktop.domain.kinds import Amount, Choice, Choices, Day, Flag, Link, Note, Text, When, Whole
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

SOURCE_AREAS = ("境外", "省外", "市外", "县外市内", "本地")
VOUCHERS = ("土地款", "工程结算", "设备发票", "验资", "其他")
JOINT_ROLES = ("谋划", "拓展", "推动", "监督", "处理", "考核")
PLAN_LEVELS = ("国家", "省", "市")
SATISFACTIONS = ("满意", "基本满意", "不满意")


@dataclass(kw_only=True, slots=True)
class Progress(Record):
    """月度进展; 完成投资 is what was built, not what arrived (到位资金)."""

    NOUN: ClassVar[str] = "progress"
    TITLE: ClassVar[str] = "state"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True, aliases=("项目名称",))] = 0
    month: Annotated[WhenValue | None, Spec("月份", When(), required=True, column=1, aliases=("填报月份", "时间"))] = (
        None
    )
    state: Annotated[
        str, Spec("目前进展", Note(), column=2, aliases=words("进展情况 项目进展 工作进展 进展 目前进展情况"))
    ] = ""
    problems: Annotated[str, Spec("存在问题", Note(), column=3, aliases=words("问题 困难问题 存在的问题"))] = ""
    help_wanted: Annotated[str, Spec("需协调事项", Note(), aliases=words("需协调解决事项 协调事项 需协调解决问题"))] = (
        ""
    )
    next_plan: Annotated[str, Spec("下步计划", Note(), aliases=words("下一步计划 下步打算 下一步工作 下步工作"))] = ""
    month_invested: Annotated[Money | None, Spec("本月完成投资", Amount(), column=4, aliases=("当月完成投资",))] = None
    year_invested: Annotated[
        Money | None, Spec("本年完成投资", Amount(), column=5, aliases=("当年完成投资", "年度完成投资"))
    ] = None
    total_invested: Annotated[Money | None, Spec("累计完成投资", Amount(), column=6, aliases=("累计投资",))] = None
    unit: Annotated[int, Spec("填报单位", Link("unit"), aliases=("报送单位",))] = 0
    filled_by: Annotated[str, Spec("填报人", Text(), aliases=("填表人", "报送人"))] = ""
    checked_by: Annotated[str, Spec("审核人", Text(), aliases=("审签人", "审核"))] = ""


@dataclass(kw_only=True, slots=True)
class Receipt(Record):
    """到位资金: one line a receipt; 实际使用外资 is not summed from here."""

    NOUN: ClassVar[str] = "receipt"
    TITLE: ClassVar[str] = "voucher"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True, aliases=("项目名称",))] = 0
    day: Annotated[
        date | None, Spec("到位日期", Day(), required=True, column=1, aliases=words("日期 到账日期 时间"))
    ] = None
    amount: Annotated[
        Money | None,
        Spec("到位金额", Amount(), required=True, column=2, aliases=words("金额 到位资金 到账金额 到位资金额")),
    ] = None
    source_area: Annotated[
        str,
        Spec(
            "资金来源地",
            Choice(SOURCE_AREAS, (("国外", "境外"), ("港澳台", "境外"))),
            column=3,
            aliases=words("来源地 来源 资金来源"),
        ),
    ] = ""
    voucher: Annotated[
        str,
        Spec(
            "凭证",
            Choice(VOUCHERS, (("验资报告", "验资"), ("土地出让金", "土地款"), ("发票", "设备发票"))),
            column=4,
            aliases=("凭证类型", "凭证类别"),
        ),
    ] = ""
    number: Annotated[str, Spec("凭证号", Text(), column=5, aliases=words("凭证编号 票号 发票号"))] = ""
    note: Annotated[str, Spec("备注", Note(), aliases=("说明",))] = ""


@dataclass(kw_only=True, slots=True)
class Concern(Record):
    """护商问题: what the enterprise needs, and until when somebody answers for it."""

    NOUN: ClassVar[str] = "concern"
    TITLE: ClassVar[str] = "need"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), aliases=("项目名称",))] = 0
    investor: Annotated[int, Spec("客商", Link("investor"), aliases=words("企业名称 企业 单位名称"))] = 0
    need: Annotated[
        str,
        Spec(
            "问题",
            Note(),
            required=True,
            search=True,
            column=1,
            aliases=words("问题诉求 诉求 问题描述 反映问题 企业诉求"),
        ),
    ] = ""
    raised_on: Annotated[
        date | None, Spec("提出日期", Day(), column=2, aliases=words("提出时间 收集时间 受理日期"))
    ] = None
    unit: Annotated[int, Spec("责任单位", Link("unit"), column=3, aliases=words("承办单位 牵头单位 办理单位"))] = 0
    owner: Annotated[int, Spec("责任人", Link("member"), aliases=("承办人", "办理人"))] = 0
    due: Annotated[date | None, Spec("办结时限", Day(), column=4, aliases=words("时限 办理时限 完成时限"))] = None
    answer: Annotated[str, Spec("办理情况", Note(), aliases=words("办理结果 处理结果 进展情况 解决情况"))] = ""
    solved_on: Annotated[
        date | None, Spec("办结日期", Day(), column=5, aliases=words("办结时间 解决时间 解决日期"))
    ] = None
    satisfaction: Annotated[
        str,
        Spec(
            "满意度",
            Choice(SATISFACTIONS, (("非常满意", "满意"), ("较满意", "基本满意"))),
            column=6,
            aliases=("企业评价",),
        ),
    ] = ""
    promised_days: Annotated[int | None, Spec("承诺办理天数", Whole("工作日"), aliases=("承诺时限", "承诺工作日"))] = (
        None
    )
    actual_days: Annotated[int | None, Spec("实际办理天数", Whole("工作日"), aliases=("实际时限", "实际工作日"))] = None
    escorted: Annotated[bool | None, Spec("帮办代办", Flag(), aliases=("是否帮办代办", "代办"))] = None


@dataclass(kw_only=True, slots=True)
class JointUnit(Record):
    """联合招商单位: a unit that works on a project together with the responsible one."""

    NOUN: ClassVar[str] = "joint_unit"
    TITLE: ClassVar[str] = "duty"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True, aliases=("项目名称",))] = 0
    unit: Annotated[int, Spec("单位", Link("unit"), required=True, column=1, aliases=("联合招商单位", "配合单位"))] = 0
    roles: Annotated[tuple[str, ...], Spec("分工", Choices(JOINT_ROLES), column=2, aliases=("角色",))] = ()
    duty: Annotated[str, Spec("具体任务", Text(), column=3, aliases=("任务", "职责"))] = ""


@dataclass(kw_only=True, slots=True)
class Application(Record):
    """列入计划: an attempt to have the project taken into a 篮子, and its result."""

    NOUN: ClassVar[str] = "application"
    TITLE: ClassVar[str] = "plan"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True, aliases=("项目名称",))] = 0
    level: Annotated[
        str,
        Spec(
            "层级",
            Choice(PLAN_LEVELS, (("国家级", "国家"), ("省级", "省"), ("市级", "市"))),
            column=1,
            aliases=("级别",),
        ),
    ] = ""
    plan: Annotated[str, Spec("计划名称", Text(), required=True, column=2, aliases=words("篮子 计划 列入计划"))] = ""
    applied_on: Annotated[date | None, Spec("申报日期", Day(), column=3, aliases=("申报时间",))] = None
    result: Annotated[str, Spec("结果", Text(), column=4, aliases=("申报结果",), hint="如：列入、未列入")] = ""
    number: Annotated[str, Spec("文号", Text(), column=5, aliases=("列入文号", "依据文号"))] = ""

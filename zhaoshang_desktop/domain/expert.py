"""专家: those who help to negotiate, translate, approve and advise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import Period as PeriodValue
from zhaoshang_desktop.domain.kinds import (
    Choice,
    Choices,
    Day,
    Flag,
    Honours,
    Link,
    Note,
    Period,
    Phone,
    Place,
    Tags,
    Text,
    Whole,
)
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import unstretched, words

SKILLS = (
    "外经贸",
    "国际规则",
    "外语",
    "谈判",
    "项目审批",
    "环评能评",
    "经营主体登记",
    "法律",
    "财税金融",
    "产业技术",
    "企业家",
    "招商经验",
)
EXPERT_KINDS = ("专家", "招商顾问", "委托招商机构")


@dataclass(kw_only=True, slots=True)
class Expert(Record):
    """One line of the 专家库; nothing is paid to a public servant."""

    NOUN: ClassVar[str] = "expert"

    name: Annotated[
        str,
        Spec(
            "姓名",
            Text(bare=unstretched),
            required=True,
            search=True,
            column=1,
            aliases=words("专家姓名 专家 名称 顾问姓名"),
        ),
    ] = ""
    employer: Annotated[
        str,
        Spec(
            "单位",
            Text(),
            search=True,
            column=2,
            aliases=words("工作单位 所在单位 单位名称 所在机构 机构 供职单位 学校 工作单位及职务 单位及职务 单位职务"),
        ),
    ] = ""
    post: Annotated[
        str, Spec("职务", Text(), column=3, aliases=words("职称 职务职称 职务/职称 职务（职称） 现任职务 职位"))
    ] = ""
    phone: Annotated[
        str,
        Spec(
            "联系电话",
            Phone(),
            search=True,
            sensitive=True,
            aliases=words("电话 手机 手机号 手机号码 联系方式 电话号码 移动电话"),
        ),
    ] = ""
    skills: Annotated[
        tuple[str, ...],
        Spec(
            "专长",
            Choices(SKILLS),
            search=True,
            column=4,
            aliases=words("专业特长 擅长领域 专业领域 研究方向 特长 业务专长 领域 专业"),
        ),
    ] = ()
    languages: Annotated[
        tuple[str, ...],
        Spec(
            "语言",
            Tags(),
            column=7,
            aliases=words("外语 语种 外语语种 语言能力 外语水平"),
            hint="如：英语 熟练、日语 一般",
        ),
    ] = ()
    home_place: Annotated[str, Spec("籍贯", Place(), sensitive=True, aliases=words("祖籍 原籍 老家"))] = ""
    school: Annotated[str, Spec("院校", Text(), sensitive=True, aliases=words("毕业院校 毕业学校 母校"))] = ""
    kind: Annotated[
        str,
        Spec(
            "聘任类别",
            Choice(EXPERT_KINDS, (("顾问", "招商顾问"), ("特聘顾问", "招商顾问"), ("委托机构", "委托招商机构"))),
            group="聘任",
            column=5,
            aliases=words("类别 聘任类型 专家类别 专家类型 类型 聘用类别"),
        ),
    ] = ""
    term: Annotated[
        PeriodValue | None,
        Spec("聘期", Period(), group="聘任", column=6, aliases=words("聘任期限 聘用期限 聘任期 聘任时间 任期")),
    ] = None
    public_servant: Annotated[
        bool | None,
        Spec("公职人员", Flag(), group="聘任", aliases=("是否公职人员", "是否公职"), hint="公职人员不发补贴"),
    ] = None
    honours: Annotated[
        tuple[tuple[str, int | None], ...],
        Spec("荣誉", Honours(), group="聘任", aliases=words("所获荣誉 荣誉称号 获奖情况 荣誉奖励")),
    ] = ()
    pay: Annotated[
        str, Spec("待遇/补贴", Text(), group="聘任", aliases=words("待遇 补贴 报酬 薪酬 津贴"), hint="公职人员不发补贴")
    ] = ""
    training: Annotated[str, Spec("培养深造", Note(), group="聘任", aliases=words("培训 培训情况 深造 进修"))] = ""
    available: Annotated[
        str, Spec("可服务时间", Text(), group="服务", aliases=words("服务时间 可用时间 时间安排 空闲时间"))
    ] = ""
    handed: Annotated[
        str, Spec("交给的资料和事项", Note(), group="服务", aliases=words("交办事项 已提供资料 移交资料"))
    ] = ""
    note: Annotated[str, Spec("备注", Note(), group="服务", aliases=words("说明 简介 个人简介 备注说明"))] = ""
    lead_count: Annotated[int | None, Spec("提供信息数", Whole("条"), group="服务", derived=True)] = None


@dataclass(kw_only=True, slots=True)
class Service(Record):
    """服务记录: the expert was called on, for what, and how it went."""

    NOUN: ClassVar[str] = "service"
    TITLE: ClassVar[str] = "purpose"
    OWNER: ClassVar[str] = "expert"

    expert: Annotated[int, Spec("专家", Link("expert"), required=True)] = 0
    day: Annotated[date | None, Spec("日期", Day(), column=1, aliases=words("服务日期 时间 服务时间"))] = None
    purpose: Annotated[
        str, Spec("事由", Text(), required=True, column=2, aliases=words("服务内容 服务事项 内容 活动"))
    ] = ""
    trip: Annotated[int, Spec("外出", Link("trip"))] = 0
    project: Annotated[int, Spec("项目", Link("project"), aliases=("服务项目", "项目名称"))] = 0
    rating: Annotated[
        int | None, Spec("评价", Whole("分"), column=3, aliases=("评分", "服务评价"), hint="1（差）到 5（好）")
    ] = None
    note: Annotated[str, Spec("备注", Note(), aliases=("说明",))] = ""

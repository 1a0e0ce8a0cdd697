"""客商: the enterprises, chambers and institutes that may invest, and their people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import When as WhenValue
from zhaoshang_desktop.domain.investor_words import SAID_LEVELS, SAID_OWNERSHIPS, SAID_SECTORS, SAID_SUBJECTS
from zhaoshang_desktop.domain.kinds import (
    Amount,
    Choice,
    CreditCode,
    Day,
    Flag,
    Honours,
    Link,
    Note,
    Phone,
    Place,
    Point,
    Tags,
    Text,
    When,
    Whole,
)
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import unbroken, unstretched, words

SUBJECT_KINDS = ("企业", "商会协会", "科研院所", "高校", "政府机构", "其他")
OWNERSHIPS = ("央企", "地方国企", "民企", "外资", "港澳台资", "合资")
HONOURS = ("世界500强", "中国企业500强", "民企500强", "行业百强", "制造业单项冠军", "专精特新", "高新技术", "上市公司")
SECTORS = ("第一产业", "第二产业", "第三产业")
LEVELS = ("A", "B", "C")
CALENDARS = ("公历", "农历")
BASES = ("法定职责", "合同", "同意", "公开信息")


@dataclass(kw_only=True, slots=True)
class Investor(Record):
    """One line of the 客商库; what is derived comes from its visits and projects and is never typed."""

    NOUN: ClassVar[str] = "investor"

    name: Annotated[
        str,
        Spec(
            "企业名称",
            Text(bare=unbroken),
            required=True,
            search=True,
            column=1,
            aliases=words(
                "名称 企业 企业全称 企业名 单位名称 单位全称 公司名称 公司名 公司全称 公司 客商 "
                "客商名称 客商单位 投资方 投资方名称 投资商 投资企业 投资单位 机构名称 商会名称 "
                "商协会名称 实验室名 目标企业 目标企业名称 拟招引企业 拜访企业"
            ),
        ),
    ] = ""
    short_name: Annotated[
        str, Spec("简称", Text(), search=True, aliases=words("企业简称 公司简称 单位简称 证券简称 股票简称"))
    ] = ""
    former_names: Annotated[
        tuple[str, ...], Spec("曾用名", Tags(), search=True, aliases=words("原名 原企业名称 更名前 企业曾用名"))
    ] = ()
    credit_code: Annotated[
        str,
        Spec(
            "统一社会信用代码",
            CreditCode(),
            search=True,
            aliases=words("信用代码 社会信用代码 统一信用代码 统一代码 机构代码 工商注册号 注册号 税号"),
        ),
    ] = ""
    subject_kind: Annotated[
        str, Spec("主体类别", Choice(SUBJECT_KINDS, SAID_SUBJECTS), aliases=words("主体类型 客商类别 客商类型"))
    ] = ""
    ownership: Annotated[
        str, Spec("企业性质", Choice(OWNERSHIPS, SAID_OWNERSHIPS), aliases=words("性质 单位性质 所有制 公司性质"))
    ] = ""
    honours: Annotated[
        tuple[tuple[str, int | None], ...],
        Spec(
            "榜单资质", Honours(HONOURS), aliases=words("资质 企业资质 荣誉资质 企业荣誉 榜单 入选榜单 资质荣誉 荣誉")
        ),
    ] = ()
    industry: Annotated[
        str,
        Spec(
            "所属行业",
            Text(),
            group="行业",
            aliases=words("行业 行业分类 行业类别 行业门类 国标行业 所属产业 产业 产业类别 分类"),
            hint="GB/T 4754 国民经济行业分类",
        ),
    ] = ""
    sector: Annotated[
        str, Spec("三次产业", Choice(SECTORS, SAID_SECTORS), group="行业", aliases=words("产业类型 三产分类 几产"))
    ] = ""
    chain: Annotated[
        str, Spec("产业链", Text(), group="行业", column=3, aliases=words("所属产业链 产业链条 重点产业链 链条 链名"))
    ] = ""
    chain_node: Annotated[
        str, Spec("环节", Text(), group="行业", column=4, aliases=words("产业链环节 所属环节 链上环节 产业环节"))
    ] = ""
    place: Annotated[
        str,
        Spec(
            "所在地区",
            Place(),
            group="地址",
            column=2,
            aliases=words(
                "地区 所属地区 所在地 所在城市 城市 区域 所在区域 所属区域 省市 所在省市 属地 注册地 "
                "企业所在地 来源地 国别 国别地区 国家（地区）"
            ),
        ),
    ] = ""
    address: Annotated[
        str,
        Spec(
            "详细地址",
            Text(),
            group="地址",
            aliases=words(
                "地址 企业地址 公司地址 单位地址 注册地址 办公地址 通讯地址 通信地址 联系地址 经营地址 总部地址 住所"
            ),
        ),
    ] = ""
    point: Annotated[
        tuple[float, float] | None, Spec("坐标", Point(), group="地址", aliases=("经纬度", "位置坐标"))
    ] = None
    business: Annotated[
        str,
        Spec(
            "主营业务",
            Note(),
            group="经营",
            aliases=words(
                "主营 经营范围 主要业务 业务范围 主营产品 主要产品 代表产品 主营业务及产品 公司简要介绍 "
                "公司简介 企业简介 企业概况 企业基本情况 简要介绍 单位简介 简介"
            ),
        ),
    ] = ""
    founded: Annotated[
        WhenValue | None,
        Spec("成立日期", When(), group="经营", aliases=words("成立时间 注册日期 注册时间 登记日期 成立年份 创立时间")),
    ] = None
    registered_capital: Annotated[
        Money | None,
        Spec("注册资本", Amount(), group="经营", column=6, aliases=words("注册资金 注册资本金 认缴资本 认缴注册资本")),
    ] = None
    paid_capital: Annotated[
        Money | None, Spec("实缴资本", Amount(), group="经营", aliases=words("实收资本 实缴资金 实缴注册资本"))
    ] = None
    revenue: Annotated[
        Money | None,
        Spec(
            "年营业收入",
            Amount(),
            group="经营",
            aliases=words("营业收入 年营收 营收 年销售收入 销售收入 销售额 年销售额 年产值 产值"),
        ),
    ] = None
    tax_paid: Annotated[
        Money | None, Spec("年纳税", Amount(), group="经营", aliases=words("纳税额 年纳税额 税收 年税收 纳税 纳税总额"))
    ] = None
    staff: Annotated[
        int | None,
        Spec("员工数", Whole("人"), group="经营", aliases=words("员工人数 职工人数 从业人数 人员规模 员工 人数")),
    ] = None
    controller: Annotated[
        str, Spec("实际控制人", Text(), group="经营", search=True, aliases=words("实控人 控股股东 最终控制人"))
    ] = ""
    parent: Annotated[
        str, Spec("母公司", Text(), group="经营", search=True, aliases=words("集团 所属集团 集团公司 上级公司"))
    ] = ""
    website: Annotated[
        str, Spec("网站", Text(), group="经营", aliases=words("网址 官网 公司主页 企业网站 公司网站 主页 实验室主页"))
    ] = ""
    condition: Annotated[
        str, Spec("经营状况", Note(), group="经营", aliases=words("经营情况 生产经营情况 经营状态 登记状态"))
    ] = ""
    plans: Annotated[
        str,
        Spec(
            "发展战略与投资计划",
            Note(),
            group="意向",
            aliases=words("投资计划 发展战略 投资意向 企业意向 投资动向 发展规划 扩张计划 拟投资项目 拟投项目"),
        ),
    ] = ""
    needs: Annotated[
        str, Spec("合作需求", Note(), group="意向", aliases=words("需求 企业需求 合作意向 诉求 企业诉求 主要诉求"))
    ] = ""
    local_ties: Annotated[
        str, Spec("与本地联系", Note(), group="意向", aliases=words("与我县联系 本地联系 本地渊源 与本地渊源"))
    ] = ""
    dishonest: Annotated[
        bool | None, Spec("失信", Flag(), group="尽职调查", aliases=words("失信被执行人 是否失信 失信情况"))
    ] = None
    enforced: Annotated[bool | None, Spec("被执行", Flag(), group="尽职调查", aliases=("被执行人", "是否被执行"))] = (
        None
    )
    checked_on: Annotated[
        date | None, Spec("核查日期", Day(), group="尽职调查", aliases=words("尽调日期 尽职调查日期 查询日期"))
    ] = None
    source: Annotated[
        str, Spec("信息来源", Text(), group="管理", aliases=words("来源 线索来源 资料来源 数据来源 推荐单位"))
    ] = ""
    level: Annotated[
        str,
        Spec(
            "关注等级",
            Choice(LEVELS, SAID_LEVELS),
            group="管理",
            column=5,
            aliases=words("等级 级别 客商等级 企业等级 重要程度 关注级别 关注度"),
        ),
    ] = ""
    head_target: Annotated[
        bool | None, Spec("头部目标企业", Flag(), group="管理", aliases=words("头部企业 头部目标 是否头部企业"))
    ] = None
    head_owner: Annotated[
        int, Spec("头部目标责任人", Link("member"), group="管理", aliases=("头部企业责任人", "头部企业联系人"))
    ] = 0
    unit: Annotated[
        int, Spec("责任单位", Link("unit"), group="管理", aliases=words("牵头单位 对接单位 包联单位 跟进单位"))
    ] = 0
    owner: Annotated[
        int,
        Spec(
            "责任人",
            Link("member"),
            group="管理",
            column=10,
            aliases=words("招商专员 对接人 跟进人 包联责任人 招商责任人 我方责任人"),
        ),
    ] = 0
    tags: Annotated[
        tuple[str, ...], Spec("标签", Tags(), group="管理", search=True, aliases=words("标记 关键词 分组"))
    ] = ()
    note: Annotated[str, Spec("备注", Note(), group="管理", aliases=words("说明 备注说明 其他 其他说明 附注"))] = ""
    last_contact: Annotated[date | None, Spec("最近联系", Day(), group="往来", column=7, derived=True)] = None
    contact_count: Annotated[int | None, Spec("联系次数", Whole("次"), group="往来", derived=True)] = None
    next_step: Annotated[str, Spec("下一步", Text(), group="往来", column=8, derived=True)] = ""
    next_due: Annotated[date | None, Spec("下一步时限", Day(), group="往来", column=9, derived=True)] = None
    open_projects: Annotated[int | None, Spec("在谈项目数", Whole("个"), group="往来", derived=True)] = None

    def days_silent(self, today: date) -> int | None:
        """Days since the last contact; None when there was none."""
        return (today - self.last_contact).days if self.last_contact else None


@dataclass(kw_only=True, slots=True)
class Contact(Record):
    """联系人: a person of an investor; write nothing that the person could not read.

    `basis` is why the office may keep it (个人信息保护法 第十三条); until it is recorded the fields
    named in BASIS_FIRST stay empty.
    """

    NOUN: ClassVar[str] = "contact"
    OWNER: ClassVar[str] = "investor"

    investor: Annotated[int, Spec("客商", Link("investor"), required=True)] = 0
    name: Annotated[
        str,
        Spec(
            "姓名",
            Text(bare=unstretched),
            required=True,
            search=True,
            column=1,
            aliases=words(
                "联系人 联系人姓名 企业联系人 客商姓名 主要联系人 负责人 企业负责人 单位负责人 "
                "主要负责人 法定代表人 法人代表 法人 团队重要人物 创始人 创始人/团队"
            ),
        ),
    ] = ""
    gender: Annotated[str, Spec("性别", Choice(("男", "女"), (("先生", "男"), ("女士", "女"))))] = ""
    post: Annotated[
        str, Spec("职务", Text(), column=2, aliases=words("职位 联系人职务 职务/职称 现任职务 职衔 岗位"))
    ] = ""
    decides: Annotated[bool | None, Spec("是否决策人", Flag(), column=3, aliases=words("决策人 决策者 是否决策者"))] = (
        None
    )
    mobile: Annotated[
        str,
        Spec(
            "手机",
            Phone(),
            search=True,
            sensitive=True,
            column=4,
            aliases=words("手机号 手机号码 移动电话 联系手机 联系人手机"),
        ),
    ] = ""
    phone: Annotated[
        str,
        Spec(
            "电话",
            Phone(),
            search=True,
            sensitive=True,
            aliases=words("联系电话 联系方式 电话号码 固定电话 座机 办公电话 联系人电话 公司电话 企业电话"),
        ),
    ] = ""
    wechat: Annotated[str, Spec("微信", Text(), search=True, sensitive=True, aliases=("微信号", "微信号码"))] = ""
    email: Annotated[
        str, Spec("邮箱", Text(), search=True, sensitive=True, aliases=words("电子邮箱 电子邮件 邮件 E-mail Email"))
    ] = ""
    home_place: Annotated[str, Spec("籍贯", Place(), group="个人", sensitive=True, aliases=words("老家 祖籍 原籍"))] = (
        ""
    )
    birthday: Annotated[
        WhenValue | None,
        Spec("出生日期", When(), group="个人", sensitive=True, aliases=words("生日 出生年月 出生年月日 出生时间")),
    ] = None
    birthday_calendar: Annotated[
        str,
        Spec(
            "生日历法",
            Choice(CALENDARS, (("阳历", "公历"), ("阴历", "农历"))),
            group="个人",
            sensitive=True,
            aliases=("公历或农历", "阴历/阳历"),
        ),
    ] = ""
    school: Annotated[
        str, Spec("毕业院校", Text(), group="个人", sensitive=True, aliases=words("院校 毕业学校 母校 学校"))
    ] = ""
    ethnicity: Annotated[str, Spec("民族", Text(), group="个人", sensitive=True)] = ""
    languages: Annotated[
        tuple[str, ...], Spec("语言", Tags(), group="个人", aliases=words("外语 使用语言 语种 方言"))
    ] = ()
    diet: Annotated[
        str,
        Spec("饮食与忌口", Text(), group="习惯", sensitive=True, aliases=words("饮食 忌口 饮食习惯 饮食禁忌 饮食忌口")),
    ] = ""
    smoke_drink_tea: Annotated[
        str, Spec("烟酒茶", Text(), group="习惯", sensitive=True, aliases=words("烟酒 烟酒茶习惯 喝酒 饮酒"))
    ] = ""
    hobbies: Annotated[
        tuple[str, ...], Spec("爱好", Tags(), group="习惯", sensitive=True, aliases=words("兴趣爱好 兴趣 个人爱好"))
    ] = ()
    living_habits: Annotated[
        str, Spec("生活习惯", Note(), group="习惯", sensitive=True, aliases=("生活特点", "生活工作习惯"))
    ] = ""
    working_habits: Annotated[
        str,
        Spec(
            "工作习惯",
            Note(),
            group="习惯",
            sensitive=True,
            aliases=("工作特点", "联系习惯"),
            hint="什么时候、用什么方式最好联系",
        ),
    ] = ""
    taboos: Annotated[str, Spec("禁忌", Note(), group="习惯", sensitive=True, aliases=("忌讳", "注意事项"))] = ""
    note: Annotated[str, Spec("备注", Note(), group="习惯", sensitive=True, aliases=("联系人备注", "个人备注"))] = ""
    basis: Annotated[
        str, Spec("处理依据", Choice(BASES), group="依据", aliases=("个人信息处理依据",), hint="个人信息保护法第十三条")
    ] = ""
    informed_on: Annotated[date | None, Spec("告知日期", Day(), group="依据", aliases=("告知时间",))] = None
    keep_until: Annotated[date | None, Spec("保存期限", Day(), group="依据", aliases=("保存至", "保存期限至"))] = None


BASIS_FIRST = ("ethnicity", "diet")
"""Fields of a Contact that may tell a faith or a health: kept only once `basis` is recorded."""

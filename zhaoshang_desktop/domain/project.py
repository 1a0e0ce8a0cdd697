"""项目: from idea to production, and the agreements without investment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Amount, Choice, Choices, CreditCode, Day, Link, Note, Number, Text, Whole
from zhaoshang_desktop.domain.milestone import SAID_STAGES, STAGES
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

CONSTRUCTION_KINDS = ("新建", "扩建", "技改", "迁建")
MARKS = ("战新", "四新", "两高")
CURRENCY_NAMES = ("人民币", "美元", "港元", "欧元", "日元")
COOPERATIONS = ("独资", "合资", "合作", "并购", "增资扩股", "技术", "人才", "院校")
EIA_KINDS = ("报告书", "报告表", "登记表")
PACKAGINGS = ("未包装", "包装中", "已包装")
SIZES = ("重大项目", "优质小项目")
COUNTED = ("考核内", "考核外")


@dataclass(kw_only=True, slots=True)
class Project(Record):
    """One line of the 项目库; `stage` follows from its milestones (`milestone.stage_of`).

    意向, 协议, 合同 and 备案 amounts are kept apart and never added up.
    """

    NOUN: ClassVar[str] = "project"

    name: Annotated[
        str,
        Spec(
            "项目名称",
            Text(),
            required=True,
            search=True,
            column=1,
            aliases=words("名称 项目 项目全称 项目名 招商项目 招商项目名称 建设项目名称"),
        ),
    ] = ""
    code: Annotated[
        str,
        Spec(
            "项目代码",
            Text(),
            search=True,
            aliases=words("项目编码 项目编号 代码 立项代码 备案号 备案代码"),
            hint="投资项目在线审批监管平台代码",
        ),
    ] = ""
    stage: Annotated[
        str,
        Spec(
            "阶段",
            Choice(STAGES, SAID_STAGES),
            column=2,
            derived=True,
            aliases=words("项目阶段 当前阶段 推进阶段 进展阶段 项目状态 状态 建设阶段 目前阶段"),
        ),
    ] = ""
    kind: Annotated[str, Spec("类别", Text(), aliases=words("项目类别 项目类型 类型 项目分类"))] = ""
    construction: Annotated[
        str, Spec("建设性质", Choice(CONSTRUCTION_KINDS, (("改建", "技改"), ("技术改造", "技改"), ("改扩建", "扩建"))))
    ] = ""
    chain: Annotated[
        str, Spec("产业链", Text(), column=3, aliases=words("所属产业链 产业链条 重点产业链 所属产业 产业"))
    ] = ""
    chain_node: Annotated[str, Spec("环节", Text(), aliases=("产业链环节", "所属环节"))] = ""
    industry: Annotated[
        str,
        Spec("行业", Text(), aliases=words("所属行业 行业类别 国标行业 行业分类"), hint="GB/T 4754 国民经济行业分类"),
    ] = ""
    marks: Annotated[tuple[str, ...], Spec("标识", Choices(MARKS), aliases=("战新四新两高", "产业标识"))] = ()
    policy_basis: Annotated[
        str, Spec("上情", Note(), group="三情依据", aliases=("上情依据", "政策依据"), hint="国家和省市政策")
    ] = ""
    local_basis: Annotated[
        str, Spec("县情", Note(), group="三情依据", aliases=("县情依据", "本地优势"), hint="本地优势")
    ] = ""
    capital_basis: Annotated[
        str, Spec("外情", Note(), group="三情依据", aliases=("外情依据", "资本动向"), hint="外来资本动向")
    ] = ""
    content: Annotated[
        str,
        Spec(
            "建设内容",
            Note(),
            aliases=words(
                "建设内容及规模 建设规模及内容 建设规模 主要建设内容 项目内容 项目简介 项目概况 项目基本情况"
            ),
        ),
    ] = ""
    total: Annotated[
        Money | None,
        Spec(
            "总投资",
            Amount(),
            group="投资",
            column=4,
            aliases=words("总投资额 计划总投资 投资总额 项目总投资 投资额 投资规模 拟投资额 计划投资"),
        ),
    ] = None
    fixed: Annotated[
        Money | None,
        Spec(
            "固定资产投资",
            Amount(),
            group="投资",
            aliases=words("固投 固定资产投资额 其中固定资产投资 其中：固定资产投资"),
        ),
    ] = None
    equipment: Annotated[
        Money | None, Spec("其中设备", Amount(), group="投资", aliases=words("设备投资 设备投资额 其中设备投资"))
    ] = None
    intended: Annotated[Money | None, Spec("意向金额", Amount(), group="投资", aliases=("意向投资额", "意向投资"))] = (
        None
    )
    agreed: Annotated[
        Money | None, Spec("协议金额", Amount(), group="投资", aliases=words("协议投资额 协议资金 协议投资"))
    ] = None
    contracted: Annotated[
        Money | None,
        Spec("合同金额", Amount(), group="投资", aliases=words("合同投资额 合同资金 签约金额 签约额 合同额")),
    ] = None
    filed: Annotated[Money | None, Spec("备案金额", Amount(), group="投资", aliases=("备案投资额", "立项金额"))] = None
    currency: Annotated[
        str,
        Spec(
            "币种",
            Choice(
                CURRENCY_NAMES,
                (
                    ("CNY", "人民币"),
                    ("RMB", "人民币"),
                    ("USD", "美元"),
                    ("HKD", "港元"),
                    ("港币", "港元"),
                    ("EUR", "欧元"),
                    ("JPY", "日元"),
                ),
            ),
            group="投资",
            aliases=("货币", "投资币种"),
        ),
    ] = ""
    foreign: Annotated[
        Money | None, Spec("其中外资", Amount(), group="投资", aliases=words("外资 外资金额 合同外资 利用外资"))
    ] = None
    outside_province: Annotated[
        Money | None, Spec("省外资金", Amount(), group="投资", aliases=words("其中省外资金 省外投资 省外资金额"))
    ] = None
    company: Annotated[
        str,
        Spec(
            "项目公司",
            Text(),
            group="项目公司",
            search=True,
            aliases=words("项目公司名称 落地公司 项目法人 建设单位 实施单位"),
        ),
    ] = ""
    company_code: Annotated[
        str,
        Spec(
            "项目公司信用代码",
            CreditCode(),
            group="项目公司",
            search=True,
            aliases=words("统一社会信用代码 信用代码 社会信用代码"),
        ),
    ] = ""
    company_registered: Annotated[
        Money | None, Spec("项目公司注册资本", Amount(), group="项目公司", aliases=("注册资本", "注册资金"))
    ] = None
    company_paid: Annotated[
        Money | None, Spec("项目公司实缴资本", Amount(), group="项目公司", aliases=("实缴资本", "实收资本"))
    ] = None
    cooperation: Annotated[
        str,
        Spec(
            "合作方式",
            Choice(
                COOPERATIONS, (("技术合作", "技术"), ("人才合作", "人才"), ("院校合作", "院校"), ("校地合作", "院校"))
            ),
            group="要素",
            aliases=words("投资方式 合作形式 合作类型"),
        ),
    ] = ""
    carrier: Annotated[
        str,
        Spec("载体", Text(), group="要素", aliases=words("落地园区 承载园区 建设地点 选址 落户地 项目选址 落地地点")),
    ] = ""
    land: Annotated[
        Decimal | None,
        Spec("用地", Number("亩"), group="要素", aliases=words("用地面积 占地面积 占地 用地需求 拟用地 用地规模")),
    ] = None
    plant: Annotated[
        Decimal | None, Spec("厂房", Number("㎡"), group="要素", aliases=words("厂房面积 建筑面积 厂房需求 标准厂房"))
    ] = None
    water: Annotated[
        Decimal | None, Spec("用水", Number("吨/年"), group="要素", aliases=words("年用水 用水量 年用水量 水"))
    ] = None
    power: Annotated[
        Decimal | None, Spec("用电", Number("万千瓦时/年"), group="要素", aliases=words("年用电 用电量 年用电量 电"))
    ] = None
    steam: Annotated[
        Decimal | None, Spec("用汽", Number("吨/年"), group="要素", aliases=words("蒸汽 用汽量 年用汽量 汽"))
    ] = None
    gas: Annotated[
        Decimal | None, Spec("用气", Number("万立方米/年"), group="要素", aliases=words("天然气 用气量 年用气量 气"))
    ] = None
    energy: Annotated[
        Decimal | None,
        Spec("能耗", Number("吨标准煤/年"), group="要素", aliases=words("年综合能耗 综合能耗 年能耗 能源消费量")),
    ] = None
    land_quota: Annotated[str, Spec("用地指标", Text(), group="要素", aliases=("土地指标", "用地指标情况"))] = ""
    energy_quota: Annotated[str, Spec("能耗指标", Text(), group="要素", aliases=("能耗指标情况", "用能指标"))] = ""
    eia: Annotated[
        str,
        Spec(
            "环评类别",
            Choice(
                EIA_KINDS, (("环境影响报告书", "报告书"), ("环境影响报告表", "报告表"), ("环境影响登记表", "登记表"))
            ),
            group="要素",
            aliases=("环评", "环评类型"),
        ),
    ] = ""
    jobs: Annotated[
        int | None,
        Spec("用工", Whole("人"), group="要素", aliases=words("用工人数 带动就业 新增就业 就业人数 用工需求")),
    ] = None
    output: Annotated[
        Money | None,
        Spec("预计产值", Amount(), group="效益", aliases=words("年产值 预计年产值 达产产值 产值 年销售收入 预计营收")),
    ] = None
    tax: Annotated[
        Money | None, Spec("预计税收", Amount(), group="效益", aliases=words("年税收 预计年税收 税收 年纳税 达产税收"))
    ] = None
    feasibility: Annotated[str, Spec("可研", Text(), group="包装", aliases=words("可行性研究 可研情况 可研报告"))] = ""
    packaging: Annotated[str, Spec("包装状态", Choice(PACKAGINGS), group="包装", aliases=("包装", "包装情况"))] = ""
    pitch: Annotated[
        str,
        Spec(
            "推介要点",
            Note(),
            group="包装",
            aliases=words("项目亮点 推介内容 一页纸 投资亮点"),
            hint="项目单页上的文字",
        ),
    ] = ""
    relevance: Annotated[int | None, Spec("关联度", Whole("分"), group="包装", hint="1 到 5")] = None
    drive: Annotated[int | None, Spec("带动性", Whole("分"), group="包装", aliases=("带动作用",), hint="1 到 5")] = None
    size: Annotated[
        str,
        Spec(
            "大小",
            Choice(SIZES, (("重大", "重大项目"), ("小项目", "优质小项目"))),
            group="包装",
            aliases=("重大或小项目",),
        ),
    ] = ""
    lead: Annotated[int, Spec("来源信息", Link("lead"), group="责任", aliases=words("信息来源 来源 线索来源"))] = 0
    first_talk: Annotated[int, Spec("首谈单位", Link("unit"), group="责任", aliases=("首谈",))] = 0
    first_report: Annotated[int, Spec("首报单位", Link("unit"), group="责任", aliases=("首报", "申报单位"))] = 0
    unit: Annotated[
        int,
        Spec(
            "责任单位",
            Link("unit"),
            group="责任",
            column=5,
            aliases=words("牵头单位 包联单位 招商单位 引资单位 引进单位"),
        ),
    ] = 0
    owner: Annotated[
        int,
        Spec(
            "责任人",
            Link("member"),
            group="责任",
            column=6,
            aliases=words("项目责任人 招商专员 跟进人 联系人 项目负责人"),
        ),
    ] = 0
    sponsor: Annotated[
        int,
        Spec("包联领导", Link("member"), group="责任", aliases=words("包联县领导 包抓领导 联系领导 挂钩领导 包保领导")),
    ] = 0
    sponsor_duty: Annotated[str, Spec("包联职责", Text(), group="责任", aliases=("包联领导职务", "包联任务"))] = ""
    counted: Annotated[
        str, Spec("考核口径", Choice(COUNTED), group="责任", aliases=words("考核内外 是否考核内 纳入考核"))
    ] = ""
    contract_number: Annotated[
        str, Spec("合同编号", Text(), group="签约", search=True, aliases=("合同号", "协议编号"))
    ] = ""
    contract_kind: Annotated[str, Spec("合同类型", Text(), group="签约", aliases=("协议类型", "合同种类"))] = ""
    signatories: Annotated[str, Spec("签约方", Text(), group="签约", aliases=words("签约双方 签约主体 签约各方"))] = ""
    contract_due: Annotated[
        date | None, Spec("履约期限", Day(), group="签约", aliases=words("履约时限 合同期限 履约截止日期"))
    ] = None
    note: Annotated[str, Spec("备注", Note(), group="责任", aliases=words("说明 备注说明 其他"))] = ""

    @property
    def investment_per_mu(self) -> Money | None:
        """亩均投资: fixed investment (total where that is not known) over the land."""
        return per_mu(self.fixed or self.total, self.land)

    @property
    def output_per_mu(self) -> Money | None:
        """亩均产值."""
        return per_mu(self.output, self.land)

    @property
    def tax_per_mu(self) -> Money | None:
        """亩均税收."""
        return per_mu(self.tax, self.land)


def per_mu(amount: Money | None, land: Decimal | None) -> Money | None:
    """An amount for each 亩, rounded to the 分; None when either is not known."""
    if amount is None or not land:
        return None
    return Money(round(amount.fen / land), amount.currency)


@dataclass(kw_only=True, slots=True)
class Stake(Record):
    """投资方: an investor's part in a project."""

    NOUN: ClassVar[str] = "stake"
    TITLE: ClassVar[str] = "role"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True, aliases=("项目名称",))] = 0
    investor: Annotated[
        int,
        Spec(
            "投资方",
            Link("investor"),
            required=True,
            column=1,
            aliases=words("投资方名称 投资商 投资企业 投资主体 投资单位 客商 企业名称 合作企业 引进企业"),
        ),
    ] = 0
    role: Annotated[str, Spec("角色", Text(), column=2, aliases=("投资角色",), hint="如：牵头方、联合投资方")] = ""
    share: Annotated[
        Decimal | None, Spec("占比", Number("%"), column=3, aliases=words("股比 持股比例 出资比例 份额"))
    ] = None

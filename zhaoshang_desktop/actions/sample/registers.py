"""The three workbooks about investors: our own list, a chamber's, and the book on whom we know well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from zhaoshang_desktop.actions.sample.codes import miscopied, old_number
from zhaoshang_desktop.actions.sample.manners import Hand
from zhaoshang_desktop.actions.sample.model import Firm
from zhaoshang_desktop.actions.sample.tables import Column, Group, Table
from zhaoshang_desktop.actions.sample.words import rows
from zhaoshang_desktop.domain.investor import HONOURS, LEVELS, OWNERSHIPS, Contact
from zhaoshang_desktop.domain.kinds import Honours
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.region import full_name, place_name
from zhaoshang_desktop.exchange.sample_book import Line, Page
from zhaoshang_desktop.exchange.sheet import Merge

FROM_CHAMBERS = 80
KNOWN_TO_BOTH = 12
LIKELY_THE_SAME = 3
_NEAR = frozenset({"320200", "320500", "320400", "310000"})
_ODD_CODES = 4
_OLD_CODES = 2
_UNTOLD = 6


@dataclass(frozen=True)
class Known:
    """A person with the firm, as one row of the book on whom we know well."""

    firm: Firm
    person: Contact


def split(rng: Random, firms: list[Firm]) -> tuple[list[Firm], list[Firm]]:
    """Our own list, and the chambers': smaller firms of 苏南 and 上海 that only they know, and some of ours."""
    near = [firm for firm in firms if firm.business and firm.city in _NEAR]
    theirs = [firm for firm in near if firm.investor.level == "C"][:FROM_CHAMBERS]
    theirs += [firm for firm in near if firm.investor.level == "B"][: FROM_CHAMBERS - len(theirs)]
    left = {id(firm) for firm in theirs}
    ours = [firm for firm in firms if id(firm) not in left]
    both = rng.sample([firm for firm in ours if firm.business and firm.city in _NEAR], KNOWN_TO_BOTH)
    provincial = [firm for firm in ours if firm.investor.name[:2] in {"江苏", "浙江"} and firm not in both]
    likely = [_written_otherwise(firm) for firm in provincial[:LIKELY_THE_SAME]]
    mixed = [*theirs, *both, *likely]
    rng.shuffle(mixed)
    return ours, mixed


def _written_otherwise(firm: Firm) -> Firm:
    """The firm without province and in another legal form, as somebody remembers it: likely the same."""
    name = firm.investor.name[2:]
    other = "有限公司" if "股份" in name or "集团" in name else "股份有限公司"
    core = name.split("（")[0].removesuffix("有限公司").removesuffix("股份")
    return replace(firm, investor=replace(firm.investor, name=core + other, credit_code=""))


def own_list(rng: Random, firms: list[Firm], year: int) -> list[Page]:
    """Grouped by city, with sums; before it a page of remarks, behind it a hidden one of choices."""
    hand = Hand(rng)
    cities: dict[str, list[Firm]] = {}
    region = {row["code"] for row in rows("places")}
    for firm in firms:
        cities.setdefault(firm.city if firm.business and firm.city in region else "", []).append(firm)
    elsewhere = cities.pop("", [])
    groups = [Group(full_name(city), members) for city, members in sorted(cities.items())]
    groups.append(Group("其他地区和机构", elsewhere))
    page = Table(_own_columns(hand, _codes(rng, firms), _untold(rng, firms))).page(
        "名录",
        f"长三角重点客商名录（{year}年汇总稿）",
        groups,
        under_title="汇总单位：清岚县投资促进局　　单位：万元",
        notes=(
            "注：1. 名录由各驻点组上报，注册资本为认缴额；外资企业按原币填写。",
            "　　2. 关注等级：A 重点跟进，B 定期联系，C 一般掌握。",
            "填表人：孙若溪　　审核人：赵启航",
        ),
    )
    return [_remarks(), page, _choices()]


def _own_columns(hand: Hand, codes: dict[int, str], untold: set[int]) -> list[Column[Firm]]:
    return [
        Column("企业名称", lambda firm: firm.investor.name, width=34),
        Column("主体类别", lambda firm: firm.investor.subject_kind, above="企业基本情况", width=9),
        Column("统一社会信用代码", lambda firm: codes[id(firm)], above="企业基本情况", width=22),
        Column("企业性质", lambda firm: firm.investor.ownership, above="企业基本情况", width=9),
        Column("成立时间", lambda firm: hand.day(firm.investor.founded), above="企业基本情况", width=14),
        Column(
            "注册资本\n（万元）",
            lambda firm: hand.vague() if id(firm) in untold else hand.amount(firm.investor.registered_capital, "万元"),
            above="企业基本情况",
            total=lambda firm: _wan(firm.investor.registered_capital),
        ),
        Column("年营业收入（万元）", lambda firm: hand.amount(firm.investor.revenue, "万元"), above="企业基本情况"),
        Column("员工人数", lambda firm: hand.count(firm.investor.staff), above="企业基本情况", width=9),
        Column("所在地区", lambda firm: hand.place(firm.investor.place), width=20),
        Column("详细地址", lambda firm: firm.investor.address, width=30),
        Column("所属产业链", lambda firm: firm.investor.chain, above="产业方向"),
        Column("环节", lambda firm: firm.investor.chain_node, above="产业方向"),
        Column("所属行业", lambda firm: firm.investor.industry, above="产业方向", width=18),
        Column("主营业务", lambda firm: firm.investor.business, above="产业方向", width=34),
        Column("资质荣誉", lambda firm: Honours().write(firm.investor.honours), width=18),
        Column("经营状况", lambda firm: firm.investor.condition, width=20),
        Column("投资计划", lambda firm: firm.investor.plans, above="投资意向", width=40),
        Column("合作需求", lambda firm: firm.investor.needs, above="投资意向", width=24),
        Column("与我县联系", lambda firm: firm.investor.local_ties, above="投资意向", width=24),
        Column("姓名", lambda firm: firm.contacts[0].name, above="联系人", width=9),
        Column("职务", lambda firm: firm.contacts[0].post, above="联系人"),
        Column("手机号码", lambda firm: hand.telephone(firm.contacts[0].mobile), above="联系人", width=15),
        Column("关注等级", lambda firm: _level(hand, firm), width=9),
        Column("头部目标企业", lambda firm: "√" if firm.investor.head_target else "", width=9),
        Column("责任单位", lambda firm: firm.unit, above="对接责任", width=22),
        Column("责任人", lambda firm: firm.owner, above="对接责任", width=9),
        Column("信息来源", lambda firm: firm.investor.source),
    ]


def _level(hand: Hand, firm: Firm) -> str:
    return f"{firm.investor.level}级" if hand.often(0.3) else firm.investor.level


def _wan(money: Money | None) -> float:
    return float(money.yuan / 10_000) if money and money.currency == "CNY" else 0.0


def _codes(rng: Random, firms: list[Firm]) -> dict[int, str]:
    """What is written as each firm's code: some are miscopied, some still the old registration number."""
    hand = Hand(rng)
    codes = {id(firm): hand.code(firm.investor.credit_code) for firm in firms}
    odd = rng.sample([firm for firm in firms if firm.business and firm.investor.credit_code], _ODD_CODES + _OLD_CODES)
    for firm in odd[:_ODD_CODES]:
        codes[id(firm)] = miscopied(firm.investor.credit_code)
    for number, firm in enumerate(odd[_ODD_CODES:], 1):
        codes[id(firm)] = old_number(firm.investor.place, number)
    return codes


def _untold(rng: Random, firms: list[Firm]) -> set[int]:
    return {id(firm) for firm in rng.sample([firm for firm in firms if firm.business], _UNTOLD)}


def _remarks() -> Page:
    texts = (
        "填报说明",
        "1. 各单位每月 25 日前更新，企业名称须与营业执照一致。",
        "2. 注册资本、营业收入单位为万元；外币请写明币种。",
        "3. 联系人信息仅限招商工作使用，不得外传。",
    )
    lines = [Line("title" if place == 0 else "note", (text,)) for place, text in enumerate(texts)]
    return Page("填报说明", lines, widths=[70])


def _choices() -> Page:
    """The lists behind Excel's drop-downs, on a hidden sheet as usual."""
    chains = list(dict.fromkeys(row["chain"] for row in rows("businesses")))
    columns = [("企业性质", *OWNERSHIPS), ("等级", *LEVELS), ("产业链", *chains), ("资质", *HONOURS)]
    height = max(map(len, columns))
    lines = [Line("row", tuple(col[row] if row < len(col) else "" for col in columns)) for row in range(height)]
    return Page("选项", lines, visible=False)


def chamber_list(rng: Random, firms: list[Firm]) -> list[Page]:
    """A chamber's recommendation: other headings, units in the cells, name and telephone in one."""
    hand = Hand(rng)
    columns: list[Column[Firm]] = [
        Column("单位名称", lambda firm: firm.investor.name, width=34),
        Column("所在地", lambda firm: hand.place(firm.investor.place), width=20),
        Column("主要产品", lambda firm: firm.investor.business, width=34),
        Column("产业链", lambda firm: firm.investor.chain),
        Column("产业链环节", lambda firm: firm.investor.chain_node),
        Column("注册资金", lambda firm: _with_unit(hand, firm.investor.registered_capital), width=14),
        Column("年产值（亿元）", lambda firm: hand.amount(firm.investor.revenue, "亿元"), width=14),
        Column("成立日期", lambda firm: hand.day(firm.investor.founded), width=14),
        Column("负责人及联系电话", lambda firm: hand.person(firm.contacts[0]), width=30),
        Column("信用代码", lambda firm: firm.investor.credit_code if hand.often(0.6) else "", width=22),
        Column("投资意向", lambda firm: firm.investor.plans, width=34),
    ]
    page = Table(columns).page(
        "推荐名单",
        "会员企业推荐名单",
        [Group("", firms)],
        notes=(
            "说明：名单由商会提供，仅供参考，联系前请先与商会秘书处沟通。",
            "联系人：商会秘书处　电话：0512-6000 0101 转 801",
        ),
    )
    contact = Page("商会联系方式", [Line("note", ("苏州鲁南商会秘书处",)), Line("note", ("工作日 9:00—17:00",))])
    return [page, contact]


def _with_unit(hand: Hand, money: Money | None) -> str:
    written = hand.amount(money, "万元")
    if written == "":
        return ""
    has_unit = isinstance(written, str) and any(mark in written for mark in "万亿元")
    return str(written) if has_unit else f"{written}万元"


def known_well(rng: Random, firms: list[Firm]) -> list[Page]:
    """登记造册: the people of the important firms, the firm's name merged down over its people."""
    hand = Hand(rng)
    chosen = [firm for firm in firms if firm.investor.level in {"A", "B"} and firm.business]
    people = [Known(firm, person) for firm in chosen for person in firm.contacts]
    columns: list[Column[Known]] = [
        Column("企业名称", lambda row: row.firm.investor.name, width=34),
        Column("姓名", lambda row: row.person.name, width=9),
        Column("性别", lambda row: row.person.gender, width=6),
        Column("职务", lambda row: row.person.post),
        Column("是否决策人", lambda row: "是" if row.person.decides else ""),
        Column("手机", lambda row: hand.telephone(row.person.mobile), width=15),
        Column("电子邮箱", lambda row: row.person.email, width=26),
        Column("籍贯", lambda row: place_name(row.person.home_place).replace(" ", "")),
        Column("出生年月", lambda row: hand.day(row.person.birthday)),
        Column("公历或农历", lambda row: row.person.birthday_calendar, width=8),
        Column("毕业院校", lambda row: row.person.school, width=18),
        Column("语言", lambda row: "、".join(row.person.languages)),
        Column("饮食与忌口", lambda row: row.person.diet, above="工作生活习惯", width=18),
        Column("烟酒茶", lambda row: row.person.smoke_drink_tea, above="工作生活习惯", width=20),
        Column("爱好", lambda row: "、".join(row.person.hobbies), above="工作生活习惯"),
        Column("生活习惯", lambda row: row.person.living_habits, above="工作生活习惯", width=24),
        Column("工作习惯", lambda row: row.person.working_habits, above="工作生活习惯", width=28),
        Column("禁忌", lambda row: row.person.taboos, above="工作生活习惯", width=18),
        Column("处理依据", lambda row: row.person.basis, above="个人信息", width=9),
        Column("告知日期", lambda row: row.person.informed_on or "", above="个人信息", width=14),
        Column("保存期限", lambda row: row.person.keep_until or "", above="个人信息", width=14),
    ]
    page = Table(columns).page("登记造册", "重点客商登记造册", [Group("", people)], counted="人")
    _merge_down(page, column=1)
    return [page]


def _merge_down(page: Page, column: int) -> None:
    """Merges equal neighbours of a column and leaves the value in the first cell only."""
    top = None
    for index, line in enumerate([*page.lines, Line("note", ())]):
        value = line.cells[column] if line.style == "row" else ""
        if top is not None and (value != page.lines[top].cells[column] or value == ""):
            if index - top > 1:
                page.merges.append(Merge(top, column, index - 1, column))
                for covered in range(top + 1, index):
                    cells = list(page.lines[covered].cells)
                    cells[column] = ""
                    page.lines[covered] = Line("row", tuple(cells))
            top = None
        if top is None and value != "":
            top = index

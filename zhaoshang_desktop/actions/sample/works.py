"""Eighty invented projects, from the reserve to production, and a hundred and fifty leads."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from zhaoshang_desktop.actions.sample.codes import credit_code
from zhaoshang_desktop.actions.sample.firms import WAN
from zhaoshang_desktop.actions.sample.model import BASE, COUNTY, Colleague, Firm, Tip, Work
from zhaoshang_desktop.actions.sample.people import Directory
from zhaoshang_desktop.actions.sample.words import rows
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.region import regions

LEADS = 150
_STANDING = {
    "储备": 12,
    "包装推介": 10,
    "线索": 6,
    "对接": 10,
    "意向/框架协议": 10,
    "项目评审": 4,
    "签约": 8,
    "注册": 4,
    "立项": 3,
    "开工": 4,
    "在建": 3,
    "竣工": 1,
    "投产": 3,
    "搁置": 1,
    "终止": 1,
}
_WAY = ("对接", "意向/框架协议", "项目评审", "签约", "注册", "立项", "开工", "在建", "竣工", "投产")
_RESERVE = frozenset({"储备", "包装推介"})
_CARRIERS = {
    "新材料": "清岚经开区化工集中区",
    "医药健康": "清岚经开区化工集中区",
    "电子信息": "清岚电子产业园",
    "文旅康养": "岚溪文旅康养区",
}
_LIGHT = frozenset({"软件和信息技术服务业", "卫生", "教育", "住宿业", "农业", "广播、电视、电影和录音制作业"})
_SMALL, _LARGE = (1200, 2000, 3000, 5000, 8000), (5000, 8000, 12000, 20000, 32000, 50000, 65000, 105000, 150000)
"""Total investments in 万元."""
_CHANNELS = {
    "投资意向": ("老乡", "以商招商", "驻点招商", "朋友", "同学"),
    "产业转移": ("驻点招商", "商会协会", "上级交办"),
    "资本动向": ("媒体", "网络", "中介机构"),
    "展会": ("展会洽谈会", "合作单位推荐"),
    "政策": ("网络", "上级交办"),
    "人才技术": ("招商顾问", "同学", "合作单位推荐"),
}


def works(rng: Random, firms: list[Firm], colleagues: list[Colleague], today: date) -> list[Work]:
    """The projects in the order of their stages; firms of level A and B stand behind those in talk and beyond."""
    wanted = [firm for firm in firms if firm.business and firm.investor.level in "AB" and firm.investor.credit_code]
    investors = iter(rng.sample(wanted, len(wanted)))
    names: set[str] = set()
    found = []
    for step, count in _STANDING.items():
        for _ in range(count):
            firm = None if step in _RESERVE else next(investors)
            found.append(_work(rng, step, firm, names, colleagues, today))
    return found


def _work(rng: Random, step: str, firm: Firm | None, names: set[str], colleagues: list[Colleague], today: date) -> Work:
    while True:
        business = firm.business if firm else rng.choice(rows("businesses"))
        scale = rng.choice(business["scale"].split("|"))
        brand = firm.investor.short_name if firm else rng.choice(("经开区", "岚溪镇", "清岚"))
        name = f"{brand}{business['project'].format(n=scale)}"
        if name not in names:
            break
    names.add(name)
    owner = next((one for one in colleagues if firm and one.member.name == firm.owner), rng.choice(colleagues))
    project = Project(name=name, kind="产业项目", chain=business["chain"], chain_node=business["node"])
    project.industry, project.content = business["industry"], business["content"].format(n=scale)
    project.construction = rng.choices(("新建", "扩建", "技改"), (80, 12, 8))[0]
    project.carrier = _CARRIERS.get(business["chain"], "清岚经济开发区")
    _measure(rng, project)
    _package(rng, project, step)
    if step in _WAY[3:]:
        project.company = f"{brand}（{COUNTY.removesuffix('县')}）有限公司"
        project.company_code = credit_code(BASE, 900_000 + len(names))
        project.contracted, project.counted = project.total, "考核内"
    steps = _steps(rng, step, today)
    return Work(project, steps, firm.investor.name if firm else "", owner.unit, owner.member.name)


def _measure(rng: Random, project: Project) -> None:
    total = rng.choice(_SMALL if project.industry in _LIGHT else _LARGE)
    project.total = Money(total * WAN)
    project.fixed = Money(total * rng.choice((70, 75, 80, 85)) // 100 * WAN)
    project.land = Decimal(max(8, total // rng.choice((300, 350, 420))))
    project.jobs = max(20, total // 250)
    project.output = Money(total * rng.choice((12, 15, 18)) // 10 * WAN)
    project.tax = Money(total * rng.choice((5, 6, 8)) // 100 * WAN)
    project.size = "重大项目" if total >= 50000 else "优质小项目"


def _package(rng: Random, project: Project, step: str) -> None:
    project.packaging = "包装中" if step == "储备" else "已包装"
    project.relevance, project.drive = rng.randrange(2, 6), rng.randrange(2, 6)
    project.pitch = f"补{project.chain}链{project.chain_node}环节；载体为{project.carrier}，要素按公布价格供应。"


def _steps(rng: Random, step: str, today: date) -> dict[str, When]:
    """The way to where the project stands, the last step some weeks ago."""
    way = ("对接", step) if step in {"搁置", "终止"} else (*_WAY[: _WAY.index(step)], step) if step in _WAY else (step,)
    day = today - timedelta(days=rng.randrange(6, 60))
    dates = []
    for _ in way:
        dates.append(When.of(day))
        day -= timedelta(days=rng.randrange(18, 70))
    return dict(zip(way, reversed(dates), strict=True))


def tips(rng: Random, firms: list[Firm], colleagues: list[Colleague], directory: Directory, today: date) -> list[Tip]:
    """The leads of two years, the oldest first; the late ones still wait to be verified."""
    known = [firm for firm in firms if firm.business and firm.investor.place.isdigit()]
    days = sorted(today - timedelta(days=rng.randrange(1, 720)) for _ in range(LEADS - 45))
    days += sorted(today - timedelta(days=rng.randrange(1, 40)) for _ in range(45))
    subjects: set[str] = set()
    return [_tip(rng, day, known, colleagues, directory, subjects, today) for day in days]


def _tip(
    rng: Random,
    day: date,
    firms: list[Firm],
    colleagues: list[Colleague],
    directory: Directory,
    subjects: set[str],
    today: date,
) -> Tip:
    while True:
        firm, template = rng.choice(firms), rng.choice(rows("leads"))
        words = {
            **firm.business,
            "firm": firm.investor.name,
            "city": regions().of[firm.city].short,
            "plan": firm.investor.plans or "近期有扩产打算",
            "provider": "",
        }
        if template["subject"].format(**words) not in subjects:
            break
    channel = rng.choice(_CHANNELS[template["kind"]])
    words["provider"] = _provider(rng, channel, directory)
    owner = rng.choice(colleagues)
    lead = Lead(
        subject=template["subject"].format(**words),
        content=template["content"].format(**words),
        channel=channel,
        provider=words["provider"],
        day=day,
        kind=template["kind"],
        chain=firm.business["chain"],
        place=firm.city,
        credibility=rng.choices("ABCD", (15, 35, 35, 15))[0],
        state=_state(rng, (today - day).days),
    )
    if lead.state in {"待核实", "跟进中"}:
        lead.due = day + timedelta(days=rng.randrange(10, 45))
    subjects.add(lead.subject)
    return Tip(lead, firm.investor.name if "{firm}" in template["subject"] else "", owner.member.name)


def _provider(rng: Random, channel: str, directory: Directory) -> str:
    if channel in {"媒体", "网络", "上级交办"}:
        return {"媒体": "公开报道", "网络": "网络检索", "上级交办": "市投资促进部门"}[channel]
    if channel == "商会协会":
        return rng.choice([row["name"] for row in rows("bodies") if row["kind"] == "商会协会"])
    return directory.name(rng.choice(("男", "女")))


def _state(rng: Random, age: int) -> str:
    if age < 40:
        return rng.choices(("待核实", "跟进中", "已核实"), (70, 20, 10))[0]
    follow, wait = (20, 3) if age < 150 else (2, 0)
    return rng.choices(("已核实", "跟进中", "转项目", "失效", "待核实"), (38, follow, 15, 30, wait))[0]

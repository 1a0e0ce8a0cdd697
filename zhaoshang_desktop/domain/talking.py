"""可谈 and 不宜谈: what the records say about a meeting to come, and what of a person may be printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.investor import BASIS_FIRST, Contact, Investor
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.visit import Visit

OPEN_STAGES = frozenset({"", "储备", "包装推介", "在谈"})
HABITS = (
    "languages",
    "home_place",
    "school",
    "ethnicity",
    "working_habits",
    "living_habits",
    "diet",
    "smoke_drink_tea",
    "hobbies",
    "note",
)
FACTS_AT_MOST = {"支柱产业": 3, "板块": 2, "战略目标": 1, "区位": 1, "交通": 2, "要素价格": 4, "荣誉": 1}
OF_THE_CHAIN = frozenset({"支柱产业", "板块", "战略目标"})

_REFUSED = re.compile("不考虑|暂不|不同意|拒绝|没有意向|无意向|不感兴趣|不具备条件")
_SENTENCE_END = re.compile(r"[。；;！!\n]+")
_FIGURE = "0-9０-９〇零一二三四五六七八九十百"
_UNIT_NUMBER = re.compile(
    rf"[(（]?(?:中国人民解放军)?[{_FIGURE}]{{4,6}}\s*部队[)）]?"
    rf"|(?<!兵团)(?<!兵团第)第?\s*[{_FIGURE}]{{1,4}}\s*(?:集团军|野战军|(?:[步炮空海装]兵?|坦克|合成|导弹)?[师旅团])"
    rf"(?:[{_FIGURE}]{{1,3}}[旅团营连排])*(?=$|\W|的|服役|当兵|退役|转业|战友|老兵)"
)


@dataclass(frozen=True)
class Point:
    """One thing to say or not to say; `source` is its law, or its date and place in the county's facts."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """Something never to say or promise, from the day its law came into force."""

    text: str
    source: str = ""
    valid_from: date = date.min


STANDING_RULES = (
    Rule(
        "不承诺与迁移注册、纳税、计入本地统计挂钩的优惠；金额只引用已公布的政策，并说明文号。",
        "《公平竞争审查条例》（2024年8月1日起施行）及其实施办法",
        date(2024, 8, 1),
    ),
    Rule("未公布的投资额、地价、用地和能耗指标不谈具体数字，不代其他部门表态。"),
    Rule("不透露其他客商的名称、报价和洽谈进展。"),
)


MOST_MATCHES = 5


@dataclass(frozen=True)
class Match:
    """A project that may interest an investor, with the reason."""

    project: Project
    reason: str


def matching_projects(investor: Investor, projects: Iterable[Project], stakes: Iterable[Stake]) -> list[Match]:
    """The best five: its own projects first, then open ones of its chain and 环节, then of its industry."""
    own = {stake.project for stake in stakes if stake.investor == investor.id}
    ranked = []
    for project in projects:
        rank, reason = _fit(investor, project, project.id in own)
        if rank:
            ranked.append(
                (-rank, -(project.relevance or 0), -(project.drive or 0), project.name, Match(project, reason))
            )
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])[:MOST_MATCHES]]


def _fit(investor: Investor, project: Project, own: bool) -> tuple[int, str]:
    if own:
        return (0, "") if project.stage == "终止" else (4, "对方参与的项目")
    if project.stage not in OPEN_STAGES:
        return 0, ""
    same_chain = bool(investor.chain) and investor.chain == project.chain
    if same_chain and investor.chain_node and investor.chain_node == project.chain_node:
        return 3, f"同属{investor.chain}·{investor.chain_node}环节"
    if same_chain:
        return 2, f"同属{investor.chain}产业链"
    if investor.industry and investor.industry == project.industry:
        return 1, f"同属{investor.industry}"
    return 0, ""


def to_say(
    investor: Investor,
    *,
    history: Sequence[Visit] = (),
    matches: Sequence[Match] = (),
    facts: Iterable[CountyFact] = (),
    authority: Collection[str] = (),
    today: date,
) -> list[Point]:
    """The promises that are open, answers to what they want, then what the county has that fits."""
    points = [_open_step(visit, today) for visit in history if visit.next_step and not visit.next_done]
    if investor.plans:
        points.append(Point(f"对方的投资计划：{investor.plans}"))
    if investor.needs:
        points.append(Point(f"回应对方的合作需求：{investor.needs}"))
    if investor.local_ties:
        points.append(Point(f"可从与本地的联系谈起：{investor.local_ties}"))
    packaged = [match.project.name for match in matches if match.project.packaging == "已包装"]
    if packaged:
        points.append(Point(f"推介项目：{'；'.join(packaged)}"))
    points += fitting_facts(investor, facts)
    if authority:
        points.append(Point(f"本队可当场答复：{'；'.join(authority)}"))
    return [Point(without_unit_numbers(point.text), point.source) for point in points]


def _open_step(visit: Visit, today: date) -> Point:
    due = ""
    if visit.next_due:
        due = f"（时限{visit.next_due:%Y-%m-%d}{'，已过期' if visit.next_due < today else ''}）"
    when = f"{visit.day:%Y-%m-%d}" if visit.day else "上次"
    return Point(f"先答复{when}约定的事：{visit.next_step}{due}")


def fitting_facts(investor: Investor, facts: Iterable[CountyFact]) -> list[Point]:
    """What to tell of the county: what names the investor's chain first, then place, ways and prices."""
    words = {word.removesuffix("产业链").removesuffix("产业") for word in (investor.chain, investor.chain_node)}
    words.discard("")
    taken: dict[str, int] = {}
    points = []
    order = list(FACTS_AT_MOST)
    known = [fact for fact in facts if fact.topic in FACTS_AT_MOST and fact.text]
    for fact in sorted(known, key=lambda fact: order.index(fact.topic)):
        named = any(word in fact.heading + fact.text for word in words)
        if (fact.topic in OF_THE_CHAIN and not named) or taken.get(fact.topic, 0) >= FACTS_AT_MOST[fact.topic]:
            continue
        taken[fact.topic] = taken.get(fact.topic, 0) + 1
        as_of = f"截至{fact.as_of}" if fact.as_of else "未注明日期，引用前核实"
        title = f"{fact.heading}：" if fact.heading else ""
        points.append(Point(f"{title}{fact.text}", f"本地概况·{fact.topic}，{as_of}"))
    return points


def not_to_say(
    investor: Investor, *, contacts: Iterable[Contact] = (), history: Sequence[Visit] = (), today: date
) -> list[Point]:
    """The persons' taboos, what was refused before, what has to be cleared first, then what the law forbids."""
    points = [
        Point(f"{contact.name}：{contact.taboos}")
        for contact in contacts
        if contact.taboos and not is_expired(contact, today)
    ]
    for visit in history:
        refused = _refusal(visit)
        if refused:
            when = f"{visit.day:%Y-%m-%d}" if visit.day else "以前"
            points.append(Point(f"{when}对方已表示：{refused}。不重复提同一方案。"))
    if investor.dishonest or investor.enforced:
        found = "、".join(
            word for word, is_so in (("失信", investor.dishonest), ("被执行", investor.enforced)) if is_so
        )
        checked = f"，{investor.checked_on:%Y-%m-%d}核查" if investor.checked_on else ""
        points.append(Point(f"有{found}记录{checked}，核清之前不谈签约条件。"))
    points += [Point(rule.text, rule.source) for rule in STANDING_RULES if rule.valid_from <= today]
    return [Point(without_unit_numbers(point.text), point.source) for point in points]


def _refusal(visit: Visit) -> str:
    """What the other side said no to, "" if it did not."""
    told = "\n".join(part for part in (visit.result, visit.said) if part)
    refused = next((part for part in _SENTENCE_END.split(told) if _REFUSED.search(part)), "")
    if refused:
        return refused.strip(" ，,")
    if visit.intention == "D":
        return told.splitlines()[0].strip(" ，,。") if told else "没有投资意向"
    return ""


def habits(contact: Contact, today: date) -> list[tuple[str, str]]:
    """Label and text of what helps to meet the person well; what needs a basis stays off without one."""
    if is_expired(contact, today):
        return [("说明", "保存期限已过，个人情况不再列出")]
    found = []
    for name in HABITS:
        value = getattr(contact, name)
        if value and (contact.basis or name not in BASIS_FIRST):
            field = field_of(Contact, name)
            found.append((field.label, without_unit_numbers(field.kind.write(value))))
    return found


def is_expired(contact: Contact, today: date) -> bool:
    """Whether the time for which the person's data may be kept is over."""
    return contact.keep_until is not None and contact.keep_until < today


def without_unit_numbers(text: str) -> str:
    """The text without the numbers of military units, which are not to be written down."""
    return _UNIT_NUMBER.sub("部队", text)

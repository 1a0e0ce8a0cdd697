"""A text that somebody pastes, a news item or chat messages, taken apart into what a lead wants to know.

Nothing here is sure: whatever is found is proposed, and the clerk confirms it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.phone import read_phones
from zhaoshang_desktop.domain.region import regions
from zhaoshang_desktop.domain.text import words

MOST = 50
"""So many messages of one paste are looked at."""
LONGEST = 20_000
_SUBJECT = 40
_CJK = "\u3400-\u9fff"
_LABELS = words(
    "联系人 联系电话 电话 手机 时间 地点 来源 标题 内容 备注 注 说明 地址 单位 企业 企业名称 公司 公司名称 项目 "
    "项目名称 总投资 投资 投资额 金额 记者 编辑 作者 主题 日期 渠道 附件 附 链接 主营 主营业务 产品 需求 意向 "
    "其中 原标题 责编 微信 邮箱 网址 提供人 投资方 建设内容 规模 概况 简介 背景 现状 计划 结论 建议 要点 摘要 关键词 "
    "导读 提示"
)
_CALLED = rf"[{_CJK}A-Za-z·][{_CJK}A-Za-z0-9·_（）()\-]{{1,14}}"
_DAY_SAID = r"(?:(?:20\d\d[年/.-])?\d{1,2}[月/.-]\d{1,2}日?|昨天|今天|前天|星期.|周.)"
_HOUR_SAID = r"(?:(?:上午|下午|晚上|早上|凌晨|中午)?\s*\d{1,2}:\d\d(?::\d\d)?)"
_HEADS = (
    re.compile(rf"(?P<who>{_CALLED})\s+(?P<when>{_DAY_SAID}(?:\s*{_HOUR_SAID})?|{_HOUR_SAID})\s*[:：]?"),
    re.compile(rf"(?P<when>{_DAY_SAID}\s*{_HOUR_SAID}?)\s+(?P<who>{_CALLED})\s*[:：]?"),
    re.compile(rf"(?P<who>{_CALLED})\s*[:：]"),
)
_INLINE = re.compile(rf"(?P<who>{_CALLED})\s*[:：]\s*(?P<text>\S.*)")
_PERSON = re.compile(
    rf"[{_CJK}]{{2,4}}|[{_CJK}]{{1,4}}(?:总|董|工|局|主任|经理|书记|镇长|县长|会长|秘书长|老师|先生|女士|教授|博士|科长)|"
    rf"[{_CJK}A-Za-z0-9·]{{2,12}}[-_·（(][^:：]{{1,12}}"
)
_FORM = r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司|研究院|研究所|集团|公司|商会|协会)"
_FIRM = re.compile(rf"[{_CJK}A-Za-z0-9（）()&·]{{2,30}}?{_FORM}(?![{_CJK}]{{0,2}}(?:的?人|楼))")
_BEFORE = re.compile(
    r".*(?:拜访|走访|来自|位于|关于|以及|其中|包括|对接|联系|考察|接待|介绍|推荐|听说|得知|获悉|属于|旗下|名为|名叫|叫做|"
    r"会见|约见|陪同|了解到|正在|宣布|今天|昨天|前天|上午|下午|近日|日前|目前|现在|据|了|的|由|与|在|是|向|对|把|被|给|跟|"
    r"到|有|去|见|说|叫|从|为|家)"
)
_JOINED = re.compile(r"^(?:和|及|或|并|该|本|这|那|某|一|二|两)+")
_MONEY = re.compile(
    r"(?:约|近|超|超过|不低于|总投资|计划投资|拟投资|投资)?\s*[\d,.]+\s*(?:余|多)?\s*(?:千|百)?(?:亿|万)(?:余|多)?\s*"
    r"(?:美元|欧元|港元|日元|元|人民币)?(?!人|平|亩|吨|套|台|辆|只|件|㎡)"
)
_PHONE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
_FULL_DAY = re.compile(r"(20\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})")
_SHORT_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*(?:月\s*(\d{1,2})\s*日|[/-](\d{1,2})(?!\d))")
_RELATIVE = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_NEWS = re.compile(r"记者|本报讯|新华社|中新社|日报|晚报|晨报|[报网]讯|电视台|责任编辑|原标题")
_CHANNELS = (
    ("战友", r"战友"),
    ("老乡", r"老乡|同乡|乡友"),
    ("同学", r"同学|校友"),
    ("招商顾问", r"招商顾问|招商大使"),
    ("商会协会", r"商会|协会"),
    ("展会洽谈会", r"展会|博览会|展览会|洽谈会|推介会"),
    ("中介机构", r"中介|咨询公司"),
    ("上级交办", r"交办|批示|转来"),
    ("朋友", r"朋友"),
)
_KINDS = (
    ("产业转移", r"转移|外迁|搬迁|腾退"),
    ("资本动向", r"融资|上市|IPO|并购|收购|增资|定增"),
    ("投资意向", r"投资|建厂|扩产|选址|落地|设厂|二期|新建|考察"),
    ("展会", r"展会|博览会|展览会|洽谈会"),
    ("政策", r"印发|出台|政策|通知"),
    ("人才技术", r"专利|博士|团队|技术成果|院士"),
)
CHAINS = words(
    "新材料 高端装备 装备制造 新能源汽车 汽车零部件 新能源 储能 光伏 锂电池 生物医药 医疗器械 电子信息 半导体 "
    "集成电路 人工智能 数字经济 节能环保 精细化工 化工 食品加工 预制菜 纺织服装 家居 现代农业 现代物流 低空经济 机器人"
)
"""Words that tell a chain in any office, beside those it uses itself."""


@dataclass(frozen=True)
class Message:
    """What one person wrote, or a news item; `sender` is "" where nobody is named, `day` None where no day is said."""

    text: str
    sender: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Snippet:
    """A message taken apart; `known` are keys of firms of the library, `firms` names that look like others."""

    subject: str
    content: str
    provider: str = ""
    day: date | None = None
    channel: str = ""
    kind: str = ""
    chain: str = ""
    place: str = ""
    known: tuple[int, ...] = ()
    firms: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def messages_in(text: str, today: date) -> list[Message]:
    """The messages of a chat, each with who wrote it and when; the whole text where it is none."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\u200b", "").replace("\xa0", " ").strip()
    found: list[tuple[str, date | None, list[str]]] = []
    headed = 0
    for line in text.split("\n"):
        sender, when, rest = _head(line.strip())
        if sender:
            headed += 1
            found.append((sender, _day(when, today) if when else None, [rest] if rest else []))
        elif found:
            found[-1][2].append(line)
        else:
            found.append(("", None, [line]))
    messages = [Message("\n".join(lines).strip(), sender, day) for sender, day, lines in found]
    messages = [message for message in messages if message.text][:MOST]
    return messages if headed and messages else [Message(text)] if text else []


def _head(line: str) -> tuple[str, str, str]:
    """Who begins to speak on a line, when, and what he says there; "" for a line that goes on."""
    for shape in _HEADS:
        found = shape.fullmatch(line)
        if found and _may_speak(found["who"], dated="when" in shape.groupindex):
            return found["who"], found.groupdict().get("when") or "", ""
    found = _INLINE.fullmatch(line)
    if found and _may_speak(found["who"], dated=False):
        return found["who"], "", found["text"]
    return "", "", ""


def _may_speak(who: str, *, dated: bool) -> bool:
    return who not in _LABELS and (dated or bool(_PERSON.fullmatch(who))) and not who.endswith(("如下", "消息", "情况"))


def read_snippet(
    message: Message, today: date, firms: Mapping[str, int] | None = None, chains: Iterable[str] = ()
) -> Snippet:
    """What a message tells. `firms` are names of the library with their keys, `chains` the words it uses for chains."""
    text = message.text
    flat = unicodedata.normalize("NFKC", text)
    known = _known(flat, firms or {})
    named = tuple(name for name in _firm_names(text) if not any(name in other or other in name for other in known))
    return Snippet(
        subject=subject_of(text),
        content=text,
        provider=message.sender,
        day=message.day or _day(flat, today) or today,
        channel=_channel(flat, message.sender),
        kind=next((kind for kind, shape in _KINDS if re.search(shape, flat)), ""),
        chain=_chain(flat, chains),
        place=_place(text),
        known=tuple(dict.fromkeys(known.values())),
        firms=named,
        amounts=tuple(dict.fromkeys(found.group().strip() for found in _MONEY.finditer(flat)))[:5],
        phones=_phones(flat),
    )


def subject_of(text: str) -> str:
    """The headline, else the first sentence, cut where a list would cut it."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if not (rest.strip() and 4 <= len(first) <= _SUBJECT and not first.endswith(("。", "，", "：", ":"))):
        first = re.split(r"[。！？!?；;\n]", text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= _SUBJECT else f"{first[: _SUBJECT - 1]}…"


def _known(text: str, firms: Mapping[str, int]) -> dict[str, int]:
    """The firms of the library that are named, by the longest of their names, in the order they come."""
    by_start: dict[str, list[str]] = {}
    for name in firms:
        if len(name) > 1:
            by_start.setdefault(name[:2], []).append(name)
    found: dict[str, int] = {}
    at = 0
    while at < len(text) - 1:
        here = [name for name in by_start.get(text[at : at + 2], ()) if text.startswith(name, at)]
        longest = max(here, key=len, default="")
        if longest:
            found[longest] = firms[longest]
        at += len(longest) or 1
    return found


def _firm_names(text: str) -> Iterable[str]:
    """Names that look like a firm's, without what the sentence says before them."""
    seen: dict[str, None] = {}
    for found in _FIRM.finditer(text):
        whole = found.group()
        form = re.search(rf"{_FORM}$", whole)
        core = whole[: form.start()] if form else whole
        core = _JOINED.sub("", _BEFORE.sub("", core))
        least = 2 if whole.endswith("有限公司") else 3
        if len(core) >= least and not core.isdigit():
            seen.setdefault(core + whole[form.start() if form else len(whole) :])
    return tuple(seen)


def _channel(text: str, sender: str) -> str:
    said = next(
        (channel for channel, shape in _CHANNELS if re.search(shape, sender) or re.search(shape, text[:60])), ""
    )
    if said:
        return said
    if _NEWS.search(text):
        return "媒体"
    return "网络" if re.search(r"https?://|www\.", text) else ""


def _chain(text: str, chains: Iterable[str]) -> str:
    """The office's own words first, the longest that is said."""
    for group in (sorted(set(chains), key=len, reverse=True), sorted(CHAINS, key=len, reverse=True)):
        for chain in group:
            core = chain.removesuffix("产业链").removesuffix("产业").removesuffix("链")
            if len(core) > 1 and core in text:
                return chain
    return ""


def _place(text: str) -> str:
    """The division named most exactly and first; of short forms only provinces and cities count (江山 is a word)."""
    known = regions()
    best, level, at = "", -1, 0
    while at < len(text) - 1:
        length, code = _division(text, at, best)
        if code and (not best or (known.of[code].level > level and best in _above(code))):
            best, level = code, known.of[code].level
        at += length or 1
    return best


def _division(text: str, at: int, area: str) -> tuple[int, str]:
    """The longest name of a division at that place; of several of the name that in `area`."""
    known = regions()
    for length in range(min(known.longest, len(text) - at), 1, -1):
        codes = known.forms.get(text[at : at + length], ())
        fitting = [code for code in codes if not area or area in _above(code)] or list(codes)
        for code in fitting:
            region = known.of[code]
            full = text[at : at + length] == region.name
            if (full and len(region.name) > 2) or (region.level <= 1 and len(codes) == 1):
                return length, code
    return 0, ""


def _above(code: str) -> tuple[str, ...]:
    return code[:2] + "0000", code[:4] + "00"


def _phones(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in _PHONE.finditer(text):
        try:
            found.setdefault(read_phones(one.group()))
        except NotUnderstood:
            continue
    return tuple(found)


def _day(text: str, today: date) -> date | None:
    """The first day that is said; one without its year is the last such day, not one to come."""
    if found := _FULL_DAY.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT_DAY.search(text):
        month, day = int(found[1]), int(found[2] or found[3])
        this = _date(today.year, month, day)
        return _date(today.year - 1, month, day) if this is not None and this > today else this
    word = next((word for word in _RELATIVE if word in text), "")
    return today - timedelta(days=_RELATIVE[word]) if word else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

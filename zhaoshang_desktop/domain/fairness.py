"""公平竞争: promises to a firm that the law does not allow, found in what somebody has written.

A rule is policy, kept by the office with its article and dates. Its words are written as a clerk would: "/" between
words that mean the same, "…" where a few others may stand between, "；" between ways to say it. What is denied
("不得承诺税收返还"), what was refused, and what only the other side asked for is no promise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.kinds import Day, Note, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words
from zhaoshang_desktop.domain.traditional import simplified
from zhaoshang_desktop.domain.validity import holds

GAP = 16
"""So many characters may stand where a rule says "…"."""


@dataclass(kw_only=True, slots=True)
class FairRule(Record):
    """Words that promise what the law on fair competition review forbids, and what may be said instead."""

    NOUN: ClassVar[str] = "fair_rule"
    TITLE: ClassVar[str] = "words"

    words: Annotated[
        str,
        Spec("词语", Text(), required=True, column=1, hint="如：税收/税款…返还/退还；“…”中间可以隔几个字"),
    ] = ""
    article: Annotated[str, Spec("条款", Text(), required=True, column=2, aliases=("法条", "依据条款"))] = ""
    forbidden: Annotated[str, Spec("不允许的是", Text(), column=3, aliases=("类别",))] = ""
    instead: Annotated[str, Spec("可以这样写", Note(), column=4, aliases=("建议", "建议写法"))] = ""
    valid_from: Annotated[date | None, Spec("施行日期", Day(), column=5, aliases=("生效日期",))] = None
    valid_to: Annotated[date | None, Spec("失效日期", Day(), column=6, aliases=("废止日期",))] = None
    source: Annotated[str, Spec("依据文号", Text(), column=7, aliases=words("依据 文号 来源"))] = ""


@dataclass(frozen=True)
class Finding:
    """Characters `start` to `end` of a text promise what the rule forbids."""

    start: int
    end: int
    words: str
    rule: FairRule


_Span = tuple[int, int]
_Way = tuple[tuple[str, ...], ...]
"""One way to say it: for each word the words that mean the same, in their order."""

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[，,：:（）()]")
_COMMA = re.compile("[，,]")
_BROKEN = re.compile(r"(?<=[\w%）)])\n(?=[\w（(])")
"""A line that ends without a stop, and the next goes on."""
_UNSEEN = ("Cf", "Cc", "Mn", "Me")
_MARKS = frozenset("-‐‑‒–·•‧・*＊_＿~～^+|｜.．")
_GAP = re.compile(r"…+|\.{2,}")
_FALSE_NOT = re.compile(
    "不仅|不但|不只|不光|不论|不管|不限于|不少|无论|无条件|未来|未经|不得不|不断|不错|不变|没问题|没关系"
)
_DENIED = re.compile(
    "不承诺|不予|不给|不作|不做|不搞|不能|不会|不再|不可|不应|不宜|不谈|不提|不涉及|不含|不包括|不包含|不存在|不实行|"
    "不享受|不参与|不写|不设|不签|不以|不与|不将|不把|不得|不准|不许|不允许|严禁|禁止|杜绝|清理|废止|取消|停止|没有|没|未|并非|不是|"
    "无权|无法|拒绝|婉拒|避免|防止|谢绝|勿|无(?=税|财政|零)"
)
_FRAME = re.compile(
    "(?:不得|严禁|禁止|不准|不许|不允许|杜绝)[^，,]{0,12}?"
    "(?:以|通过|采取|违规|违法|承诺|许诺|给予|实行|出台|下列|任何|变相|政策|优惠)"
)
"""A ban that holds for what is listed after it, over commas too."""
_ENDED = re.compile("清理|取消|废止|停止|杜绝|严禁|禁止")
_UNTIL = re.compile("但|可以|可给|同时|而是|改为|另外|另行")
_REFUSED = re.compile(
    "(?:不能|不予|不会|不再|不得|不宜|不|未|没有|没|无法|无权|难以)(?:当场|作出|做出|直接)?"
    "(?:承诺|答应|同意|答复|接受|表态|给予|许诺|兑现|写入|写进|实行|提供|考虑|办理|支持|满足)|"
    "婉拒|拒绝|谢绝|不符合|违反|违法|违规|不合规|不合法|不允许|依法不|行不通"
)
_LAWFUL = re.compile(
    "国家(?:统一)?规定|国家(?:已有|现行|出台|普惠)?的?[^，,]{0,6}政策|依法享受|依法申请|按规定享受|法律(?:、行政)?法规|国务院|〔\\d{4}〕|\\[\\d{4}\\]|已公布的|公开的"
)
"""What is promised by a law or a published policy is the policy's promise."""
_THEY = "(?:对方|企业|客商|客户|投资方|公司|该司|他们|总|经理|董事长|老板)"
_ASKED = re.compile(f"{_THEY}[^，,]{{0,8}}?(?:希望|要求|提出|询问|问(?!题)|咨询|关心|想|期望|请求|打听|诉求|期待)")
_AGREED = re.compile("同意|答应|承诺|可以|可给|予以|给予|满足|没问题|照办|兑现|许诺|支持")


@cache
def shipped_rules() -> tuple[FairRule, ...]:
    """The rules that come with the program, for an office that keeps none of its own."""
    return tuple(reference.records(FairRule, "fair_rules"))


def promises(text: str, rules: Iterable[FairRule], day: date) -> list[Finding]:
    """What the text promises against the rules of that day, in its order; of findings inside each other the longest.

    Each line is read for itself, and lines that end in the middle of a sentence once more together.
    """
    held = [rule for rule in rules if holds(rule, day)]
    plain, places = _plain(text)
    found = list(_found(text, plain, places, held))
    joints = {broken.start() for broken in _BROKEN.finditer(plain)}
    if joints:
        kept = [place for place in range(len(plain)) if place not in joints]
        whole = _found(text, "".join(plain[place] for place in kept), [places[place] for place in kept], held)
        found += [one for one in whole if any(one.start < places[joint] < one.end for joint in joints)]
    return _outermost(found)


def _found(text: str, plain: str, places: Sequence[int], rules: Sequence[FairRule]) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(plain):
        for rule in rules:
            for start, end in _spans(sentence[0], rule.words):
                if _is_promise(sentence[0], start, end, rule.words):
                    first, last = places[sentence.start() + start], places[sentence.start() + end - 1] + 1
                    yield Finding(first, last, text[first:last], rule)


def _outermost(found: Sequence[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it would be written to be read: without spaces, marks strewn between characters and signs that are
    not seen, in plain letters and simplified characters; and where each of its characters stood."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char in "\n\r":
            char = "\n"
        elif (
            char.isspace()
            or unicodedata.category(char) in _UNSEEN
            or _is_strewn(char, chars, text[place + 1 : place + 2])
        ):
            continue
        elif "\u3400" <= char <= "\u9fff":
            char = simplified(char)
        elif not "\u3000" <= char <= "\u9fff":
            char = unicodedata.normalize("NFKC", char).lower()
        if char != "\n" or chars[-1:] != ["\n"] or text[place - 1 : place + 1] != "\r\n":
            chars += char
            places += [place] * len(char)
    return "".join(chars), places


def _is_strewn(char: str, before: Sequence[str], after: str) -> bool:
    """Whether it is a mark set between two Chinese characters to no end but to part them."""
    return char in _MARKS and bool(before) and _is_chinese(before[-1]) and (_is_chinese(after) or after in _MARKS)


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@lru_cache(maxsize=512)
def _ways(text: str) -> tuple[_Way, ...]:
    """What a rule's words mean: ways, of words in order, of words that mean the same."""
    ways = []
    for way in re.split(r"[；;\n]", text):
        parts = [tuple(filter(None, (_plain(one)[0] for one in re.split("[/／|]", part)))) for part in _GAP.split(way)]
        if kept := tuple(part for part in parts if part):
            ways.append(kept)
    return tuple(ways)


def _spans(sentence: str, text: str) -> Iterator[_Span]:
    """Where a sentence says it: the first word to the last, each at most GAP characters after the one before."""
    for first, *others in _ways(text):
        reached = list(_places(sentence, first))
        for choices in others:
            following = list(_places(sentence, choices))
            nearer: dict[_Span, int] = {}
            for start, end in reached:
                for after, last in following:
                    if 0 <= after - end <= GAP:
                        nearer[after, last] = max(start, nearer.get((after, last), start))
            reached = sorted({(start, last) for (_, last), start in nearer.items()})
        yield from reached


def _places(sentence: str, choices: Sequence[str]) -> Iterator[_Span]:
    for word in choices:
        at = sentence.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = sentence.find(word, at + 1)


def _is_promise(sentence: str, start: int, end: int, rule: str) -> bool:
    """Whether it is said as ours: not denied, not refused, not merely asked for by the other side."""
    sentence = _FALSE_NOT.sub(lambda found: "　" * len(found[0]), sentence)
    before, after = sentence[:start], sentence[end:]
    clause = _CLAUSE.split(before)[-1]
    if _DENIED.search(clause) or _LAWFUL.search(clause + sentence[start:end]):
        return False
    if _DENIED.search(sentence, start, end) and not _DENIED.search(rule):
        return False
    frame = _FRAME.search(before)
    if frame and not _UNTIL.search(before, frame.end()):
        return False
    if _ENDED.search(_CLAUSE.split(after)[0]):
        return False
    refused = _REFUSED.search(after)
    if refused and not re.search(_THEY, after[: refused.start()]):
        return False
    return not _only_asked(before, after)


def _only_asked(before: str, after: str) -> bool:
    """ "对方希望……" is a wish; "对方希望……，我方同意" is a promise."""
    listed = re.split("[：:]", before)[0] if re.search("[：:]", before) else ""
    asked = _ASKED.search(_COMMA.split(before)[-1]) or _ASKED.search(listed)
    answered = _COMMA.split(after)[1:]
    return asked is not None and not any(_AGREED.search(clause) for clause in answered)

"""Whom to see: what speaks for a visit, each reason with its weight, its share and its words.

A reason is one small function that says how much it speaks for whom (a `Share`, which the store can reckon over a
whole library) and one that says it in words; a library that knows another reason adds its Ground to the tuple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ranking import FULL, ByDay, ByKey, ByValue, FirstOf, Flagged, Holding, Share, Terms
from zhaoshang_desktop.domain.target_rule import TARGET_ITEMS, TargetRule
from zhaoshang_desktop.domain.validity import in_force
from zhaoshang_desktop.planning.on_the_way import Way, ways

WAITING = ("待核实", "已核实", "跟进中")
LEVEL_SHARES = {"A": 1000, "B": 600, "C": 200}
STAGE_SHARES = {
    "储备": 200,
    "包装推介": 300,
    "在谈": 600,
    "项目评审": 900,
    "签约": 1000,
    "注册": 900,
    "立项": 800,
    "供地报建": 800,
    "开工": 500,
    "在建": 400,
}
"""The nearer to a signature the more a visit is worth; what is built needs one least."""
NEVER_MET, LOCAL_TIES = 300, 600
_STEP_DAYS = 30
_FINEST = 100
"""Weights count to a hundredth of a point."""


@dataclass(frozen=True)
class Rules:
    """The office's weights by reason, and its numbers: reach in kilometres, days of silence from which on and up to
    which it counts more and more."""

    weights: Mapping[str, float]
    reach: float
    silent_from: int
    silent_full: int


@dataclass(frozen=True)
class Tie:
    """How one of ours knows somebody there: how much that counts, and in words."""

    share: int
    words: str


@dataclass(frozen=True)
class Wanted:
    """What the trip is about, and what is known of investors beyond their records, by key.

    `stages` have the stage of their furthest open project, `leads` the subjects of those that nobody has brought to an
    end, `ties` the best acquaintance, `met` when members of the trip saw them last.
    """

    today: date
    rules: Rules
    chain: str = ""
    industries: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    places: tuple[str, ...] = ()
    stages: Mapping[int, str] = field(default_factory=dict)
    leads: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    ties: Mapping[int, Tie] = field(default_factory=dict)
    met: Mapping[int, str] = field(default_factory=dict)

    @property
    def ways(self) -> Mapping[str, Way]:
        return ways(self.base, self.places, self.rules.reach)


@dataclass(frozen=True)
class Ground:
    """One reason: its name among the office's weights, how much it speaks for whom, and how that is said."""

    key: str
    share: Callable[[Wanted], Share]
    words: Callable[[Investor, Wanted], str]


@dataclass(frozen=True)
class Because:
    """A reason that was found, with what it added to the score."""

    key: str
    points: float
    words: str


@dataclass(frozen=True)
class Suggestion:
    investor: Investor
    score: float
    because: tuple[Because, ...] = field(default=())


def rules_of(table: Iterable[TargetRule], day: date) -> Rules:
    """The weights and numbers that hold on that day; what the office's table does not say is taken from what ships."""
    known: dict[str, float] = {}
    for line in (*_shipped(), *in_force(table, day)):
        if line.value is not None:
            known[line.item] = float(line.value)
    weights = {item: known.get(item, 0.0) for item in TARGET_ITEMS[:-3]}
    start = max(0, round(known["久未联系起算"]))
    return Rules(weights, max(0.0, known["顺路范围"]), start, max(start, round(known["久未联系算足"])))


@cache
def _shipped() -> tuple[TargetRule, ...]:
    return tuple(reference.records(TargetRule, "target_rules"))


def terms_of(wanted: Wanted, grounds: Sequence[Ground] | None = None) -> Terms:
    """What the store is to reckon: a score of so many thousandths of hundredths of a point."""
    return tuple((weight, one.share(wanted)) for weight, one in _weighed(wanted, grounds))


def explain(investors: Iterable[Investor], wanted: Wanted, grounds: Sequence[Ground] | None = None) -> list[Suggestion]:
    """Investors with all that speaks for and against a visit to each, the weightiest first."""
    used = [(weight, one.share(wanted), one) for weight, one in _weighed(wanted, grounds)]
    suggestions = []
    for investor in investors:
        found = [
            Because(one.key, weight * part / _FINEST / FULL, one.words(investor, wanted))
            for weight, share, one in used
            if (part := share.of(investor))
        ]
        found.sort(key=lambda because: -abs(because.points))
        suggestions.append(Suggestion(investor, sum(because.points for because in found), tuple(found)))
    return suggestions


def _weighed(wanted: Wanted, grounds: Sequence[Ground] | None) -> list[tuple[int, Ground]]:
    weighed = [(round(wanted.rules.weights.get(one.key, 0) * _FINEST), one) for one in grounds or GROUNDS]
    return [(weight, one) for weight, one in weighed if weight]


def _same_chain(wanted: Wanted) -> Share:
    return ByValue("chain", {wanted.chain: FULL} if wanted.chain else {})


def _same_industry(wanted: Wanted) -> Share:
    named = (Holding("industry", wanted.chain),) if wanted.chain else ()
    return FirstOf((ByValue("industry", dict.fromkeys(wanted.industries, FULL)), *named))


def _say_industry(investor: Investor, wanted: Wanted) -> str:
    other = wanted.industries.get(investor.industry)
    return f"与{other}同一行业（{investor.industry}）" if other else f"行业相关（{investor.industry}）"


def _on_the_way(wanted: Wanted) -> Share:
    return ByValue("place", {code: way.share(wanted.rules.reach) for code, way in wanted.ways.items()})


def _say_on_the_way(investor: Investor, wanted: Wanted) -> str:
    return wanted.ways[investor.place].words(investor.place)


def _silent(wanted: Wanted) -> Share:
    """By months from the first day that counts to the one that counts fully; never met speaks a little for itself."""
    first, full = wanted.rules.silent_from, wanted.rules.silent_full
    days = [*range(full, max(first, 1), -_STEP_DAYS), first]
    steps = tuple((wanted.today - timedelta(days=after), min(FULL, FULL * after // max(full, 1))) for after in days)
    return ByDay("last_contact", steps, NEVER_MET)


def _say_silent(investor: Investor, wanted: Wanted) -> str:
    days = investor.days_silent(wanted.today)
    return "还没有联系过" if days is None else f"已有{days}天没有联系"


def _overdue(wanted: Wanted) -> Share:
    return ByDay("next_due", ((wanted.today - timedelta(days=1), FULL),))


def _say_overdue(investor: Investor, wanted: Wanted) -> str:
    late = (wanted.today - investor.next_due).days if investor.next_due else 0
    step = f"“{investor.next_step}”" if investor.next_step else ""
    return f"下一步{step}已超期{late}天"


def _stage(wanted: Wanted) -> Share:
    shares = {key: share for key, stage in wanted.stages.items() if (share := STAGE_SHARES.get(stage, 0))}
    return ByKey(shares)


def _say_stage(investor: Investor, wanted: Wanted) -> str:
    stage = wanted.stages[investor.id]
    if stage == "在谈":
        return f"有{investor.open_projects or 1}个在谈项目"
    return f"项目已到{stage}阶段"


def _lead_waiting(wanted: Wanted) -> Share:
    return ByKey(dict.fromkeys(wanted.leads, FULL))


def _say_lead(investor: Investor, wanted: Wanted) -> str:
    subjects = wanted.leads[investor.id]
    more = f"等{len(subjects)}条" if len(subjects) > 1 else ""
    return f"有信息待跟进：{subjects[0]}{more}"


def _known(wanted: Wanted) -> Share:
    return FirstOf((ByKey({key: tie.share for key, tie in wanted.ties.items()}), Holding("local_ties", "", LOCAL_TIES)))


def _say_known(investor: Investor, wanted: Wanted) -> str:
    tie = wanted.ties.get(investor.id)
    return tie.words if tie else f"与本地有联系：{_short(investor.local_ties)}"


def _met(wanted: Wanted) -> Share:
    return ByKey(dict.fromkeys(wanted.met, FULL))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 16 else f"{line[:15]}…"


GROUNDS: tuple[Ground, ...] = (
    Ground("同一产业链", _same_chain, lambda investor, wanted: f"同属{investor.chain}产业链"),
    Ground("同一行业", _same_industry, _say_industry),
    Ground("行程地区", _on_the_way, _say_on_the_way),
    Ground("关注等级", lambda _: ByValue("level", LEVEL_SHARES), lambda investor, _: f"关注等级{investor.level}"),
    Ground("下一步超期", _overdue, _say_overdue),
    Ground("项目阶段", _stage, _say_stage),
    Ground("信息待跟进", _lead_waiting, _say_lead),
    Ground("久未联系", _silent, _say_silent),
    Ground("头部目标", lambda _: Flagged(("head_target",)), lambda *_: "头部目标企业"),
    Ground("有熟人", _known, _say_known),
    Ground("队员见过", _met, lambda investor, wanted: wanted.met[investor.id]),
    Ground("失信被执行", lambda _: Flagged(("dishonest", "enforced")), lambda *_: "有失信或被执行记录，先核查"),
)
"""What speaks for a visit, and what against."""

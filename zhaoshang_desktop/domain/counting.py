"""What the assessment asks about people: how high ours were who went, and how high theirs who received them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhaoshang_desktop.domain.visit import HOST_RANKS, LEADERS

_LEADERS = (
    (re.compile(r"(?<!副)(?<!常务)(?:县|区|市)长|(?:县|区|市)委书记"), "县级主要领导"),
    (
        re.compile(
            r"副(?:县|区|市)长|(?:县|区|市)委(?:副书记|常委)|人大(?:常委会)?(?:副)?主任|政协(?:副)?主席|链长|县级领导"
        ),
        "县级领导",
    ),
    (
        re.compile(r"局长|主任|书记|镇长|乡长|街道办|科长|部长|主席|处长|所长|组长|科级|经理|总监"),
        "科级干部",
    ),
)
_HOSTS = (
    (re.compile(r"实控人|实际控制人|创始人|控股股东"), "实际控制人"),
    (
        re.compile(r"(?<!副)(?:董事长|总经理|总裁|院长|会长|理事长|校长|厂长|CEO)(?!助理|秘书)|执行董事", re.I),
        "董事长或总经理",
    ),
    (re.compile(r"副总|副董事长|副院长|副会长|副理事长|副校长|副厂长|总监|助理|总工|CFO|CTO|COO", re.I), "副总"),
    (re.compile(r"部长|经理|主任|科长|主管|处长|秘书长"), "部门负责人"),
)


def leader_of(duties: Iterable[str]) -> str:
    """How high the highest of ours is, by their duties; "" when nobody was there."""
    found = [_first(_LEADERS, duty) or LEADERS[-1] for duty in duties]
    return min(found, key=LEADERS.index, default="")


def host_rank_of(posts: Iterable[str]) -> str:
    """How high the highest of theirs is, by their posts; "" when no post is known."""
    found = [_first(_HOSTS, post) or HOST_RANKS[-1] for post in posts if post]
    return min(found, key=HOST_RANKS.index, default="")


def _first(rules: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
    return next((level for pattern, level in rules if pattern.search(text)), "")

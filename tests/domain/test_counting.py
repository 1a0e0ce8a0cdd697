"""How high people are, by what their cards say."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain.counting import host_rank_of, leader_of


@pytest.mark.parametrize(
    ("duties", "level"),
    [
        (["县长", "科员"], "县级主要领导"),
        (["清岚县委书记"], "县级主要领导"),
        (["副县长", "局长"], "县级领导"),
        (["县委副书记"], "县级领导"),
        (["县委常委、常务副县长"], "县级领导"),
        (["投资促进局局长", "科员"], "科级干部"),
        (["科长"], "科级干部"),
        (["", "干事"], "一般人员"),
        ([], ""),
    ],
)
def test_the_highest_of_ours_counts(duties: list[str], level: str) -> None:
    assert leader_of(duties) == level


@pytest.mark.parametrize(
    ("posts", "rank"),
    [
        (["董事长"], "董事长或总经理"),
        (["副董事长"], "副总"),
        (["董事长助理", "部长"], "副总"),
        (["总经理", "创始人"], "实际控制人"),
        (["采购经理"], "部门负责人"),
        (["工程师"], "其他"),
        ([""], ""),
    ],
)
def test_the_highest_of_theirs_counts(posts: list[str], rank: str) -> None:
    assert host_rank_of(posts) == rank

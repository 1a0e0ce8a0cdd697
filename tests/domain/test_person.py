"""The people named in one cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.person import _split, split_person


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("周远航", ("周远航", "", "")),
        ("周远航 13800000000", ("周远航", "", "13800000000")),
        ("周远航13800000000", ("周远航", "", "13800000000")),
        ("周远航(13800000000)", ("周远航", "", "13800000000")),
        ("周远航 138 0000 0000", ("周远航", "", "13800000000")),
        ("周远航 0510-88887777转801", ("周远航", "", "0510-88887777转801")),
        ("周远航 手机:13800000000 电话:0510-88887777", ("周远航", "", "13800000000、0510-88887777")),
        ("联系人：周远航 13800000000", ("周远航", "", "13800000000")),
        ("李建国总经理", ("李建国", "总经理", "")),
        ("李建国（总经理）", ("李建国", "总经理", "")),
        ("李建国 总经理 13800000000", ("李建国", "总经理", "13800000000")),
        ("总经理：李建国", ("李建国", "总经理", "")),
        ("常务副总王磊 138 0000 0000", ("王磊", "常务副总", "13800000000")),
        ("张敏（招商专员）13800000000", ("张敏", "招商专员", "13800000000")),
        ("周远航，董事长，13800000000", ("周远航", "董事长", "13800000000")),
        ("董事长兼总经理周远航", ("周远航", "董事长兼总经理", "")),
        ("李小明先生", ("李小明", "", "")),
        ("王　磊", ("王磊", "", "")),
        ("王 磊 总经理", ("王磊", "总经理", "")),
        ("阿迪力·买买提", ("阿迪力·买买提", "", "")),
        ("John Smith +1 212-555-0100", ("John Smith", "", "+12125550100")),
        ("Bernt Øivind Børnich", ("Bernt Øivind Børnich", "", "")),
    ],
)
def test_a_person_is_parted_into_name_post_and_number(text: str, person: tuple[str, str, str]) -> None:
    assert split_person(text) == (person,)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("张总", ("张总", "", "")),
        ("欧阳总", ("欧阳总", "", "")),
        ("许厂长", ("许厂长", "厂长", "")),
        ("王书记", ("王书记", "书记", "")),
        ("张先生", ("张先生", "", "")),
        ("老张", ("老张", "", "")),
    ],
)
def test_where_only_the_surname_is_told_the_name_is_what_he_is_called(text: str, person: tuple[str, str, str]) -> None:
    assert split_person(text) == (person,)


def test_several_people_are_parted() -> None:
    assert split_person("张总/李经理") == (("张总", "", ""), ("李经理", "经理", ""))
    assert split_person("董事长周远航、总经理李想") == (("周远航", "董事长", ""), ("李想", "总经理", ""))


def test_a_number_after_several_names_is_everybodys() -> None:
    assert split_person("许厂长/李经理 0510-8888 7777") == (
        ("许厂长", "厂长", "0510-88887777"),
        ("李经理", "经理", "0510-88887777"),
    )


def test_each_name_takes_the_number_behind_it() -> None:
    assert split_person("周远航13800000000、李想13900000000") == (
        ("周远航", "", "13800000000"),
        ("李想", "", "13900000000"),
    )


def test_as_many_numbers_as_names_are_dealt_out_in_order() -> None:
    assert split_person("张总/李经理 13800000000/13900000000") == (
        ("张总", "", "13800000000"),
        ("李经理", "经理", "13900000000"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "总经理",
        "无",
        "未提供",
        "周",
        "周远航 李想",
        "这是一段很长的说明文字不是姓名",
        "周远航 1380000",
        "2020年起任职",
        "",
    ],
)
def test_what_is_not_clearly_a_person_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        split_person(text)


@given(st.text(st.sampled_from("周远航李总经理董事长张/、 13890()（）：:先生A.·-"), max_size=20))
def test_any_text_is_people_with_names_or_not_understood(text: str) -> None:
    try:
        people = split_person(text)
    except NotUnderstood:
        return
    assert people
    assert all(name for name, _, _ in people)


@given(
    st.text(
        st.sampled_from("王远航长敏经理总监工先生女士待定无不详保密公开张单欧阳代表教授法人"), min_size=1, max_size=5
    )
)
def test_a_plain_name_that_is_read_at_once_is_what_careful_reading_gives(text: str) -> None:
    def read(split: Callable[[str], object]) -> object:
        try:
            return split(text)
        except NotUnderstood as reason:
            return str(reason)

    assert read(split_person) == read(_split)

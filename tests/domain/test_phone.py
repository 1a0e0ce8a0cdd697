"""Telephone numbers as people write them, and as they leave the office."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.phone import is_mobile, mask, read_phones


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("013800000000", "13800000000"),
        ("手机13800000000", "13800000000"),
        ("13800000000（微信同号）", "13800000000"),
        ("0532-88888888", "0532-88888888"),
        ("0532—88888888", "0532-88888888"),
        ("053288888888", "0532-88888888"),
        ("（0532）8888 8888", "0532-88888888"),
        ("+86-532-88888888", "0532-88888888"),
        ("0086 532 8888 8888", "0532-88888888"),
        ("010 8888 8888", "010-88888888"),
        ("0577-8888888", "0577-8888888"),
        ("电话：0532-88888888", "0532-88888888"),
        ("Tel: 010-88888888", "010-88888888"),
        ("88888888", "88888888"),
        ("8888 8888", "88888888"),
        ("400-800-8888", "400-800-8888"),
        ("4008008888", "400-800-8888"),
        ("95588", "95588"),
        ("0532-8888 8888 转 801", "0532-88888888转801"),
        ("0532-88888888-801", "0532-88888888转801"),
        ("0532-88888888 分机 12", "0532-88888888转12"),
        ("021-62345678 ext 12", "021-62345678转12"),
        ("88887777-801", "88887777转801"),
        ("+81-3-1234-5678", "+81312345678"),
        ("+852 2345 6789", "+85223456789"),
        ("00852-23456789", "+85223456789"),
        ("+1 (212) 555-0100", "+12125550100"),
    ],
)
def test_a_number_is_normalised_to_what_is_dialled(text: str, dialled: str) -> None:
    assert read_phones(text) == dialled


@pytest.mark.parametrize(
    "text",
    [
        "13800000000/0532-88888888",
        "13800000000、0532-88888888",
        "13800000000；0532-88888888",
        "13800000000 0532-88888888",
        "138 0000 0000 0532-8888 8888",
        "13800000000\n0532-88888888",
        "手机:13800000000,电话:0532-88888888",
        "13800000000、13800000000、0532-88888888",
    ],
)
def test_several_numbers_are_parted_and_repeats_dropped(text: str) -> None:
    assert read_phones(text) == "13800000000、0532-88888888"


@pytest.mark.parametrize(
    "text",
    [
        "1380000000",
        "138000000000",
        "12345678",
        "000-88888888",
        "1.38E+10",
        "138****1234",
        "0510-88887777/8",
        "张总 13800000000",
        "abc",
        "、",
        "0532",
        "+999123",
    ],
)
def test_what_cannot_be_dialled_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_phones(text)


@pytest.mark.parametrize("text", ["-", "未提供", "无", "保密"])
def test_a_number_that_was_not_given_is_no_number(text: str) -> None:
    with pytest.raises(NotUnderstood, match="未透露"):
        read_phones(text)


@pytest.mark.parametrize(
    ("phones", "masked"),
    [
        ("13800001234", "138****1234"),
        ("0532-88881234", "0532-****1234"),
        ("0532-88881234转801", "0532-****1234转***"),
        ("0577-8881234", "0577-****234"),
        ("88881234", "****1234"),
        ("13800001234、0532-88881234", "138****1234、0532-****1234"),
        ("+85223451234", "+852****1234"),
        ("", ""),
    ],
)
def test_a_masked_number_hides_what_would_reach_the_person(phones: str, masked: str) -> None:
    assert mask(phones) == masked


def test_a_mobile_is_told_from_a_landline() -> None:
    assert is_mobile(read_phones("+86 138 0000 0000"))
    assert not is_mobile(read_phones("0532-88888888"))


@given(st.from_regex(r"1[3-9][0-9]{9}|0532-[2-9][0-9]{7}(-[0-9]{1,5})?|010[2-9][0-9]{7}", fullmatch=True))
def test_what_is_dialled_is_read_again_as_the_same(text: str) -> None:
    phones = read_phones(text)
    assert read_phones(phones) == phones


@given(st.text(st.sampled_from("0123456789+- ()转、/;.ext"), max_size=30))
def test_any_text_is_a_number_that_round_trips_or_is_not_understood(text: str) -> None:
    try:
        phones = read_phones(text)
    except NotUnderstood:
        return
    assert read_phones(phones) == phones
    assert "*" in mask(phones)

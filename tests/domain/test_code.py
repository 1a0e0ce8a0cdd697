"""统一社会信用代码 as found in lists."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain.code import read_credit_code, warning
from zhaoshang_desktop.domain.errors import NotUnderstood


def with_check_digit(body: str) -> str:
    """The code with the check digit of GB 32100-2015, worked out here by itself."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(mark) * pow(3, place, 31) for place, mark in enumerate(body))
    return body + alphabet[-total % 31]


@pytest.mark.parametrize(
    "text",
    [
        "91320200MA1N2K3L4P",
        "91320200ma1n2k3l4p",
        " 91320200 MA1N2K3L4P ",
        "９１３２０２００ＭＡ１Ｎ２Ｋ３Ｌ４Ｐ",
        "'91320200MA1N2K3L4P",
        "91320200MA1N2K3L4P（1-1）",
        "91320200MA1N2K3L4P(1/1)",
    ],
)
def test_a_code_is_kept_in_upper_case_without_spaces(text: str) -> None:
    assert read_credit_code(text) == "91320200MA1N2K3L4P"


def test_an_old_registration_number_is_kept_and_warned_about() -> None:
    assert read_credit_code("320200000012345") == "320200000012345"
    assert "旧" in warning("320200000012345")


def test_a_wrong_check_digit_is_kept_and_warned_about() -> None:
    good = with_check_digit("91320200MA1N2K3L4")
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert read_credit_code(wrong) == wrong
    assert "校验位" in warning(wrong)
    assert warning(good) == ""
    assert warning("") == ""


def test_letters_that_no_code_has_are_warned_about() -> None:
    assert warning("91320200MA1N2K3IOS")


def test_a_code_that_a_spreadsheet_made_a_number_says_that_digits_are_lost() -> None:
    with pytest.raises(NotUnderstood, match="丢失"):
        read_credit_code("9.13202E+17")


@pytest.mark.parametrize("text", ["9132020", "12345678-9", "无", "办理中", "91320200MA1N2K3L4PX"])
def test_anything_else_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood, match="18位"):
        read_credit_code(text)

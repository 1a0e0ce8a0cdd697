"""Names that came from elsewhere can stand on any disk, and show what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.file_name import LONGEST, free_name, is_program, safe_name, size_text, split_ending


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("合作协议（终稿）.docx", "合作协议（终稿）.docx"),
        (r"C:\Users\张敏\桌面\合影.jpg", "合影.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..", "未命名"),
        ("", "未命名"),
        (".pdf", "未命名.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ('报价<最终>:"A|B"?.xlsx', "报价_最终_A_B_.xlsx"),
        ("结尾有点.pdf. . ", "结尾有点.pdf"),
        ("图片\u202egpj.exe", "图片gpj.exe"),
        ("零\u200b宽.pdf", "零宽.pdf"),
        ("换\n行\t.pdf", "换行.pdf"),
    ],
)
def test_a_name_is_made_harmless(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("长" * 300 + ".pdf")
    assert len(name) == LONGEST
    assert name.endswith(".pdf")


@given(st.text())
def test_whatever_comes_becomes_a_name_that_stays_as_it_is(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('<>:"/\\|?*\x00\n')
    assert name == name.rstrip(". ")
    assert safe_name(name) == name


def test_what_would_run_is_known_by_its_ending() -> None:
    assert is_program("发票.pdf.EXE")
    assert is_program("资料.lnk")
    assert not is_program("资料.pdf")


def test_a_second_file_of_a_name_gets_a_number() -> None:
    assert free_name("合影.jpg", {"合影.jpg", "合影 (2).jpg"}) == "合影 (3).jpg"
    assert free_name("合影.jpg", set()) == "合影.jpg"


def test_an_ending_is_short_and_of_letters() -> None:
    assert split_ending("2026.11 清单") == ("2026.11 清单", "")
    assert split_ending("清单.v2.xlsx") == ("清单.v2", ".xlsx")


def test_sizes_carry_their_unit() -> None:
    assert [size_text(size) for size in (12, 2048, 5 * 1024**2 + 1)] == ["12 字节", "2 KB", "5.0 MB"]

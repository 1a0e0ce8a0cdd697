"""What a passphrase is worth, said in words."""

from __future__ import annotations

import pytest

from zhaoshang_desktop.domain.passphrase import bits, strength


@pytest.mark.parametrize(
    "weak", ["", "123456", "admin888", "qwertyuiop", "aaaaaaaa", "20200101", "13812342216", "招商局2026", "woaini520"]
)
def test_what_everybody_uses_is_too_easy(weak: str) -> None:
    assert strength(weak).level == 0
    assert strength(weak).advice


@pytest.mark.parametrize("good", ["铁桶 青禾 月台 剃刀 七", "correct horse battery staple", "kT9#vw2$Lq8z"])
def test_several_words_or_many_odd_signs_are_enough(good: str) -> None:
    assert strength(good).level >= 2
    assert strength(good).advice == ""


def test_more_is_never_worth_less() -> None:
    phrase = "铁桶 青禾 kT9#"
    worth = [bits(phrase[:length]) for length in range(len(phrase) + 1)]
    assert worth == sorted(worth)

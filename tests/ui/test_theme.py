"""Colours can be read by everybody, in light and in dark, also on the selection."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.ui import icons, theme
from zhaoshang_desktop.ui.theme import DARK, LIGHT, Theme

WORDS = ("text", "secondary", "accent", "green", "amber", "red", "violet")
TINTS = (("green", "green_tint"), ("amber", "amber_tint"), ("red", "red_tint"), ("violet", "violet_tint"))


def contrast(first: str, second: str) -> float:
    """As WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = QColor(colour).getRgbF()[:3]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "pane", "hover", "selection"])
@pytest.mark.parametrize("word", WORDS)
def test_words_stand_out_from_every_ground(dress: Theme, ground: str, word: str) -> None:
    assert contrast(getattr(dress, word), getattr(dress, ground)) >= 4.5


@pytest.mark.parametrize("dress", [LIGHT, DARK], ids=["light", "dark"])
def test_meanings_stand_out_from_their_tints_and_buttons_from_their_fill(dress: Theme) -> None:
    for word, ground in TINTS:
        assert contrast(getattr(dress, word), getattr(dress, ground)) >= 4.5
    assert contrast(dress.on_accent, dress.accent_fill) >= 4.5
    assert contrast(dress.faint, dress.paper) >= 4.5


def test_the_theme_follows_the_choice(qapp: QApplication) -> None:
    assert theme.apply_theme(qapp, "dark").dark
    assert qapp.palette().base().color().name().upper() == DARK.paper
    assert not theme.apply_theme(qapp, "light").dark


def test_every_icon_can_be_drawn_in_the_colour_of_the_words(qapp: QApplication) -> None:
    for file in paths.resource("icons").glob("*.svg"):
        image = icons.picture(file.stem, "red", 16).toImage()
        inked = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        darkest = max(inked, key=QColor.alpha)
        assert darkest.alpha() > 128, file.stem
        assert abs(darkest.red() - QColor(theme.current().red).red()) < 12, file.stem


def test_every_icon_has_a_user() -> None:
    package = paths.resources().parent / "zhaoshang_desktop"
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (package / "ui").rglob("*.py"))
    unused = [file.stem for file in paths.resource("icons").glob("*.svg") if f'"{file.stem}"' not in sources]
    assert unused == []

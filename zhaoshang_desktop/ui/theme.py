"""Colours, type and space: what a colour means, once in light and once in dark."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from zhaoshang_desktop.runtime.paths import resource

ROW_HEIGHTS: dict[str, int] = {"compact": 24, "normal": 28, "roomy": 34}
SMALL_PX, TABLE_PX, TEXT_PX, HEADING_PX, TITLE_PX = 11, 12, 13, 16, 21
STEP = 4


@dataclass(frozen=True)
class Theme:
    """What each colour is for; the `_tint` of a meaning is the ground its words stand on."""

    paper: str
    pane: str
    hover: str
    line: str
    edge: str
    text: str
    secondary: str
    faint: str
    accent: str
    accent_fill: str
    on_accent: str
    selection: str
    green: str
    amber: str
    red: str
    violet: str
    green_tint: str
    amber_tint: str
    red_tint: str
    violet_tint: str

    @property
    def dark(self) -> bool:
        return QColor(self.paper).lightness() < 128


LIGHT = Theme(
    paper="#FFFFFF",
    pane="#F7F8FA",
    hover="#EEF1F5",
    line="#E3E6EB",
    edge="#CDD2DA",
    text="#1F2329",
    secondary="#5A606A",
    faint="#6B717C",
    accent="#2459C4",
    accent_fill="#2459C4",
    on_accent="#FFFFFF",
    selection="#E8EFFC",
    green="#23693F",
    amber="#8A5A0B",
    red="#B3321F",
    violet="#6B4FBB",
    green_tint="#E9F3EC",
    amber_tint="#FDF1DA",
    red_tint="#FCEBE8",
    violet_tint="#F0ECFA",
)

DARK = Theme(
    paper="#1B1D21",
    pane="#22252A",
    hover="#2B2F35",
    line="#343940",
    edge="#4A505A",
    text="#E7E9EC",
    secondary="#A9AFB9",
    faint="#9AA1AC",
    accent="#8DB1F7",
    accent_fill="#2C5FCB",
    on_accent="#FFFFFF",
    selection="#263650",
    green="#79C796",
    amber="#E3B262",
    red="#F39A87",
    violet="#BBA7F2",
    green_tint="#20362A",
    amber_tint="#3A3020",
    red_tint="#402724",
    violet_tint="#302A45",
)

_current = LIGHT


def current() -> Theme:
    """The theme on screen; painters ask when they paint, so that a change needs no signal."""
    return _current


@cache
def _colour(value: str) -> QColor:
    return QColor(value)


def colour(name: str) -> QColor:
    """The colour of that meaning in the theme on screen."""
    return _colour(getattr(_current, name))


def restyle(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet looks at, and paint the widget by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def apply_theme(app: QApplication, scheme: str = "system", larger: int = 0) -> Theme:
    """Dress the application; under `system` it follows what the desktop says; `larger` adds to all type, in px."""
    global _current  # noqa: PLW0603 - one screen, one theme; see current()
    _current = _wanted(scheme)
    app.setPalette(_palette(_current))
    text = Template(resource("theme", "main.qss").read_text(encoding="utf-8"))
    sizes = {
        "table_px": TABLE_PX,
        "text_px": TEXT_PX,
        "heading_px": HEADING_PX,
        "title_px": TITLE_PX,
        "small_px": SMALL_PX,
    }
    app.setStyleSheet(
        text.substitute(
            asdict(_current),
            arrow=resource("theme", "arrow.svg").as_posix(),
            tick=resource("theme", "tick.svg").as_posix(),
            **{name: px + larger for name, px in sizes.items()},
        )
    )
    return _current


def _wanted(scheme: str) -> Theme:
    if scheme == "system":
        return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: theme.paper,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.pane,
        QPalette.ColorRole.Button: theme.paper,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.paper,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Highlight: theme.selection,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Light: theme.paper,
        QPalette.ColorRole.Midlight: theme.pane,
        QPalette.ColorRole.Mid: theme.edge,
        QPalette.ColorRole.Dark: theme.edge,
        QPalette.ColorRole.Accent: theme.accent,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return palette


def choose_font(app: QApplication, fonts: Path, larger: int = 0) -> None:
    """Windows has its own family; elsewhere ours is used unless the system has it already."""
    families = ["Microsoft YaHei UI", "Microsoft YaHei"] if sys.platform == "win32" else ["Noto Sans SC"]
    if sys.platform != "win32" and not QFontDatabase.hasFamily("Noto Sans SC"):
        QFontDatabase.addApplicationFont(str(fonts / "NotoSansSC-Regular.ttf"))
    font = QFont()
    font.setFamilies([*families, "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"])
    font.setPixelSize(TEXT_PX + larger)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)


def sized(font: QFont, px: int, *, bold: bool = False) -> QFont:
    """The same family in another size."""
    other = QFont(font)
    other.setPixelSize(px)
    other.setBold(bold)
    return other

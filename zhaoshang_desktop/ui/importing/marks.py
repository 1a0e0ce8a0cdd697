"""Colours and small signs that the steps of the import share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPolygonF

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.ui import theme

CORNER = 9

TINTS: dict[Role, str] = {
    Role.TITLE: "hover",
    Role.HEADER: "selection",
    Role.REPEAT: "selection",
    Role.GROUP: "violet_tint",
    Role.DATA: "paper",
    Role.SUM: "amber_tint",
    Role.NOTE: "pane",
    Role.BLANK: "paper",
    Role.CONTINUED: "paper",
    Role.HIDDEN: "pane",
}
"""The ground of a row by what it is."""

LEFT_OUT = frozenset({Role.SUM, Role.HIDDEN})
CORRECTIONS = (Role.TITLE, Role.HEADER, Role.GROUP, Role.DATA, Role.CONTINUED, Role.SUM, Role.NOTE)
"""What a row can be called by hand."""

MEANINGS: dict[Role, str] = {
    Role.TITLE: "标题：不导入；里面的“单位：万元”会用到",
    Role.HEADER: "表头：列的名称，可以有几行",
    Role.REPEAT: "重复的表头：不导入",
    Role.GROUP: "分组：名称填进它下面每一行",
    Role.DATA: "数据：一行一条",
    Role.SUM: "合计：不导入",
    Role.NOTE: "附注：不导入",
    Role.BLANK: "空行：不导入",
    Role.CONTINUED: "续行：接着上一行说，是同一条的另一位联系人、另一轮",
    Role.HIDDEN: "隐藏的行：Excel 里看不见，不导入",
}


def draw_corner(painter: QPainter, rect: QRect, warning: bool) -> None:
    """The corner of a cell to look at: red where something was not understood, amber where it is doubtful."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    right, top = rect.right() + 1.0, float(rect.top())
    corner = QPolygonF([QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)])
    painter.setPen(theme.colour("amber" if warning else "red"))
    painter.setBrush(theme.colour("amber" if warning else "red"))
    painter.drawPolygon(corner)


def write_cell(painter: QPainter, rect: QRect, text: str, meaning: str) -> None:
    """What fits of it on one line, in the colour of that meaning."""
    room = rect.adjusted(8, 0, -8, 0)
    painter.setPen(theme.colour(meaning))
    shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def sentence_of(problem: CellProblem) -> str:
    """What is wrong and what becomes of it."""
    reason = problem.reason.rstrip("。")
    if "没有导入" in reason:
        return f"{reason}。"
    outcome = "照样导入" if problem.warning else "这一格留空，原文保留在旁边"
    return f"{reason}；{outcome}。"

"""恢复密钥: one page to print and to lock away."""

from __future__ import annotations

from datetime import date

from zhaoshang_desktop.papers.blocks import FieldTable, FormLines, FormRow, Heading, Items, Paper, Paragraph

_A_LINE = 4


OPENED = {
    "办公室": "用这串密钥打开办公室，再设一个新密码",
    "出差包": "在笔记本上用这串密钥打开出差包，带回时也用它",
}
"""What a key may open, and how."""


def recovery_paper(name: str, recovery: str, day: date, of: str = "办公室") -> Paper:
    """The key in lines of four groups, larger than anything else on the page, and what to do with it."""
    groups = recovery.split("-")
    lines = ("  -  ".join(groups[start : start + _A_LINE]) for start in range(0, len(groups), _A_LINE))
    return Paper(
        title=f"{of}的恢复密钥",
        blocks=(
            FieldTable(((of, name), ("日期", f"{day.year}年{day.month}月{day.day}日"))),
            Paragraph(f"忘记密码时，{OPENED[of]}。没有密码、也没有它，谁都打不开，本程序也不能。"),
            *(Heading(line, 2, listed=False) for line in lines),
            Heading("怎样保管", 3, listed=False),
            Items(
                (
                    "打印一份，装进信封，放进保险柜或交给单位负责保管的人；不要和电脑、U盘放在一起。",
                    "不要拍照，不要存进电脑、U盘、微信或网盘；存过的 PDF 打印后请删掉。",
                    "输入时不分大小写，横线和空格可以不写；字母 I、L 按 1，O 按 0。某一组抄错，程序会说是第几组。",
                    "怀疑有人看过它：在“文件 › 加密”里换一把新的恢复密钥，这张纸随即作废。",
                ),
                "1",
            ),
            FormLines((FormRow((("保管人", ""), ("存放地点", ""))),)),
        ),
        author=name,
        footer=f"见到这张纸的人能打开整个{of}",
    )

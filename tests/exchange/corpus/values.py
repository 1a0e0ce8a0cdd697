"""Values as people write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.exchange.corpus.case import Answer, Case, sheet
from tests.exchange.making_book import NewBook, NewCell, NewSheet, Shown
from tests.exchange.making_xls import OldBook, OldSheet, Styled

_NAME = "企业名称"


def column(
    file: str,
    heading: str,
    field: str,
    values: list[tuple[NewCell, str | None]],
    library: str = "investors",
    **more: Any,
) -> Case:
    """A list of firms with one more column; None where the value is not understood and stays beside the field."""
    title = {"investors": _NAME, "projects": "项目名称", "experts": "姓名"}[library]
    names = [chr(ord("甲") + n) if library == "experts" else f"青禾第{n}有限公司" for n in range(1, len(values) + 1)]
    names = [f"周{'一二三四五六七八九十'[n]}航" for n in range(len(values))] if library == "experts" else names
    rows: list[tuple[NewCell, ...]] = [
        (title, heading),
        *((name, cell) for name, (cell, _) in zip(names, values, strict=True)),
    ]
    records: list[dict[str, Any]] = []
    for name, (cell, text) in zip(names, values, strict=True):
        seen = f"{cell:.0f}" if isinstance(cell, float) else str(cell)
        kept: dict[str, Any] = {"raw": {field: seen}} if text is None else {field: text}
        records.append({"name": name, **kept})
    unread = [f"名单!B{n}" for n, (_, text) in enumerate(values, 2) if text is None]
    return Case(file, sheet(rows).save, Answer(records, library, unread, **more))


CASES: tuple[Case, ...] = (
    column(
        "amounts.xlsx",
        "注册资本",
        "registered_capital",
        [
            ("1.2亿元", "1.2亿元"),
            ("3000万", "3000万元"),
            ("约5千万美元", "5000万美元"),
            ("12,000.50", "12000.5元"),
            ("１２００万", "1200万元"),
            ("5000万人民币", "5000万元"),
            ("壹仟贰佰万元整", "1200万元"),
            ("USD 100万", "100万美元"),
            ("未透露", None),
            ("3000-5000万", None),
            ("亿元以上", None),
            ("-", ""),
        ],
    ),
    column(
        "amounts_wan.xlsx",
        "投资额（万元）",
        "total",
        [(5000.0, "5000万元"), ("1.5亿", "1.5亿元"), ("800", "800万元")],
        "projects",
    ),
    column(
        "amounts_yi_dollars.xlsx",
        "总投资（亿美元）",
        "total",
        [(1.2, "1.2亿美元"), ("5000万元", "5000万元")],
        "projects",
    ),
    column("amounts_wan_renminbi.xlsx", "总投资(万人民币)", "total", [(1200.0, "1200万元")], "projects"),
    column("amounts_unit_after_colon.xlsx", "总投资：亿元", "total", [(3.5, "3.5亿元")], "projects"),
    column(
        "dates.xlsx",
        "成立日期",
        "founded",
        [
            ("2018年12月28日", "2018-12-28"),
            ("2018.12", "2018-12"),
            ("18/12/28", "2018-12-28"),
            ("2018", "2018"),
            ("二〇一八年十二月", "2018-12"),
            (date(2018, 12, 28), "2018-12-28"),
            (43462.0, "2018-12-28"),
            (Shown(date(2018, 12, 1), 'yyyy"年"m"月"'), "2018-12"),
            ("去年", None),
            ("2018年底", None),
            ("2018.13", None),
        ],
    ),
    column("dates_serials.xlsx", "成立日期", "founded", [(36526.0, "2000-01-01"), (59.0, None)]),
    column(
        "periods.xlsx",
        "聘期",
        "term",
        [
            ("2007.10-2010.12", "2007-10 至 2010-12"),
            ("2024年1－5月", "2024-01 至 2024-05"),
            ("2023年至今", "2023 至今"),
            ("三年", None),
        ],
        "experts",
    ),
    column(
        "people_counts.xlsx",
        "员工数",
        "staff",
        [("约1.2万人", "12000人"), ("３５０", "350人"), ("300余人", "300人"), (12.0, "12人")],
    ),
    column("land.xlsx", "用地（公顷）", "land", [(2.0, "30亩"), ("50亩", "50亩")], "projects"),
    column(
        "credit_codes.xlsx",
        "统一社会信用代码",
        "credit_code",
        [("９１３２０２００ＭＡ１２３４５６７８", "91320200MA12345678"), (913202001230000000.0, None), ("无", None)],
        doubtful=["名单!B2"],
    ),
    Case(
        "phones.xlsx",
        sheet(
            [
                (_NAME, "联系人", "手机", "电话"),
                ("青禾新材料有限公司", "张总 13800000000", None, "0532-8888 8888 转 801"),
                ("北塘精密铸造有限公司", "张总/李经理", "13800000000/13900000000", None),
                ("华澄电子有限公司", "周远航", "１３８００００２２１６、13900002217", "010-88888888；0510-8888 7777"),
                ("盛泽纺织有限公司", "李静", 13800002218.0, "不详"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["张总 13800000000 0532-88888888转801"]},
                {"name": "北塘精密铸造有限公司", "people": ["张总 13800000000", "李经理 经理 13900000000"]},
                {
                    "name": "华澄电子有限公司",
                    "people": ["周远航 13800002216、13900002217 010-88888888、0510-88887777"],
                },
                {"name": "盛泽纺织有限公司", "people": ["李静 13800002218 不详"]},
            ],
            unread=["名单!D5"],
        ),
    ),
    Case(
        "dates_1904.xlsx",
        NewBook(
            [NewSheet("名单", [(_NAME, "成立日期"), ("青禾新材料有限公司", date(2018, 12, 28))])], since_1904=True
        ).save,
        Answer([{"name": "青禾新材料有限公司", "founded": "2018-12-28"}]),
    ),
    Case(
        "dates_1904.xls",
        OldBook(
            [OldSheet("名单", [(_NAME, "成立日期"), ("青禾新材料有限公司", Styled(42000.0, "yyyy-mm-dd"))])],
            since_1904=True,
        ).save,
        Answer([{"name": "青禾新材料有限公司", "founded": "2018-12-28"}]),
    ),
    Case(
        "currency_formats.xlsx",
        sheet(
            [
                (_NAME, "注册资本"),
                ("青禾新材料有限公司", Shown(1000000.0, "[$$-409]#,##0.00")),
                ("北塘精密铸造有限公司", Shown(5.0, '0"万元"')),
                ("华澄电子有限公司", Shown(1000000.0, '"¥"#,##0')),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "registered_capital": "100万美元"},
                {"name": "北塘精密铸造有限公司", "registered_capital": "5万元"},
                {"name": "华澄电子有限公司", "registered_capital": "100万元"},
            ]
        ),
    ),
)

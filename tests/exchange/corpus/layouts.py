"""Tables laid out as offices lay them out."""

from __future__ import annotations

from functools import partial

from tests.exchange.corpus.case import FIRMS, HEADINGS, READ, Answer, Case, listed, sheet, table
from tests.exchange.making_book import NewBook, NewCell, NewSheet, xml_2003
from tests.exchange.making_xls import OldBook, OldSheet

_GROUPED: list[tuple[NewCell, ...]] = [
    ("序号", "企业名称", "产业链"),
    ("一、无锡市（2家）",),
    (1.0, "青禾新材料有限公司", "新材料"),
    (2.0, "北塘精密铸造有限公司", "高端装备"),
    ("苏州市（1家）",),
    (3.0, "华澄电子有限公司", "电子信息"),
]
_GROUPED_READ = [
    {"name": "青禾新材料有限公司", "place": "江苏 无锡"},
    {"name": "北塘精密铸造有限公司", "place": "江苏 无锡"},
    {"name": "华澄电子有限公司", "place": "江苏 苏州"},
]
_TWO_NAMES = [{"name": "青禾新材料有限公司"}, {"name": "北塘精密铸造有限公司"}]


def form(name: str, person: str, mobile: str) -> list[tuple[NewCell, ...]]:
    return [
        ("客商登记表",),
        ("企业名称", name, "企业性质", "□国企 ☑民企 □外资"),
        ("注册资本（万元）", 5000.0, "成立日期", "2018年12月"),
        ("所在地区", "江苏省无锡市", "关注等级", "A"),
        ("主营业务", "新材料研发"),
        ("联系人", person, "手机", mobile),
        ("填表人：张三", None, "审核人：李四"),
    ]


FORM_MERGED = ("A1:D1", "B5:D5")
_FORM_READ = {
    "name": "青禾新材料有限公司", "ownership": "民企", "registered_capital": "5000万元", "founded": "2018-12",
    "place": "江苏 无锡", "level": "A", "business": "新材料研发", "people": ["周远航 13800002216"],
}  # fmt: skip
_FORMS = [
    NewSheet("青禾", form("青禾新材料有限公司", "周远航", "13800002216"), FORM_MERGED),
    NewSheet("北塘", form("北塘精密铸造有限公司", "李静", "1390000221x"), FORM_MERGED),
    NewSheet("填表说明", [("填表说明",), ("一、请如实填写。",)]),
]

CASES: tuple[Case, ...] = (
    listed(
        "title_and_unit.xlsx",
        sheet(
            [
                ("苏锡常新材料企业名单（2026年9月）",),
                (None, None, None, "单位：万元"),
                ("企业名称", "联系人", "手机", "注册资本"),
                *FIRMS,
            ],
            merged=["A1:D1"],
        ).save,
    ),
    listed("table_begins_at_b3.xlsx", sheet([(), (), *[(None, *row) for row in table()]]).save),
    listed(
        "header_with_breaks.xlsx",
        sheet([("企业\n名称", "联 系 人", "手  机\n（必填）", "注册资本\n（万元）"), *FIRMS]).save,
    ),
    listed(
        "header_of_two.xlsx",
        sheet(
            [("企业名称", "联系方式", None, "注册资本"), (None, "联系人", "手机", "（万元）"), *FIRMS],
            merged=["A1:A2", "B1:C1"],
        ).save,
    ),
    listed(
        "header_of_two_unmerged.xlsx",
        sheet([("企业名称", "联系方式", None, "注册资本（万元）"), (None, "联系人", "手机"), *FIRMS]).save,
    ),
    Case(
        "header_of_three.xlsx",
        sheet(
            [
                ("项目名称", "投资情况（万元）", None, None),
                (None, "总投资", "其中", None),
                (None, None, "固定资产投资", "设备投资"),
                ("清岚新材料产业园", 12000.0, 9000.0, 5000.0),
            ],
            merged=["A1:A3", "B1:D1", "B2:B3", "C2:D2"],
        ).save,
        Answer(
            [{"name": "清岚新材料产业园", "total": "1.2亿元", "fixed": "9000万元", "equipment": "5000万元"}], "projects"
        ),
    ),
    listed("header_repeated.xlsx", sheet([HEADINGS, FIRMS[0], HEADINGS, FIRMS[1]]).save),
    listed(
        "sums_before.xlsx",
        sheet([HEADINGS, ("合计", None, None, 6200.5), ("其中：民企", None, None, 6200.5), *FIRMS]).save,
    ),
    listed("sums_after.xlsx", sheet(table(("小  计", None, None, 6200.5), ("总计", None, None, 6200.5))).save),
    listed(
        "notes_and_signers.xlsx",
        sheet(table((), ("注：名单由商会提供，仅供参考。",), ("填表人：张三", None, "审核人：李四"))).save,
    ),
    Case("groups.xlsx", sheet(_GROUPED).save, Answer(_GROUPED_READ)),
    Case("groups_merged.xlsx", sheet(_GROUPED, merged=["A2:C2", "A5:C5"]).save, Answer(_GROUPED_READ)),
    Case(
        "merged_down.xlsx",
        sheet(
            [("所在地区", "企业名称"), ("无锡市", "青禾新材料有限公司"), (None, "北塘精密铸造有限公司")],
            merged=["A2:A3"],
        ).save,
        Answer([{"name": name["name"], "place": "江苏 无锡"} for name in _TWO_NAMES]),
    ),
    Case(
        "merged_down.xls",
        OldBook(
            [
                OldSheet(
                    "名单",
                    [("所在地区", "企业名称"), ("无锡市", "青禾新材料有限公司"), (None, "北塘精密铸造有限公司")],
                    merged=[(1, 0, 2, 0)],
                )
            ]
        ).save,
        Answer([{"name": name["name"], "place": "江苏 无锡"} for name in _TWO_NAMES]),
    ),
    Case(
        "goes_on_two_people.xlsx",
        sheet(
            [
                ("序号", "企业名称", "联系人", "手机"),
                (1.0, "青禾新材料有限公司", "周远航", "13800002216"),
                (None, None, "王磊", "13700000000"),
                (2.0, "北塘精密铸造有限公司", "李静", "13900002217"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["周远航 13800002216", "王磊 13700000000"]},
                {"name": "北塘精密铸造有限公司", "people": ["李静 13900002217"]},
            ],
            doubtful=["名单!C3"],
        ),
    ),
    Case(
        "goes_on_merged.xlsx",
        sheet(
            [
                ("企业名称", "联系人", "手机", "备注"),
                ("青禾新材料有限公司", "周远航", "13800002216", "A轮 3000万元"),
                (None, "周远航", "13800002216", "B轮 1亿元"),
                ("北塘精密铸造有限公司", "李静", "13900002217", None),
            ],
            merged=["A2:A3", "B2:B3", "C2:C3"],
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "people": ["周远航 13800002216"],
                    "note": "A轮 3000万元\nB轮 1亿元",
                },
                {"name": "北塘精密铸造有限公司", "people": ["李静 13900002217"]},
            ]
        ),
    ),
    Case(
        "goes_on_investors.xlsx",
        sheet(
            [
                ("序号", "项目名称", "投资方", "总投资（万元）"),
                (1.0, "清岚新材料产业园", "青禾新材料有限公司", 12000.0),
                (None, None, "北塘精密铸造有限公司", 8000.0),
            ],
        ).save,
        Answer(
            [
                {
                    "name": "清岚新材料产业园",
                    "total": "1.2亿元",
                    "note": "总投资：8000万元",
                    "parts": ["Stake: 青禾新材料有限公司", "Stake: 北塘精密铸造有限公司"],
                }
            ],
            "projects",
            unread=["名单!C2", "名单!C3"],
            doubtful=["名单!D3", "名单!D3"],
        ),
    ),
    Case(
        "row_without_name.xlsx",
        sheet([("企业名称", "注册资本（万元）"), ("青禾新材料有限公司", 800.0), (None, 900.0)]).save,
        Answer([{"name": "青禾新材料有限公司", "registered_capital": "800万元"}], rejected=1),
    ),
    listed(
        "hidden_sheet.xlsx",
        NewBook([NewSheet("旧名单", [HEADINGS, ("旧企业有限公司",)], hidden=True), NewSheet("名单", table())]).save,
        notes=["旧名单"],
    ),
    listed("hidden_rows.xlsx", sheet(table(("丙有限公司",)), hidden_rows=[3]).save, notes=["1 行隐藏着"]),
    listed(
        "hidden_rows.xls",
        OldBook([OldSheet("名单", table(("丙有限公司",)), hidden_rows=[3])]).save,
        notes=["1 行隐藏着"],
    ),
    listed(
        "hidden_rows_xml2003.xls", partial(xml_2003, rows=table(("丙有限公司",)), hidden_rows=[3]), notes=["1 行隐藏着"]
    ),
    Case(
        "tables_below.xlsx",
        sheet(
            [
                ("一、企业名单",),
                ("企业名称", "联系人", "手机"),
                ("青禾新材料有限公司", "周远航", "13800002216"),
                ("合计", "1人"),
                (),
                ("二、单位名录",),
                ("单位名称", "详细地址"),
                ("北塘精密铸造有限公司", "无锡市高新区1号"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["周远航 13800002216"]},
                {"name": "北塘精密铸造有限公司", "address": "无锡市高新区1号"},
            ],
            notes=["第 2 张表"],
        ),
    ),
    Case(
        "tables_beside.xlsx",
        sheet(
            [
                ("企业名称", "手机", None, "企业名称", "手机"),
                ("青禾新材料有限公司", "13800002216", None, "北塘精密铸造有限公司", "13900002217"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["未署名 13800002216"]},
                {"name": "北塘精密铸造有限公司", "people": ["未署名 13900002217"]},
            ],
            doubtful=["名单!B2", "名单!E2"],
        ),
    ),
    Case(
        "form.xlsx",
        sheet(form("青禾新材料有限公司", "周远航", "13800002216"), "登记表", merged=FORM_MERGED).save,
        Answer([_FORM_READ]),
    ),
    Case(
        "form_a_sheet_each.xlsx",
        NewBook(_FORMS).save,
        Answer(
            [_FORM_READ, {"name": "北塘精密铸造有限公司", "people": ["李静 1390000221x"]}],
            unread=["北塘!D6"],
            notes=["填表说明"],
        ),
    ),
    Case(
        "form_twice.xlsx",
        sheet(
            [
                *form("青禾新材料有限公司", "周远航", "13800002216"),
                *form("北塘精密铸造有限公司", "李静", "13900002217"),
            ]
        ).save,
        Answer([_FORM_READ, {"name": "北塘精密铸造有限公司", "people": ["李静 13900002217"]}]),
    ),
    Case(
        "form_with_people.xlsx",
        sheet(
            [
                ("企业名称", "青禾新材料有限公司", "成立日期", "2018.12"),
                ("所在地区", "无锡市", "关注等级", "B"),
                ("联系人", "姓名", "职务", "手机"),
                (None, "周远航", "总经理", "13800002216"),
                (None, "王磊", "副总经理", "13700000000"),
                ("备注", "二期已有意向"),
            ],
            merged=["A3:A5", "B6:D6"],
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "level": "B",
                    "people": ["周远航 总经理 13800002216", "王磊 副总经理 13700000000"],
                    "note": "二期已有意向",
                }
            ]
        ),
    ),
    Case(
        "form_with_values_below.xlsx",
        sheet(
            [
                ("企业名称", "青禾新材料有限公司", "成立日期", "2018.12"),
                ("联系人", "周远航", "手机", "13800002216"),
                ("联系人", "李静", "手机", "13900002217"),
                ("主营业务",),
                ("电解液添加剂的研发、生产和销售，年产 3000 吨。",),
                ("合作需求",),
                ("需要标准厂房 5000 平方米",),
                ("备注",),
                ("填表人：张敏",),
            ],
            merged=["A4:D4", "A5:D5", "A6:D6", "A7:D7", "A8:D8"],
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "business": "电解液添加剂的研发、生产和销售，年产 3000 吨。",
                    "needs": "需要标准厂房 5000 平方米",
                    "note": "",
                    "people": ["周远航 13800002216", "李静 13900002217"],
                }
            ]
        ),
    ),
    Case(
        "form_with_numbered_people.xlsx",
        sheet(
            [
                ("单位名称", "青禾新材料有限公司", None, None, None),
                ("序号", "姓名", "职务", "手机", "备注"),
                (1.0, "周远航", "董事长", "13800002216", None),
                (2.0, "李静", "助理", "13900002217", "不吃辣"),
            ],
            merged=["B1:E1"],
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "people": ["周远航 董事长 13800002216", "李静 助理 13900002217"],
                    "note": "不吃辣",
                }
            ],
        ),
    ),
    Case(
        "form_with_numbers_of_several.xlsx",
        sheet(
            [
                ("企业名称", "青禾新材料有限公司", "电话", "0510-88887766"),
                ("联系人", "周远航", "电话", "13800002216"),
                ("备用联系人", "李静", "电话", "13900002217"),
                ("注册资本（万元）", 5000.0, "成立日期", "2018.12"),
            ]
        ).save,
        Answer(
            [{"name": "青禾新材料有限公司", "people": ["周远航 13800002216 0510-88887766", "李静 13900002217"]}],
        ),
    ),
    Case(
        "form_inline.xlsx",
        sheet(
            [
                ("企业名称：青禾新材料有限公司", "联系人：周远航"),
                ("手机：13800002216", "详细地址：无锡市高新区1号"),
                ("主营业务：新材料研发",),
            ]
        ).save,
        Answer(
            [
                {
                    "name": "青禾新材料有限公司",
                    "address": "无锡市高新区1号",
                    "business": "新材料研发",
                    "people": ["周远航 13800002216"],
                }
            ]
        ),
    ),
    Case(
        "no_header.xlsx",
        sheet([("青禾新材料有限公司", "周远航 13800002216"), ("北塘精密铸造有限公司", "李静 13900002217")]).save,
        Answer([{"name": one["name"], "people": one["people"]} for one in READ]),
    ),
)

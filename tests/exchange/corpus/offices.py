"""Workbooks as offices really write them: what was once misread stays read."""

from __future__ import annotations

from tests.exchange.corpus.case import Answer, Case, sheet
from tests.exchange.making_book import NewBook, NewSheet

CASES: tuple[Case, ...] = (
    Case(
        "three_headings_like_a_form.xlsx",
        sheet(
            [
                ("项目投资完成情况表",),
                ("序号", "项目名称", "企业", "投资情况", None, None, "进展"),
                (None, None, None, "计划", "完成"),
                (None, None, None, "总投资（万元）", "本月", "累计"),
                (1.0, "电解液项目", "青禾新材料有限公司", 50000.0, 300.0, 12000.0, "主体封顶"),
                (2.0, "智能仓储项目", "云帆物流有限公司", "3亿", 0.0, 500.0),
            ],
            merged=["A1:G1", "A2:A4", "B2:B4", "C2:C4", "D2:F2", "E3:F3", "G2:G4"],
        ).save,
        Answer(
            [{"name": "电解液项目", "total": "5亿元"}, {"name": "智能仓储项目", "total": "3亿元"}],
            library="projects",
        ),
    ),
    Case(
        "records_in_columns.xlsx",
        sheet(
            [
                ("企业基本情况对照表",),
                ("项目", "甲", "乙", "丙"),
                ("企业名称", "青禾新材料有限公司", "北塘精密铸造有限公司", "华澄电子有限公司"),
                ("注册资本（万元）", 5000.0, 3000.0, None),
                ("联系人", "周远航", "李静", "王磊"),
                ("电话", "13800002216", "1390000221x", "13700000000"),
            ],
            merged=["A1:D1"],
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "registered_capital": "5000万元", "people": ["周远航 13800002216"]},
                {"name": "北塘精密铸造有限公司", "registered_capital": "3000万元", "people": ["李静 1390000221x"]},
                {"name": "华澄电子有限公司", "people": ["王磊 13700000000"]},
            ],
            unread=["名单!C6"],
        ),
    ),
    Case(
        "headings_in_two_languages.xlsx",
        sheet(
            [
                ("Company Name 公司名称", "Contact 联系人", "Mobile 手机", "E-mail 邮箱", "Address 地址"),
                ("青禾新材料有限公司", "周远航", "13800002216", "zhou@qinghe.example", "无锡市高新区1号"),
            ]
        ).save,
        Answer(
            [{"name": "青禾新材料有限公司", "address": "无锡市高新区1号", "people": ["周远航 13800002216"]}],
        ),
    ),
    Case(
        "part_of_the_sum.xlsx",
        sheet(
            [
                ("项目名称", "总投资（亿元）", "其中：固投"),
                ("电解液项目", 10.0, "约8"),
                ("智能仓储项目", "5000万元", 0.3),
            ]
        ).save,
        Answer(
            [
                {"name": "电解液项目", "total": "10亿元", "fixed": "8亿元"},
                {"name": "智能仓储项目", "total": "5000万元", "fixed": "3000万元"},
            ],
            library="projects",
        ),
    ),
    Case(
        "leads_without_headline.xlsx",
        sheet(
            [
                ("日期", "信息来源", "信息内容", "提供人"),
                ("2026.11.3", "展会", "华澄电子有限公司正在寻找封测基地。投资约2亿元", "商会李会长"),
            ]
        ).save,
        Answer(
            [
                {
                    "subject": "华澄电子有限公司正在寻找封测基地",
                    "content": "华澄电子有限公司正在寻找封测基地。投资约2亿元",
                }
            ],
            library="leads",
        ),
    ),
    Case(
        "people_among_numbers.xlsx",
        sheet(
            [
                ("企业", "联系方式"),
                ("青禾新材料有限公司", "周远航：13800002216；李静：0510-85001234转8"),
                ("北塘精密铸造有限公司", "0510-85001235"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["周远航 13800002216", "李静 0510-85001234转8"]},
                {"name": "北塘精密铸造有限公司", "people": ["未署名 0510-85001235"]},
            ],
            doubtful=["名单!B3"],
        ),
    ),
    Case(
        "counts_are_no_names.xlsx",
        NewBook(
            [
                NewSheet("汇总", [("各镇招商项目汇总",), ("镇", "项目数"), ("城关镇", 1.0), ("高庄镇", 1.0)]),
                NewSheet("城关镇", [("城关镇招商项目",), ("序号", "项目名称"), (1.0, "农产品冷链项目")]),
                NewSheet("高庄镇", [("高庄镇招商项目",), ("序号", "项目名称"), (1.0, "光伏组件项目")]),
            ]
        ).save,
        Answer(
            [{"name": "农产品冷链项目"}, {"name": "光伏组件项目"}],
            library="projects",
            notes=["工作表“汇总”没有项目名称这一列"],
        ),
    ),
    Case(
        "numbered_beforehand.xlsx",
        sheet(
            [
                ("拟邀客商名单",),
                ("序号", "企业名称", "联系人", "电话"),
                (1.0, "青禾新材料有限公司", "周远航", "13800002216"),
                *((float(number),) for number in range(2, 21)),
            ],
            merged=["A1:D1"],
        ).save,
        Answer([{"name": "青禾新材料有限公司", "people": ["周远航 13800002216"]}]),
    ),
    Case(
        "second_person_numbered.xlsx",
        sheet(
            [
                ("企业名称", "联系人1", "职务", "电话", "联系人2", "职务", "电话"),
                ("青禾新材料有限公司", "周远航", "董事长", "13800002216", "李静", "秘书", "13900002217"),
            ]
        ).save,
        Answer([{"name": "青禾新材料有限公司", "people": ["周远航 董事长 13800002216"]}]),
    ),
    Case(
        "names_on_two_lines.xlsx",
        sheet(
            [
                ("企业名称\n（全称）", "联系人\n姓名", "联系人\n电话"),
                ("青禾新材料\n有限公司", "周 远 航", "(0510)85001234-801"),
                (" 北塘精密 铸造有限公司", "李静", "13900002217"),
            ]
        ).save,
        Answer(
            [
                {"name": "青禾新材料有限公司", "people": ["周远航 0510-85001234转801"]},
                {"name": "北塘精密铸造有限公司", "people": ["李静 13900002217"]},
            ]
        ),
    ),
    Case(
        "groups_by_number.xlsx",
        sheet(
            [
                ("序号", "项目名称", "总投资（万元）", "开工时间（预计）"),
                ("一", "签约项目"),
                (1.0, "新能源汽车座椅", 35000.0, "2027年3月"),
                ("二", "在谈项目"),
                (2.0, "乳制品加工", 120000.0),
                ("合计", None, 155000.0),
            ]
        ).save,
        Answer(
            [{"name": "新能源汽车座椅", "total": "3.5亿元"}, {"name": "乳制品加工", "total": "12亿元"}],
            library="projects",
        ),
    ),
    Case(
        "units_on_a_row_of_their_own.xlsx",
        sheet(
            [
                ("重点企业情况",),
                ("企业名称", "总资产", "营业收入", "利税"),
                (None, "(亿元)", "(亿元)", "(万元)"),
                ("青禾新材料有限公司", 12.5, 30.0, 4500.0),
            ]
        ).save,
        Answer([{"name": "青禾新材料有限公司", "revenue": "30亿元"}]),
    ),
    Case(
        "filled_in_online.xlsx",
        sheet(
            [
                ("提交者", "1、企业名称（必填）", "2、您的姓名", "3、联系电话", "4、合作需求【多选】"),
                ("user_1", "青禾新材料有限公司", "周远航", "13800002216", "厂房"),
            ]
        ).save,
        Answer([{"name": "青禾新材料有限公司", "needs": "厂房", "people": ["周远航 13800002216"]}]),
    ),
    Case(
        "days_are_no_numbers.xlsx",
        sheet(
            [
                ("纳税人名称", "法定代表人姓名", "登记日期", "年报日期"),
                ("青禾新材料有限公司", "周远航", "2015-06-01", "2026-03-01"),
            ]
        ).save,
        Answer([{"name": "青禾新材料有限公司", "founded": "2015-06-01", "people": ["周远航"]}]),
    ),
)

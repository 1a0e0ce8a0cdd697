"""Invented firms for the measures: names, and rows as an office's list has them; the same every time."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

PLACES = ("江苏无锡", "江苏苏州", "浙江宁波", "浙江金华", "上海", "广东深圳", "广东东莞", "北京", "天津", "山东青岛")
FIRST = "青云澜东海华瑞恒鑫宏博远新天金中科联创盛泰安正立源"
SECOND = "禾帆岳阳尔锐丰达信汇业通瑞成翔宇嘉航诚润凯腾旭森"
TRADES = (
    "新材料",
    "智能装备",
    "生物医药",
    "电子",
    "精密机械",
    "食品",
    "纺织",
    "新能源",
    "软件",
    "环保",
    "影视",
    "铸造",
)
FORMS = ("有限公司", "股份有限公司", "集团有限公司", "科技有限公司")
CHAINS = ("新材料", "高端装备", "生物医药", "绿色食品", "电子信息")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单解查曾"
GIVEN = "远航敏芳伟磊静洋勇艳杰娟涛明超秀霞平刚桂英华文"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))

HEADERS = (
    *("企业名称", "统一社会信用代码", "企业性质", "所属行业", "产业链", "所在地区", "详细地址", "主营业务", "成立日期"),
    *("注册资本（万元）", "年营业收入", "员工数", "网站", "关注等级", "标签", "联系人", "职务", "手机", "邮箱", "备注"),
)


def names(count: int) -> Iterator[str]:
    """Different names, in no order."""
    parts = itertools.product(PLACES, FIRST, SECOND, TRADES, FORMS)
    every = sorted(("".join(part) for part in parts), key=lambda name: (hash_of(name), name))
    return iter(every[:count])


def hash_of(name: str) -> int:
    """A number that looks like chance and is the same in every process."""
    found = 0
    for sign in name:
        found = (found * 1_000_003 + ord(sign)) & 0xFFFFFFFF
    return found * 2_654_435_761 & 0xFFFFFFFF


def rows(count: int) -> Iterator[tuple[str | int | float, ...]]:
    """Rows under HEADERS, with numbers, dates and amounts as people write them."""
    dice = random.Random(20)
    for number, name in enumerate(names(count)):
        year, month, day = dice.randint(1990, 2025), dice.randint(1, 12), dice.randint(1, 28)
        yield (
            name,
            credit_code(number),
            dice.choice(("民企", "外资", "地方国企", "民营企业")),
            dice.choice(TRADES),
            dice.choice(CHAINS),
            dice.choice(("江苏省无锡市", "苏州", "宁波市", "上海市", "深圳", "青岛市")),
            f"高新区{dice.choice(FIRST)}{dice.choice(SECOND)}路{dice.randint(1, 999)}号",
            f"{dice.choice(TRADES)}、{dice.choice(TRADES)}的研发、生产与销售",
            dice.choice((f"{year}年{month}月{day}日", f"{year}.{month}", f"{year}-{month:02}-{day:02}")),
            dice.choice((500, 1000, 3000, 12000.5, 800)) + dice.randint(0, 400),
            dice.choice(
                (f"{dice.randint(1, 90)}.{dice.randint(1, 9)}亿元", f"{dice.randint(100, 9000)}万元", "未透露")
            ),
            dice.randint(5, 9000),
            f"www.firm{number}.example",
            dice.choice("ABC"),
            dice.choice(("重点", "重点、上市", "已来访", "")),
            dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
            dice.choice(("总经理", "董事长", "副总裁", "投资总监")),
            f"138{dice.randint(0, 99_999_999):08}",
            f"office{number}@firm.example",
            "" if dice.random() < 0.5 else f"第{number}号，由商会推荐，{dice.choice(TRADES)}方向",
        )


def credit_code(number: int) -> str:
    """A code with the right check digit (GB 32100-2015)."""
    body = f"91320200MA{number:07d}"
    total = sum(CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return body + CREDIT_SIGNS[(31 - total % 31) % 31]


def write_list(path: Path, count: int) -> Path:
    """A workbook of so many firms under HEADERS."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名录")
    sheet.write_row(0, 0, HEADERS)
    for place, row in enumerate(rows(count), 1):
        sheet.write_row(place, 0, [cell if cell != "" else None for cell in row])
    book.close()
    return path

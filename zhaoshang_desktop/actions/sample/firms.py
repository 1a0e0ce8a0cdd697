"""About three hundred invented investors: what they make, where, how big, what they want."""

from __future__ import annotations

from datetime import date
from random import Random

from zhaoshang_desktop.actions.sample.codes import credit_code
from zhaoshang_desktop.actions.sample.model import Colleague, Firm
from zhaoshang_desktop.actions.sample.people import Directory, contact
from zhaoshang_desktop.actions.sample.words import people, rows
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.region import full_name, is_overseas, regions

FIRMS = 300
WAN = 10_000 * 100
"""一万元 in 分."""
_CAPITALS = (300, 500, 800, 1000, 1200, 1500, 2000, 3000, 3600, 5000, 6800, 8000, 10000, 12000, 20000, 35000)
_HONOURS = ("专精特新", "高新技术", "行业百强", "制造业单项冠军", "上市公司")
_SOURCES = ("商会推荐", "展会收集", "以商招商", "驻点走访", "公开信息", "顾问推荐")
_CHAINS = {"新材料": 80, "高端装备": 62, "电子信息": 52, "医药健康": 36, "纺织服装": 30, "文旅康养": 12}
_PROVINCES = {"32": "江苏", "33": "浙江", "34": "安徽", "31": "上海"}


class FirmMaker:
    """Draws one firm after the other; no two have a name, a code or a telephone in common."""

    def __init__(self, rng: Random, directory: Directory, colleagues: list[Colleague], today: date) -> None:
        self._rng = rng
        self._directory = directory
        self._colleagues = colleagues
        self._today = today
        letters: dict[str, list[dict[str, str]]] = {"first": [], "second": []}
        for row in rows("characters"):
            letters[row["part"]].append(row)
        pairs = [(first, second) for first in letters["first"] for second in letters["second"]]
        self._brands = iter(rng.sample(pairs, len(pairs)))
        self._number = 0

    def all(self) -> list[Firm]:
        """The firms of the chains, then what is abroad or beyond, then associations and institutes."""
        others = len(rows("abroad")) + len(rows("bodies"))
        chains = [chain for chain, count in _CHAINS.items() for _ in range(count)]
        domestic = [self._domestic(chain) for chain in chains[: FIRMS - others]]
        return [*domestic, *map(self._distant, rows("abroad")), *map(self._body, rows("bodies"))]

    def _domestic(self, chain: str) -> Firm:
        rng = self._rng
        business = rng.choice([row for row in rows("businesses") if row["chain"] == chain])
        place = self._place()
        first, second = next(self._brands)
        brand = first["char"] + second["char"]
        investor = Investor(
            name=self._name(place["code"], brand, business["word"]),
            short_name=f"{brand}{business['word']}",
            ownership=rng.choices(("民企", "外资", "港澳台资", "合资", "地方国企", "央企"), (76, 6, 5, 6, 5, 2))[0],
            place=rng.choice(place["districts"].split("|")),
        )
        self._describe(investor, business, first["pinyin"] + second["pinyin"])
        return self._firm(investor, place["code"], business, first["pinyin"] + second["pinyin"])

    def _place(self) -> dict[str, str]:
        places = rows("places")
        return self._rng.choices(places, [int(row["weight"]) for row in places])[0]

    def _name(self, city: str, brand: str, word: str) -> str:
        rng = self._rng
        short = regions().of[city].short
        legal = rng.choices(("有限公司", "股份有限公司", "科技有限公司", "（集团）有限公司"), (62, 20, 14, 4))[0]
        legal = legal.removeprefix("科技") if word.endswith("科技") else legal
        form = rng.random()
        if form < 0.55:
            return f"{short}{brand}{word}{legal}"
        if form < 0.75 and "（" not in legal:
            return f"{brand}{word}（{short}）{legal}"
        return f"{_PROVINCES[city[:2]]}{brand}{word}{legal}"

    def _describe(self, investor: Investor, business: dict[str, str], domain: str) -> None:
        rng, today = self._rng, self._today
        capital = rng.choice(_CAPITALS)
        investor.subject_kind = "企业"
        investor.level = rng.choices("ABC", (13, 34, 53))[0]
        investor.head_target = True if investor.level == "A" and rng.random() < 0.6 else None
        investor.industry, investor.sector = business["industry"], _sector(business)
        investor.chain, investor.chain_node = business["chain"], business["node"]
        investor.business = business["business"]
        investor.founded = _founded(rng, today)
        investor.registered_capital = Money(capital * WAN)
        investor.revenue = Money(capital * rng.randrange(2, 9) * WAN)
        investor.staff = max(12, capital * rng.randrange(3, 9) // 100)
        investor.website = f"www.{domain}.example"
        investor.address = f"{full_name(investor.place)}{rng.choice(people('road'))}{rng.randrange(1, 300)}号"
        investor.condition = rng.choice(people("condition")) if rng.random() < 0.4 else ""
        investor.source = rng.choice(_SOURCES)
        investor.honours = self._honours()
        if investor.level in "AB" or rng.random() < 0.25:
            investor.plans = business["plan"].format(n=rng.choice(business["scale"].split("|")))
            investor.needs = business["need"]
        if rng.random() < (0.4 if investor.level == "A" else 0.12):
            tie = rng.choice(people("tie"))
            investor.local_ties = tie.format(year=today.year - rng.randrange(1, 6), n=rng.randrange(2, 9))
        if investor.ownership == "外资":
            investor.registered_capital = Money(capital // 5 * WAN, "USD")
        self._number += 1
        investor.credit_code = "" if is_overseas(investor.place) else credit_code(investor.place, self._number)

    def _honours(self) -> tuple[tuple[str, int | None], ...]:
        if self._rng.random() > 0.35:
            return ()
        names = self._rng.sample(_HONOURS[:4], self._rng.choice((1, 1, 2)))
        return tuple((name, self._today.year - self._rng.randrange(1, 5)) for name in names)

    def _distant(self, row: dict[str, str]) -> Firm:
        """A firm beyond the region or abroad."""
        business = next(
            (each for each in rows("businesses") if each["word"] == row["word"]),
            next(each for each in rows("businesses") if each["node"] == "工业机器人"),
        )
        investor = Investor(name=row["name"], place=row["place"])
        overseas = is_overseas(row["place"])
        foreign = "外资" if row["place"].startswith("X:") else "港澳台资"
        investor.ownership = foreign if overseas else "民企"
        self._describe(investor, business, f"example{self._number}")
        investor.website = ""
        investor.address = f"{row['city']}（详细地址待补）" if overseas else ""
        return self._firm(investor, row["place"], business, "")

    def _body(self, row: dict[str, str]) -> Firm:
        """A chamber, an association or an institute: it recommends firms and needs no capital."""
        self._number += 1
        self_run = row["kind"] == "商会协会"
        investor = Investor(
            name=row["name"],
            subject_kind=row["kind"],
            place=row["place"],
            level=self._rng.choice("BC"),
            business="会员服务、产业对接和名单推荐" if self_run else "应用研究、中试和技术转移",
            credit_code=credit_code(row["place"], self._number, registered_by="51" if self_run else "12"),
            needs="定期交流、互派名单" if self_run else "中试场地和本地企业的技术需求",
            source="公开信息",
        )
        return self._firm(investor, row["place"], {}, "")

    def _firm(self, investor: Investor, city: str, business: dict[str, str], domain: str) -> Firm:
        owner = self._rng.choice(self._colleagues)
        contacts = self._contacts(investor, domain or f"example{self._number}")
        return Firm(investor, contacts, city, business, owner.unit, owner.member.name)

    def _contacts(self, investor: Investor, mail: str) -> list[Contact]:
        heads = {"商会协会": ("会长", "秘书长"), "科研院所": ("院长", "主任"), "高校": ("院长", "主任")}
        posts = heads.get(investor.subject_kind, people("post"))
        count = {"A": self._rng.choice((2, 3)), "B": self._rng.choice((1, 2))}.get(investor.level, 1)
        chosen = self._rng.sample(posts, min(count, len(posts)))
        return [
            contact(self._rng, self._directory, post=post, level=investor.level, mail=mail, today=self._today)
            for post in sorted(chosen, key=posts.index)
        ]


def _founded(rng: Random, today: date) -> When:
    year = today.year - rng.randrange(3, 28)
    exact = rng.random()
    if exact < 0.7:
        return When(year, rng.randrange(1, 13), rng.randrange(1, 29))
    return When(year, rng.randrange(1, 13)) if exact < 0.9 else When(year)


def _sector(business: dict[str, str]) -> str:
    services = ("住宿业", "教育", "卫生", "软件", "广播")
    if business["industry"] == "农业":
        return "第一产业"
    return "第三产业" if business["industry"].startswith(services) else "第二产业"

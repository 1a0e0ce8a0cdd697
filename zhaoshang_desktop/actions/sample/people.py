"""Invented people: the firms' contacts with their habits, the county's own, the experts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from zhaoshang_desktop.actions.sample.codes import mobile
from zhaoshang_desktop.actions.sample.model import Colleague
from zhaoshang_desktop.actions.sample.words import people, rows
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.kinds import split_list
from zhaoshang_desktop.domain.unit import Member, Unit

EXPERTS = 40
_HOMES = ("320200", "320500", "370400", "330600", "310000", "340100", "320600", "330200", "371300", "320300")
_DECIDERS = frozenset({"董事长", "总经理", "会长", "院长"})
_EMPLOYERS = {
    "法律": "衡岳律师事务所",
    "财税金融": "霁和会计师事务所",
    "环评能评": "澄观环境咨询有限公司",
    "谈判": "知远投资咨询有限公司",
    "外语": "译林外语服务有限公司",
}


class Directory:
    """Hands out names and numbers, none twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._names: set[str] = {row["name"] for table in ("members", "experts") for row in rows(table)}
        self._numbers: Iterator[int] = iter(rng.sample(range(10_000), 10_000))

    def name(self, gender: str) -> str:
        given = people("man" if gender == "男" else "woman")
        while True:
            name = self._rng.choice(people("surname")) + self._rng.choice(given)
            if name not in self._names:
                self._names.add(name)
                return name

    def mobile(self) -> str:
        return mobile(next(self._numbers))


def colleagues(directory: Directory) -> list[Colleague]:
    """The 25 who bring investors into the county."""
    return [
        Colleague(
            Member(
                name=row["name"],
                duty=row["duty"],
                phone=directory.mobile(),
                skills=split_list(row["skills"]),
                languages=split_list(row["languages"]),
                home_place=row["home"],
                school=row["school"],
                experience=row["experience"],
                authority=row["authority"],
            ),
            row["unit"],
        )
        for row in rows("members")
    ]


def units() -> list[Unit]:
    """The six units."""
    return [
        Unit(
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            category=row["category"],
            assessed=row["assessed"] == "是",
            phone=row["phone"],
            note=row["note"],
        )
        for row in rows("units")
    ]


def contact(rng: Random, directory: Directory, *, post: str, level: str, mail: str, today: date) -> Contact:
    """A person of a firm; of the important ones the office knows more, and notes on what basis."""
    gender = "男" if rng.random() < 0.72 else "女"
    person = Contact(
        name=directory.name(gender),
        gender=gender,
        post=post,
        decides=post in _DECIDERS or None,
        mobile=directory.mobile(),
        email=f"{rng.choice(('office', 'invest', 'contact'))}@{mail}.example" if rng.random() < 0.5 else "",
        basis="公开信息",
    )
    if level in {"A", "B"}:
        _know_better(rng, person, level, today)
    return person


def _know_better(rng: Random, person: Contact, level: str, today: date) -> None:
    person.basis = "同意"
    person.informed_on = today - timedelta(days=rng.randrange(40, 700))
    person.keep_until = date(today.year + 3, 12, 31)
    person.home_place = rng.choice(_HOMES)
    person.birthday = When(rng.randrange(1964, 1990), rng.randrange(1, 13))
    person.birthday_calendar = rng.choice(("公历", "公历", "农历"))
    person.school = rng.choice(people("school"))
    person.languages = tuple({rng.choice(people("dialect")), rng.choice(people("foreign"))}) if level == "A" else ()
    person.languages = tuple(sorted(person.languages))
    person.working_habits = rng.choice(people("working"))
    person.smoke_drink_tea = rng.choice(people("habit"))
    person.hobbies = tuple(rng.sample(people("hobby"), 2))
    if level == "A":
        person.diet = rng.choice(people("diet"))
        person.living_habits = rng.choice(people("living"))
        person.taboos = rng.choice(people("taboo"))


def experts(rng: Random, directory: Directory, today: date) -> list[Expert]:
    """Ten who are described one by one, and thirty more."""
    described = [_expert(rng, directory, today, row) for row in rows("experts")]
    return described + [_another(rng, directory, today) for _ in range(EXPERTS - len(described))]


def _expert(rng: Random, directory: Directory, today: date, row: dict[str, str]) -> Expert:
    return Expert(
        name=row["name"],
        employer=row["employer"],
        post=row["post"],
        phone=directory.mobile(),
        skills=split_list(row["skills"]),
        languages=split_list(row["languages"]),
        home_place=rng.choice(_HOMES),
        kind=row["kind"],
        term=Period(When(today.year - 1, 1), When(today.year + 1, 12)),
        public_servant=row["public_servant"] == "是",
        pay="" if row["public_servant"] == "是" else rng.choice(("按次计酬", "每年顾问费 2 万元", "")),
        available=row["available"],
    )


def _another(rng: Random, directory: Directory, today: date) -> Expert:
    skill = rng.choice(("产业技术", "产业技术", "法律", "财税金融", "环评能评", "企业家", "招商经验", "外语", "谈判"))
    city = rng.choice(("上海", "南京", "苏州", "杭州", "合肥"))
    adviser = skill in {"企业家", "招商经验"}
    if adviser:
        employer, posts = f"{city}清岚商会", ("副会长", "秘书长", "理事")
    elif skill in _EMPLOYERS:
        employer, posts = f"{city}{_EMPLOYERS[skill]}", ("合伙人", "项目经理", "高级经理")
    else:
        employer, posts = rng.choice(people("school")), ("教授", "副教授", "高级工程师")
    start = today.year - rng.randrange(0, 3)
    return Expert(
        name=directory.name(rng.choice(("男", "男", "女"))),
        employer=employer,
        post=rng.choice(posts),
        phone=directory.mobile(),
        skills=tuple(dict.fromkeys((skill, rng.choice(("产业技术", "谈判", "国际规则"))))),
        languages=(f"{rng.choice(people('foreign'))} 一般",) if rng.random() < 0.4 else (),
        home_place=rng.choice(_HOMES),
        kind="招商顾问" if adviser else "专家",
        term=Period(When(start, rng.randrange(1, 13)), When(start + 2, 12)),
        public_servant=False,
        available=rng.choice(("周末", "提前三天预约", "工作日下午", "随时")),
    )

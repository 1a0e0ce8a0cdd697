"""请进来: one reception with its programme, its people, meals, cars and costs; 公务接待 and 招商接待 never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.course import course_on
from zhaoshang_desktop.domain.kinds import Amount, Choice, Day, Flag, Hour, Link, Links, Note, Phone, Text, Whole
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

OFFICIAL, INVESTING = "公务接待", "招商接待"
RECEPTION_KINDS = (OFFICIAL, INVESTING)
DRAFT, SETTLED, HERE, OVER, OFF = RECEPTION_STATES = ("草稿", "已定", "接待中", "已结束", "取消")
GUEST, OURS = "客人", "我方"
SIDES = (GUEST, OURS)
SUITE = "套间"
ROOMS = ("标准间", "单间", SUITE, "自理")
MEALS = ("早餐", "午餐", "晚餐")
WORKING_MEAL, OWN_MEAL, INVESTING_MEAL = "工作餐", "自行用餐", "招商用餐"
MEAL_KINDS = (WORKING_MEAL, OWN_MEAL, INVESTING_MEAL)


@dataclass(kw_only=True, slots=True)
class Reception(Record):
    """一次接待. `kind` decides by which standard it is checked and in which ledger its costs stand.

    The letter is the 公函 of 公务接待, the 来访函 or 洽谈记录 of 招商接待.
    """

    NOUN: ClassVar[str] = "reception"

    name: Annotated[str, Spec("名称", Text(), required=True, search=True, column=1)] = ""
    kind: Annotated[str, Spec("接待类别", Choice(RECEPTION_KINDS), required=True, column=2, aliases=("类别",))] = (
        INVESTING
    )
    start: Annotated[date | None, Spec("开始日期", Day(), required=True, column=3, aliases=words("来访日期 日期"))] = (
        None
    )
    end: Annotated[date | None, Spec("结束日期", Day(), required=True, column=4, aliases=("离开日期",))] = None
    from_unit: Annotated[str, Spec("来访单位", Text(), search=True, column=5, aliases=("派出单位",))] = ""
    investors: Annotated[tuple[int, ...], Spec("来访客商", Links("investor"))] = ()
    purpose: Annotated[str, Spec("事由", Note(), search=True, aliases=words("来访目的 公务活动项目"))] = ""
    place: Annotated[str, Spec("主要地点", Text(), aliases=("活动场所",))] = ""
    host: Annotated[str, Spec("接待领导", Text(), search=True, aliases=("主接待人",))] = ""
    members: Annotated[tuple[int, ...], Spec("经办人员", Links("member"), aliases=("负责人员",))] = ()
    letter_number: Annotated[
        str,
        Spec(
            "来函文号",
            Text(),
            group="来函",
            search=True,
            aliases=words("公函文号 公函号 函号"),
            hint="公务接待填公函文号；招商接待填来访函，或写“洽谈记录”",
        ),
    ] = ""
    letter_day: Annotated[date | None, Spec("来函日期", Day(), group="来函", aliases=("公函日期",))] = None
    letter_from: Annotated[str, Spec("来函单位", Text(), group="来函", aliases=("发函单位",))] = ""
    state: Annotated[str, Spec("状态", Choice(RECEPTION_STATES), column=6)] = DRAFT
    result: Annotated[str, Spec("接待结果", Note(), group="其他", search=True, aliases=("成效",))] = ""
    note: Annotated[str, Spec("备注", Note(), group="其他")] = ""

    def state_on(self, today: date) -> str:
        """Where it stands on that day: settled, it is going on from its first day on and over after its last."""
        return course_on((SETTLED, HERE, OVER), self.state, self.start, self.end, today)


@dataclass(kw_only=True, slots=True)
class ReceptionItem(Record):
    """One line of the programme; the note is ours and never printed for guests."""

    NOUN: ClassVar[str] = "reception_item"
    TITLE: ClassVar[str] = "what"
    OWNER: ClassVar[str] = "reception"

    reception: Annotated[int, Spec("接待", Link("reception"), required=True)] = 0
    day: Annotated[date | None, Spec("日期", Day(), required=True, column=1, aliases=("时间日期",))] = None
    start: Annotated[int | None, Spec("开始", Hour(), column=2, aliases=words("时间 开始时间 起"))] = None
    end: Annotated[int | None, Spec("结束", Hour(), column=3, aliases=words("结束时间 止"))] = None
    what: Annotated[str, Spec("内容", Text(), required=True, column=4, aliases=words("事项 活动 活动内容 安排"))] = ""
    place: Annotated[str, Spec("地点", Text(), column=5, aliases=("场所",))] = ""
    leader: Annotated[str, Spec("陪同", Text(), column=6, aliases=words("陪同领导 负责人 主持"))] = ""
    car: Annotated[str, Spec("用车", Text(), column=7, aliases=("车辆",))] = ""
    note: Annotated[str, Spec("内部备注", Text(), column=8, aliases=("备注",), hint="只印在接待方案里，不给客人")] = ""


@dataclass(kw_only=True, slots=True)
class ReceptionPerson(Record):
    """Who comes, or who of ours is there; where a guest sits, rides and sleeps stands with the guest.

    The name is kept here, not looked up: the list stays as it was printed when the contact changes duty later.
    """

    NOUN: ClassVar[str] = "reception_person"
    OWNER: ClassVar[str] = "reception"

    reception: Annotated[int, Spec("接待", Link("reception"), required=True)] = 0
    side: Annotated[str, Spec("哪一方", Choice(SIDES), required=True)] = GUEST
    name: Annotated[str, Spec("姓名", Text(), required=True, column=1, aliases=words("名字 来宾姓名 客人姓名"))] = ""
    unit: Annotated[str, Spec("单位", Text(), column=2, aliases=words("工作单位 所在单位 公司 企业名称"))] = ""
    duty: Annotated[str, Spec("职务", Text(), column=3, aliases=words("职位 职务职称"))] = ""
    rank: Annotated[str, Spec("级别", Text(), column=4, aliases=("职级",), hint="如：省部级、厅局级、县处级")] = ""
    phone: Annotated[
        str, Spec("手机", Phone(), sensitive=True, column=5, aliases=words("电话 联系电话 手机号 手机号码 联系方式"))
    ] = ""
    companion: Annotated[bool | None, Spec("陪餐", Flag(), column=6, aliases=("是否陪餐",))] = None
    car: Annotated[str, Spec("乘车", Text(), column=7, aliases=words("车辆 车号 乘坐车辆"))] = ""
    room_kind: Annotated[str, Spec("房型", Choice(ROOMS), column=8)] = ""
    room: Annotated[str, Spec("房号", Text(), column=9, aliases=("房间号", "房间"))] = ""
    check_in: Annotated[date | None, Spec("入住", Day(), column=10, aliases=("入住日期",))] = None
    check_out: Annotated[date | None, Spec("退房", Day(), column=11, aliases=words("离店 退房日期"))] = None
    contact: Annotated[int, Spec("联系人", Link("contact"))] = 0
    member: Annotated[int, Spec("招商人员", Link("member"))] = 0
    note: Annotated[str, Spec("备注", Text(), column=12)] = ""


@dataclass(kw_only=True, slots=True)
class ReceptionMeal(Record):
    """One meal; without numbers of its own everybody on the guests' list eats, and of ours who is marked 陪餐."""

    NOUN: ClassVar[str] = "reception_meal"
    TITLE: ClassVar[str] = "place"
    OWNER: ClassVar[str] = "reception"

    reception: Annotated[int, Spec("接待", Link("reception"), required=True)] = 0
    day: Annotated[date | None, Spec("日期", Day(), required=True, column=1)] = None
    meal: Annotated[
        str, Spec("餐次", Choice(MEALS, (("早", "早餐"), ("中餐", "午餐"), ("晚", "晚餐"))), required=True, column=2)
    ] = "午餐"
    kind: Annotated[
        str,
        Spec(
            "用餐方式",
            Choice(MEAL_KINDS, (("自理", OWN_MEAL), ("桌餐", INVESTING_MEAL))),
            required=True,
            column=3,
            aliases=("方式",),
        ),
    ] = OWN_MEAL
    place: Annotated[str, Spec("地点", Text(), column=4, aliases=("用餐地点",))] = ""
    guests: Annotated[int | None, Spec("客人数", Whole("人"), column=5, hint="空：名单上的客人都在")] = None
    companions: Annotated[int | None, Spec("陪餐人数", Whole("人"), column=6, hint="空：名单上标了陪餐的人")] = None
    per_head: Annotated[Money | None, Spec("每人费用", Amount(), column=7, aliases=words("人均 标准 餐标"))] = None
    alcohol: Annotated[bool | None, Spec("上酒", Flag(), column=8, aliases=("酒水",))] = None
    tobacco: Annotated[bool | None, Spec("香烟", Flag(), column=9, aliases=("烟",))] = None
    note: Annotated[str, Spec("备注", Text(), column=10)] = ""


@dataclass(kw_only=True, slots=True)
class ReceptionCar(Record):
    """A car of the reception; people and programme name it by `name`."""

    NOUN: ClassVar[str] = "reception_car"
    OWNER: ClassVar[str] = "reception"

    reception: Annotated[int, Spec("接待", Link("reception"), required=True)] = 0
    name: Annotated[str, Spec("车号", Text(), required=True, column=1, aliases=("车辆", "车次"), hint="如：1号车")] = ""
    model: Annotated[str, Spec("车型", Text(), column=2)] = ""
    plate: Annotated[str, Spec("车牌", Text(), column=3, aliases=("车牌号",))] = ""
    seats: Annotated[int | None, Spec("座位数", Whole(), column=4, aliases=("座位",), hint="含司机")] = None
    driver: Annotated[str, Spec("司机", Text(), column=5, aliases=("驾驶员",))] = ""
    phone: Annotated[str, Spec("司机电话", Phone(), sensitive=True, column=6, aliases=("电话",))] = ""
    note: Annotated[str, Spec("备注", Text(), column=7)] = ""


@dataclass(kw_only=True, slots=True)
class ReceptionCost(Record):
    """One line of cost. `account` is the kind of reception it was booked under, and stays when that changes."""

    NOUN: ClassVar[str] = "reception_cost"
    TITLE: ClassVar[str] = "item"
    OWNER: ClassVar[str] = "reception"

    reception: Annotated[int, Spec("接待", Link("reception"), required=True)] = 0
    account: Annotated[str, Spec("列支", Choice(RECEPTION_KINDS), required=True)] = INVESTING
    item: Annotated[str, Spec("项目", Text(), required=True, column=1, aliases=words("费用项目 开支项目"))] = ""
    basis: Annotated[str, Spec("依据与算法", Note(), column=2, aliases=("依据",))] = ""
    planned: Annotated[Money | None, Spec("预算", Amount(), column=3, aliases=("预算金额",))] = None
    allowed: Annotated[Money | None, Spec("限额", Amount(), column=4, aliases=("标准限额",))] = None
    actual: Annotated[Money | None, Spec("实际", Amount(), column=5, aliases=("实际支出", "金额"))] = None
    receipt: Annotated[bool | None, Spec("票据齐", Flag(), column=6, aliases=("票据", "发票"))] = None
    reckoned: Annotated[bool | None, Spec("测算", Flag(), hint="由程序按标准测算；改过的不再重算")] = None

"""单位 and 招商人员: who does the work, and what they may decide on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.kinds import Choice, Flag, Link, Note, Phone, Place, Tags, Text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import unstretched, words

UNIT_KINDS = ("部门", "乡镇", "园区", "招商组", "专班", "驻点")
UNIT_CATEGORIES = ("A", "B", "C")
TRAVEL_RANKS = ("一类", "二类", "三类")


@dataclass(kw_only=True, slots=True)
class Unit(Record):
    """A department, town, park or task force of the county."""

    NOUN: ClassVar[str] = "unit"

    name: Annotated[
        str,
        Spec(
            "单位名称",
            Text(),
            required=True,
            search=True,
            column=1,
            aliases=words("名称 单位 部门 部门名称 责任单位 乡镇 单位全称"),
        ),
    ] = ""
    short_name: Annotated[str, Spec("简称", Text(), search=True, aliases=("单位简称",))] = ""
    kind: Annotated[
        str,
        Spec(
            "单位类型",
            Choice(UNIT_KINDS, (("镇街", "乡镇"), ("乡镇街道", "乡镇"), ("开发区", "园区"), ("工作专班", "专班"))),
            column=2,
            aliases=("类型", "单位性质"),
        ),
    ] = ""
    category: Annotated[
        str,
        Spec(
            "类别",
            Choice(UNIT_CATEGORIES, tuple((f"{category}类", category) for category in UNIT_CATEGORIES)),
            column=3,
            aliases=("考核类别", "单位类别"),
        ),
    ] = ""
    assessed: Annotated[bool | None, Spec("考核", Flag(), column=4, aliases=("是否考核", "参加考核"))] = None
    phone: Annotated[str, Spec("联系电话", Phone(), search=True, aliases=words("电话 办公电话 值班电话"))] = ""
    note: Annotated[str, Spec("备注", Note(), aliases=("说明",))] = ""


@dataclass(kw_only=True, slots=True)
class Member(Record):
    """招商人员: one of our own; `rank` decides the lodging limit of a trip."""

    NOUN: ClassVar[str] = "member"
    OWNER: ClassVar[str] = "unit"

    unit: Annotated[
        int, Spec("单位", Link("unit"), required=True, column=2, aliases=words("单位名称 所在单位 工作单位 部门"))
    ] = 0
    name: Annotated[
        str,
        Spec(
            "姓名",
            Text(bare=unstretched),
            required=True,
            search=True,
            column=1,
            aliases=words("人员姓名 招商人员 名字 责任人"),
        ),
    ] = ""
    duty: Annotated[str, Spec("职务", Text(), column=3, aliases=words("职位 岗位 职责"))] = ""
    rank: Annotated[
        str,
        Spec(
            "出差级别",
            Choice(
                TRAVEL_RANKS,
                (("部级", "一类"), ("厅局级", "二类"), ("厅级", "二类"), ("其余人员", "三类"), ("其他人员", "三类")),
            ),
            column=4,
            aliases=words("差旅级别 住宿费标准级别 级别"),
            hint="县里工作人员一般为三类",
        ),
    ] = "三类"
    phone: Annotated[
        str,
        Spec(
            "手机",
            Phone(),
            search=True,
            sensitive=True,
            column=5,
            aliases=words("手机号 手机号码 联系电话 电话 联系方式 移动电话"),
        ),
    ] = ""
    skills: Annotated[
        tuple[str, ...],
        Spec("特长", Tags(), group="能力", search=True, column=6, aliases=words("专长 技能 业务专长 擅长")),
    ] = ()
    languages: Annotated[
        tuple[str, ...], Spec("语言", Tags(), group="能力", column=7, aliases=words("外语 语种 方言"))
    ] = ()
    home_place: Annotated[str, Spec("籍贯", Place(), group="能力", sensitive=True, aliases=("老家", "祖籍"))] = ""
    school: Annotated[
        str, Spec("毕业院校", Text(), group="能力", sensitive=True, aliases=words("院校 学校 毕业学校"))
    ] = ""
    experience: Annotated[
        str, Spec("银行或外企经历", Text(), group="能力", aliases=words("工作经历 从业经历 经历 金融或外企经历"))
    ] = ""
    authority: Annotated[
        str, Spec("授权事项", Note(), group="能力", aliases=("授权", "授权范围"), hint="在现场可以当场答复的事项")
    ] = ""
    note: Annotated[str, Spec("备注", Note(), group="能力", aliases=("说明",))] = ""

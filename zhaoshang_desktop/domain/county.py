"""本地概况: what every paper says about the county, with the date it was true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import When as WhenValue
from zhaoshang_desktop.domain.kinds import Choice, Note, Text, When
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

TOPICS = ("区位", "荣誉", "支柱产业", "战略目标", "板块", "交通", "要素价格", "材料")


@dataclass(kw_only=True, slots=True)
class CountyFact(Record):
    """One fact or text; 要素价格 is a figure with its unit in `text`, 材料 a version of a film or brochure."""

    NOUN: ClassVar[str] = "county_fact"
    TITLE: ClassVar[str] = "heading"

    topic: Annotated[str, Spec("主题", Choice(TOPICS), required=True, column=1, aliases=("类别", "分类"))] = ""
    heading: Annotated[
        str, Spec("标题", Text(), search=True, column=2, aliases=("名称", "项目"), hint="如：工业用电、高铁站")
    ] = ""
    text: Annotated[
        str, Spec("内容", Note(), required=True, search=True, column=3, aliases=words("文字 说明 数值"))
    ] = ""
    as_of: Annotated[
        WhenValue | None, Spec("截至", When(), column=4, aliases=words("数据日期 时点 截至日期 更新日期"))
    ] = None
    source: Annotated[str, Spec("来源", Text(), aliases=("出处", "数据来源"))] = ""

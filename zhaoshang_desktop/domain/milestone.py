"""阶段: the steps of a project, each with its own dates, and the stage that follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from zhaoshang_desktop.domain.day import When as WhenValue
from zhaoshang_desktop.domain.kinds import Choice, Flag, Link, Note, Text, When
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Spec
from zhaoshang_desktop.domain.text import words

MAIN_LINE = (
    "储备",
    "包装推介",
    "在谈",
    "项目评审",
    "签约",
    "注册",
    "立项",
    "供地报建",
    "开工",
    "在建",
    "竣工",
    "投产",
    "达产",
)
ASIDE = ("搁置", "终止")
STAGES = (*MAIN_LINE, *ASIDE)

STEPS = {
    "储备": "储备",
    "包装推介": "包装推介",
    "线索": "在谈",
    "对接": "在谈",
    "意向/框架协议": "在谈",
    "在谈": "在谈",
    "项目评审": "项目评审",
    "合法性审查": "项目评审",
    "公平竞争审查": "项目评审",
    "签约": "签约",
    "注册": "注册",
    "立项": "立项",
    "供地": "供地报建",
    "规划": "供地报建",
    "环评": "供地报建",
    "节能审查": "供地报建",
    "施工许可": "供地报建",
    "供地报建": "供地报建",
    "开工": "开工",
    "在建": "在建",
    "竣工": "竣工",
    "投产": "投产",
    "达产": "达产",
    "入统": "",
    "入规": "",
    "搁置": "搁置",
    "终止": "终止",
}
"""Every step a milestone can be, and the stage it means; 入统 and 入规 stand apart and mean none."""

PARALLEL = ("注册", "立项", "供地报建")
"""Stages whose steps may run before 签约: they are shown only once it is signed, and move nothing back."""

SAID_STEPS = (
    ("储备项目", "储备"),
    ("谋划", "储备"),
    ("包装", "包装推介"),
    ("推介", "包装推介"),
    ("在谈项目", "在谈"),
    ("洽谈", "在谈"),
    ("洽谈中", "在谈"),
    ("在谈中", "在谈"),
    ("意向", "意向/框架协议"),
    ("意向协议", "意向/框架协议"),
    ("框架协议", "意向/框架协议"),
    ("评审", "项目评审"),
    ("已签约", "签约"),
    ("签约项目", "签约"),
    ("拟签约", "在谈"),
    ("已注册", "注册"),
    ("注册登记", "注册"),
    ("已立项", "立项"),
    ("备案", "立项"),
    ("已备案", "立项"),
    ("核准", "立项"),
    ("能评", "节能审查"),
    ("已开工", "开工"),
    ("新开工", "开工"),
    ("开工建设", "开工"),
    ("在建项目", "在建"),
    ("建设中", "在建"),
    ("正在建设", "在建"),
    ("已竣工", "竣工"),
    ("建成", "竣工"),
    ("已建成", "竣工"),
    ("已投产", "投产"),
    ("投产运营", "投产"),
    ("已达产", "达产"),
    ("暂缓", "搁置"),
    ("已搁置", "搁置"),
    ("已终止", "终止"),
)

SAID_STAGES = tuple((said, STEPS[step]) for said, step in (*SAID_STEPS, *zip(STEPS, STEPS, strict=True)) if STEPS[step])
"""The same words, with the stage they mean."""


@dataclass(kw_only=True, slots=True)
class Milestone(Record):
    """One step of a project, planned or reached; the same step may be reached again after a setback.

    `reached` without `actual` is a step that is behind us on a day nobody noted, as in an imported list.
    """

    NOUN: ClassVar[str] = "milestone"
    TITLE: ClassVar[str] = "step"
    OWNER: ClassVar[str] = "project"

    project: Annotated[int, Spec("项目", Link("project"), required=True)] = 0
    step: Annotated[
        str,
        Spec("环节", Choice(tuple(STEPS), SAID_STEPS), required=True, column=1, aliases=words("阶段 项目阶段 节点")),
    ] = ""
    planned: Annotated[WhenValue | None, Spec("计划日期", When(), column=2, aliases=("计划时间", "计划完成时间"))] = (
        None
    )
    actual: Annotated[
        WhenValue | None, Spec("实际日期", When(), column=3, aliases=words("实际时间 完成时间 办结时间"))
    ] = None
    reached: Annotated[bool | None, Spec("已到达", Flag(), aliases=("已完成", "是否完成"), hint="日期不详时勾选")] = (
        None
    )
    who: Annotated[str, Spec("经办人", Text(), column=4, aliases=("办理人", "责任人"))] = ""
    evidence: Annotated[
        str, Spec("佐证", Text(), column=5, aliases=words("依据 文号 证明材料"), hint="文号、合同号或证照号")
    ] = ""
    reason: Annotated[str, Spec("原因", Note(), aliases=("搁置原因", "终止原因"), hint="搁置、终止必须写明原因")] = ""

    @property
    def stage(self) -> str:
        """The stage this step means, "" for 入统 and 入规."""
        return STEPS.get(self.step, "")

    @property
    def is_reached(self) -> bool:
        return self.actual is not None or self.reached is True


def stage_of(milestones: Iterable[Milestone]) -> str:
    """The stage to show: the furthest one reached that no later step took back, "" when none is reached.

    A step of an earlier stage (在谈 after 签约, 在谈 after 搁置) moves the project back when its
    date is surely later; two dates in the same known month or year decide nothing.
    """
    reached = [milestone for milestone in milestones if milestone.is_reached and milestone.stage]
    leading = [milestone for milestone in reached if milestone.stage not in PARALLEL]
    valid = [milestone.stage for milestone in leading if not any(_takes_back(other, milestone) for other in leading)]
    main = max(valid, key=STAGES.index, default="")
    beside = [milestone.stage for milestone in reached if milestone.stage in PARALLEL]
    return (
        max([main, *beside], key=STAGES.index) if main == "签约" else main or max(beside, key=STAGES.index, default="")
    )


def _takes_back(later: Milestone, milestone: Milestone) -> bool:
    if later.actual is None or milestone.actual is None:
        return False
    earlier_stage = STAGES.index(later.stage) < STAGES.index(milestone.stage)
    return earlier_stage and later.actual.earliest > milestone.actual.latest

"""The stage that follows from a project's milestones."""

from __future__ import annotations

import itertools

import pytest

from zhaoshang_desktop.domain.day import When, read_when
from zhaoshang_desktop.domain.milestone import STAGES, STEPS, Milestone, stage_of


def done(step: str, on: str = "") -> Milestone:
    """A step reached on a date, or on a day nobody noted."""
    return Milestone(step=step, actual=read_when(on) if on else None, reached=None if on else True)


def stage(*milestones: Milestone) -> str:
    """The stage, whatever the order in which the milestones come."""
    stages = {stage_of(order) for order in itertools.permutations(milestones)}
    assert len(stages) == 1
    return stages.pop()


def test_a_project_without_milestones_has_no_stage() -> None:
    assert stage_of([]) == ""


def test_a_planned_step_is_not_reached() -> None:
    assert stage(Milestone(step="签约", planned=When(2026, 6))) == ""


@pytest.mark.parametrize(("step", "shown"), [(step, shown) for step, shown in STEPS.items() if shown])
def test_a_step_shows_its_stage(step: str, shown: str) -> None:
    assert shown in STAGES
    assert stage(done(step, "2026-01")) == shown


def test_the_furthest_step_is_shown() -> None:
    assert stage(done("线索", "2025-01"), done("签约", "2025-06-01"), done("开工", "2025-09")) == "开工"


def test_a_framework_agreement_is_no_signing() -> None:
    assert stage(done("对接", "2025-01"), done("意向/框架协议", "2025-03")) == "在谈"


def test_a_company_registered_before_signing_leaves_the_project_in_talk() -> None:
    assert stage(done("对接", "2025-01"), done("注册", "2025-02"), done("立项", "2025-03")) == "在谈"


def test_once_signed_the_steps_that_ran_ahead_count() -> None:
    assert stage(done("对接", "2025-01"), done("立项", "2025-03"), done("签约", "2025-04")) == "立项"


def test_parallel_permits_do_not_hold_back_what_is_under_construction() -> None:
    assert stage(done("签约", "2025-04"), done("开工", "2025-08"), done("施工许可", "2025-09")) == "开工"


def test_statistics_registration_stands_apart() -> None:
    assert stage(done("开工", "2025-08"), done("入统", "2025-09")) == "开工"


def test_talking_again_after_signing_moves_the_project_back() -> None:
    assert stage(done("签约", "2025-04-10"), done("对接", "2025-06-01")) == "在谈"


def test_signing_again_after_a_setback_moves_it_on() -> None:
    assert stage(done("签约", "2025-04-10"), done("对接", "2025-06-01"), done("签约", "2025-09-01")) == "签约"


def test_two_dates_in_the_same_known_year_move_nothing_back() -> None:
    assert stage(done("签约", "2025"), done("对接", "2025-06")) == "签约"


def test_a_step_without_a_date_moves_nothing_back() -> None:
    assert stage(done("在建"), done("签约", "2022-05")) == "在建"
    assert stage(done("在谈"), done("签约", "2022-05")) == "签约"


def test_a_project_laid_aside_is_shown_aside() -> None:
    assert stage(done("签约", "2025-04"), Milestone(step="搁置", actual=When(2025, 8), reason="资金未到位")) == "搁置"
    assert stage(done("在建", "2025-04"), Milestone(step="终止", actual=When(2025, 8), reason="市场变化")) == "终止"


def test_a_project_laid_aside_is_taken_up_again_by_a_later_step() -> None:
    assert stage(done("签约", "2025-04"), done("搁置", "2025-08"), done("开工", "2025-11")) == "开工"


def test_a_permit_does_not_take_up_what_was_laid_aside() -> None:
    assert stage(done("签约", "2025-04"), done("搁置", "2025-08"), done("环评", "2025-11")) == "搁置"

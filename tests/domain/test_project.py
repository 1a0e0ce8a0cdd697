"""What follows from a project's own figures."""

from __future__ import annotations

from decimal import Decimal

from zhaoshang_desktop.domain.kinds import Choice
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.spec import field_of


def test_figures_per_mu_are_worked_out_to_the_fen() -> None:
    project = Project(fixed=Money(10_000_00), output=Money(3000_00), tax=Money(100_00, "USD"), land=Decimal("3"))
    assert project.investment_per_mu == Money(3333_33)
    assert project.output_per_mu == Money(1000_00)
    assert project.tax_per_mu == Money(33_33, "USD")


def test_without_a_fixed_investment_the_total_counts() -> None:
    assert Project(total=Money(6000_00), land=Decimal("1.5")).investment_per_mu == Money(4000_00)


def test_without_land_or_amount_there_is_no_figure_per_mu() -> None:
    assert Project(total=Money(6000_00)).investment_per_mu is None
    assert Project(total=Money(6000_00), land=Decimal(0)).investment_per_mu is None
    assert Project(land=Decimal(10)).tax_per_mu is None


def test_a_stage_is_read_in_the_words_of_project_lists() -> None:
    stage = field_of(Project, "stage").kind
    assert isinstance(stage, Choice)
    said = {
        "已签约": "签约",
        "在建项目": "在建",
        "洽谈中": "在谈",
        "框架协议": "在谈",
        "施工许可": "供地报建",
        "投产": "投产",
    }
    assert {word: stage.read(word) for word in said} == said

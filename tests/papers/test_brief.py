from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from tests.papers.packs import CONTACTS, HISTORY, QINGHE, TODAY, YUNFAN, large_pack, small_pack
from tests.papers.reading import FREE, GOLDEN, golden_text, page_texts, printed
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine, Trip
from zhaoshang_desktop.papers.breaking import NEVER_FIRST
from zhaoshang_desktop.papers.brief import BriefingPack, briefing_pack
from zhaoshang_desktop.papers.pdf import pdf_bytes


def read(pack: BriefingPack) -> list[str]:
    return page_texts(printed(briefing_pack(pack)))


def flat(pack: BriefingPack) -> str:
    """All words without the ends of lines."""
    return re.sub(r"\s+", "", "".join(read(pack)))


def test_the_pack_reads_as_it_did() -> None:
    assert golden_text(printed(briefing_pack(small_pack()))) == GOLDEN.read_text(encoding="utf-8")


def test_a_year_without_holidays_is_said_under_the_itinerary() -> None:
    assert "2031年放假安排尚未公布" in flat(replace(small_pack(), caution="2031年放假安排尚未公布。"))


def test_every_target_has_a_dossier_on_a_new_page_and_a_sheet() -> None:
    pages = read(large_pack(5))
    for number in range(1, 6):
        assert sum(f"（第{number}号）有限公司\n" in page and "一、企业概况" in page for page in pages) == 1
    assert sum("洽谈内容" in page and "意向" in page for page in pages) == 5


def test_a_target_met_twice_has_one_dossier_and_two_sheets() -> None:
    pack = small_pack()
    again = replace(pack.visits[0], id=9, start=900)
    text = flat(replace(pack, visits=(*pack.visits, again)))
    assert text.count("一、企业概况") == 2
    assert "1.青禾新材料有限公司（第1次）" in text
    assert "1.青禾新材料有限公司（第2次）" in text


def test_putting_a_pack_together_needs_no_pdf_library() -> None:
    code = "import sys, zhaoshang_desktop.papers.brief; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_sixty_pages_are_printed() -> None:
    _, result = pdf_bytes(briefing_pack(large_pack(14)), FREE)
    assert result.pages >= 60
    assert result.missing == ()


def test_no_line_of_the_pack_starts_with_a_closing_mark() -> None:
    lines = [line for page in read(small_pack()) for line in page.split("\n")]
    assert not [line for line in lines if line[:1] in NEVER_FIRST and not line.startswith("— ")]


@pytest.mark.parametrize(
    "pack",
    [
        BriefingPack(office="", printed=TODAY, trip=Trip()),
        replace(small_pack(), visits=(), legs=(), budget=(), teams=()),
        replace(small_pack(), contacts=(), history=(), projects=(), facts=(), members=(), experts=()),
        replace(small_pack(), investors=()),
    ],
    ids=["nothing", "no visits", "no people", "no investors"],
)
def test_what_is_missing_is_said_in_a_line(pack: BriefingPack) -> None:
    text = flat(pack)
    assert "尚" in text or "未登记" in text
    assert "None" not in text


def test_forty_targets_with_long_texts_work() -> None:
    pack = large_pack(40)
    long = replace(QINGHE, id=1, name="长" * 300, business="很长的介绍，" * 5000, plans="x" * 5000)
    pages = read(replace(pack, investors=(long, *tuple(pack.investors)[1:])))
    assert len(pages) > 100


def test_a_cancelled_visit_is_not_printed() -> None:
    pack = small_pack()
    gone = tuple(replace(visit, state="取消") if visit.investor == YUNFAN.id else visit for visit in pack.visits)
    assert YUNFAN.name not in flat(replace(pack, visits=gone))


def test_a_visit_without_a_day_is_listed_with_its_reason() -> None:
    pack = small_pack()
    waiting = replace(pack.visits[1], day=None, state="待排", left_out="当天排不下")
    assert "未排上的会见" in flat(replace(pack, visits=(pack.visits[0], waiting)))
    assert "当天排不下" in flat(replace(pack, visits=(pack.visits[0], waiting)))


def test_the_numbers_of_military_units_are_never_printed() -> None:
    said = replace(HISTORY[0], said="我方李某与其同在61234部队。")
    text = flat(replace(small_pack(), history=(said,)))
    assert "集团军" not in text
    assert "61234" not in text


def test_what_may_tell_a_faith_waits_for_its_basis() -> None:
    assert "清真" not in flat(small_pack())
    allowed = (CONTACTS[0], replace(CONTACTS[1], basis="同意"))
    assert "清真" in flat(replace(small_pack(), contacts=allowed))


def test_persons_whose_time_is_over_keep_only_name_and_number() -> None:
    past = (replace(CONTACTS[0], keep_until=date(2026, 1, 1)), CONTACTS[1])
    text = flat(replace(small_pack(), contacts=past))
    assert "保存期限已过" in text
    assert "乒乓球" not in text
    assert "安全事故" not in text


def test_text_that_nobody_understood_is_printed_as_it_was_written() -> None:
    assert "约5千万美元" in flat(small_pack())


def test_different_currencies_are_summed_apart() -> None:
    lines = (
        BudgetLine(id=1, item="机票", planned=Money(100_000)),
        BudgetLine(id=2, item="签证", planned=Money(5_000, "USD")),
    )
    text = flat(replace(small_pack(), budget=lines))
    assert "合计1,000.00" in text
    assert "合计（美元）50.00美元" in text


def test_going_over_the_limit_is_said() -> None:
    pack = small_pack()
    assert "超出1,320元" in flat(replace(pack, trip=replace(pack.trip, fund_limit=Money(100_000))))


def test_no_secrecy_mark_is_printed() -> None:
    text = flat(small_pack())
    assert not [word for word in ("绝密", "机密", "秘密", "密级") if word in text]
    assert "内部资料" in text

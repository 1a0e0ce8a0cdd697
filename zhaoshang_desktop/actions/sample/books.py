"""The workbooks of the sample county as files, in the order in which they are imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from zhaoshang_desktop.actions.sample import ledgers, registers
from zhaoshang_desktop.actions.sample.county import SEED
from zhaoshang_desktop.actions.sample.model import County
from zhaoshang_desktop.exchange.sample_book import write_pages, write_web_table


@dataclass(frozen=True)
class Book:
    """A workbook that was written, and the library it belongs to."""

    library: str
    path: Path


def write_books(county: County, folder: Path, seed: int = SEED) -> list[Book]:
    """Units and members first, so that the others can name them."""
    rng = Random(seed)
    ours, theirs = registers.split(rng, county.firms)
    year = county.today.year
    plain = (
        ("units", "招商责任单位一览表.xlsx", ledgers.unit_list(county.units)),
        ("members", "招商人员花名册.xlsx", ledgers.member_list(rng, county.colleagues)),
        ("investors", f"长三角重点客商名录{year}汇总稿.xlsx", registers.own_list(rng, ours, year)),
        ("investors", "商会会员企业推荐名单.xlsx", registers.chamber_list(rng, theirs)),
        ("investors", "重点客商登记造册.xlsx", registers.known_well(rng, county.firms)),
        ("projects", f"储备在谈签约项目台账{year}.xlsx", ledgers.project_ledger(rng, county.works, year)),
        ("leads", "招商信息线索登记表.xlsx", ledgers.lead_list(rng, county.tips)),
    )
    books = []
    for library, name, pages in plain:
        write_pages(folder / name, pages)
        books.append(Book(library, folder / name))
    web = folder / "专家和顾问名册（系统导出）.xls"
    write_web_table(web, ledgers.expert_list(rng, county.experts))
    return [*books, Book("experts", web)]

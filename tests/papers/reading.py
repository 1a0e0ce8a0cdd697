"""Reads printed PDFs back, as a person with a viewer would.

`python -m tests.papers.reading` writes the golden texts anew; look at the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from zhaoshang_desktop.papers.blocks import Paper
from zhaoshang_desktop.papers.fonts import Fonts
from zhaoshang_desktop.papers.pdf import pdf_bytes

DATA = Path(__file__).parents[1] / "data"
GOLDEN = DATA / "brief.txt"
FREE = Fonts(())
"""The fonts that ship and no others, so that the tests read the same everywhere."""


def printed(paper: Paper) -> bytes:
    return pdf_bytes(paper, FREE)[0]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, with plain line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def golden_text(pdf: bytes) -> str:
    return "\n\f\n".join(page_texts(pdf)) + "\n"


if __name__ == "__main__":
    from tests.papers.packs import small_pack
    from tests.papers.test_reception_papers import GOLDENS as RECEPTIONS
    from tests.papers.test_trip_papers import GOLDENS
    from zhaoshang_desktop.papers.brief import briefing_pack

    for file, paper in {"brief": briefing_pack(small_pack()), **GOLDENS, **RECEPTIONS}.items():
        (DATA / f"{file}.txt").write_text(golden_text(printed(paper)), encoding="utf-8", newline="\n")

from __future__ import annotations

import json

from tests.exchange.corpus.case import FOLDER
from tests.exchange.corpus.cases import CASES

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for case in CASES:
        case.make(FOLDER / case.file)
        answer = json.dumps(case.plain(), ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{case.file}.json").write_text(answer, encoding="utf-8", newline="\n")

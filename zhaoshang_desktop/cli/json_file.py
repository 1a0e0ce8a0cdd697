"""The JSON files that commands read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zhaoshang_desktop.domain.errors import KnownError, not_read


def read_json(path: Path, example: str) -> Any:
    """What the file holds; KnownError with the line where it is no JSON. `example` says where one is to be seen."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as reason:
        raise not_read(path, reason) from None
    except UnicodeDecodeError:
        raise KnownError(f"“{path.name}”不是 UTF-8 文本。", "请另存为 UTF-8。") from None
    except json.JSONDecodeError as error:
        raise KnownError(f"“{path.name}”第 {error.lineno} 行不是 JSON。", "请检查引号和逗号。") from None
    except (RecursionError, ValueError):
        raise KnownError(f"“{path.name}”里的括号套得太深，或者数字太长。", f"请照着例子写（{example}）。") from None


def _refuse_constant(word: str) -> None:
    raise KnownError(f"{word} 不是 JSON 里的值。", "请改成数字，或用引号括起来。")

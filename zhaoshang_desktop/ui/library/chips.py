"""Which fields a library offers to be filtered by at once."""

from __future__ import annotations

CHIPS: dict[str, tuple[str, ...]] = {
    "investor": ("place", "chain", "level", "owner"),
    "project": ("stage", "chain", "unit", "owner"),
    "lead": ("state", "channel", "chain", "owner"),
    "expert": ("kind", "skills", "languages"),
    "unit": ("kind", "category"),
    "member": ("unit", "skills", "languages"),
}
"""The fields that every library offers at once; 其他条件 offers the rest."""

SHORT_LABELS = {"place": "地区", "level": "等级"}

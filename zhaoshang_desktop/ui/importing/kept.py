"""What the settings keep from one import to the next: the files lately taken, and what is done with known records."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.actions.settling import Policy
from zhaoshang_desktop.runtime.settings import Settings

RECENT = "import.recent"
POLICY = "import.policy"
_MOST_RECENT = 8


def recent_files(settings: Settings) -> list[Path]:
    """The files lately imported that are still there, the latest first."""
    kept = settings.choices.get(RECENT)
    return [Path(one) for one in kept if Path(one).is_file()] if isinstance(kept, list) else []


def keep_recent(settings: Settings, path: Path) -> None:
    """That file is the latest."""
    others = [str(one) for one in recent_files(settings) if one != path]
    settings.choices[RECENT] = [str(path.absolute()), *others][:_MOST_RECENT]


def policy_for(settings: Settings, library: str) -> Policy:
    """What was chosen last for that library; at first only empty fields are filled."""
    value = _policies(settings).get(library)
    return Policy(value) if value in [policy.value for policy in Policy] else Policy.FILL


def keep_policy(settings: Settings, library: str, policy: Policy) -> None:
    """The next list for this library begins with it."""
    settings.choices[POLICY] = {**_policies(settings), library: policy.value}


def _policies(settings: Settings) -> dict[str, object]:
    kept = settings.choices.get(POLICY)
    return kept if isinstance(kept, dict) else {}

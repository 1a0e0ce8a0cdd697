"""What an action says it changed."""

from __future__ import annotations

from zhaoshang_desktop.domain.changes import Changes


def test_changes_know_which_kinds_of_record_they_touch() -> None:
    changes = Changes(7, {"investor": frozenset({1, 2}), "contact": frozenset()})
    assert changes.touches("investor")
    assert changes.touches("project", "investor")
    assert not changes.touches("contact")
    assert changes.of("investor") == {1, 2}
    assert changes.of("project") == frozenset()


def test_nothing_changed_is_false() -> None:
    assert not Changes()
    assert not Changes(3, {"investor": frozenset()})
    assert Changes(3, {"investor": frozenset({1})})


def test_merged_changes_hold_both_under_the_later_batch() -> None:
    first = Changes(7, {"investor": frozenset({1})})
    second = Changes(9, {"investor": frozenset({2}), "visit": frozenset({5})})
    assert first.merge(second) == Changes(9, {"investor": frozenset({1, 2}), "visit": frozenset({5})})
    assert first.merge(Changes()) == first

"""The log of changes on disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.store import changelog
from appliance.store.changelog import KEPT_FOR, ChangeStore, NotedChange

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_changes_outlast_the_program_and_go_after_two_years(tmp_path: Path) -> None:
    store = ChangeStore.open(tmp_path / "changes.sqlite")
    first, second = NotedChange(NOON, "ada", "night.set", ("closed",)), NotedChange(NOON + timedelta(1), "", "restore")
    store.add(first)
    store.add(second)
    store.close()
    store = ChangeStore.open(tmp_path / "changes.sqlite")
    assert list(store.all()) == [second, first]
    late = NotedChange(NOON + KEPT_FOR + timedelta(hours=1), "ada", "backup.begin")
    store.add(late)
    assert list(store.all()) == [late, second]
    store.close()


def test_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelog, "MOST_KEPT", 3)
    store = ChangeStore.open(tmp_path / "changes.sqlite")
    for number in range(5):
        store.add(NotedChange(NOON, str(number), "backup.begin"))
    assert [change.by for change in store.all()] == ["4", "3", "2"]
    store.close()


def test_a_damaged_log_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    (tmp_path / "changes.sqlite").write_bytes(b"not a database at all, but some text" * 50)
    store = ChangeStore.open(tmp_path / "changes.sqlite")
    assert "was damaged" in store.fault
    assert list(store.all()) == []
    store.close()

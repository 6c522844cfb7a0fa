"""Earlier versions of the office, and the draft, on the disk."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from appliance.store.versions import KEPT, KeptDraft, Version, VersionStore

NOW = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
CHANGE = {"path": "name", "text": "name: A → B"}


def test_a_version_outlasts_a_start_with_who_and_when(tmp_path: Path) -> None:
    store = VersionStore.open(tmp_path / "versions.sqlite")
    store.add({"name": "A"}, [], NOW, "")
    newest = store.add({"name": "B"}, [CHANGE], NOW, "ada")
    store.close()
    again = VersionStore.open(tmp_path / "versions.sqlite")
    assert again.all()[0] == Version(newest, NOW, "ada", [CHANGE], {})
    assert again.newest() == again.document(newest) == {"name": "B"}
    assert again.document(newest - 1) == {"name": "A"}
    again.close()


def test_what_callers_heard_before_is_kept_with_a_version(tmp_path: Path) -> None:
    store = VersionStore.open(tmp_path / "versions.sqlite")
    newest = store.add({"name": "A"}, [CHANGE], NOW, "ada")
    store.add_sounds(newest, {"menu.greeting": "7.wav"}, [CHANGE])
    assert store.newest_id() == newest
    assert store.all() == [Version(newest, NOW, "ada", [CHANGE, CHANGE], {"menu.greeting": "7.wav"})]
    store.close()


def test_a_file_from_before_recordings_were_kept_is_brought_along(tmp_path: Path) -> None:
    path = tmp_path / "versions.sqlite"
    store = VersionStore.open(path)
    newest = store.add({"name": "A"}, [CHANGE], NOW, "ada")
    store.close()
    with sqlite3.connect(path) as old:
        old.execute("ALTER TABLE versions DROP COLUMN sounds")
        old.execute("PRAGMA user_version = 1")
    old.close()
    store = VersionStore.open(path)
    assert (store.fault, store.all()) == ("", [Version(newest, NOW, "ada", [CHANGE], {})])
    store.close()


def test_the_oldest_go(tmp_path: Path) -> None:
    store = VersionStore.open(tmp_path / "versions.sqlite")
    for number in range(KEPT + 3):
        store.add({"name": str(number)}, [], NOW, "ada")
    assert [version.id for version in store.all()] == list(range(KEPT + 3, 3, -1))
    assert store.document(3) is None
    store.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "versions.sqlite").write_bytes(b"not a database" * 100)
    store = VersionStore.open(tmp_path / "versions.sqlite")
    assert "versions.sqlite.damaged" in store.fault
    assert store.all() == []
    store.close()


def test_there_is_one_draft(tmp_path: Path) -> None:
    store = VersionStore.open(tmp_path / "versions.sqlite")
    assert store.draft() is None
    for name in ("B", "C"):
        store.put_draft(KeptDraft({"name": name}, {"name": "A"}, NOW, "ada"))
    assert store.draft() == KeptDraft({"name": "C"}, {"name": "A"}, NOW, "ada")
    store.drop_draft()
    assert store.draft() is None
    store.close()

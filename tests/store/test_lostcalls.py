"""The list of lost callers on the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.store.lostcalls import LostCall, LostStore

NOW = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)


def lost(call: str, number: str = "4075550142", wanted: str = "maria", *, call_back: bool = False) -> LostCall:
    return LostCall(call, NOW + timedelta(minutes=int(call)), number, "JANE", wanted, "to maria", call_back)


def test_what_was_entered_is_there_after_the_next_start_the_oldest_first(tmp_path: Path) -> None:
    store = LostStore.open(tmp_path / "lost.sqlite")
    store.put(lost("2"))
    store.put(lost("1", wanted="tom"))
    store.close()
    again = LostStore.open(tmp_path / "lost.sqlite")
    assert again.waiting() == [lost("1", wanted="tom"), lost("2")]
    assert again.waiting(["maria"]) == [lost("2")]


def test_a_wish_to_be_called_back_outlasts_the_end_of_the_call(tmp_path: Path) -> None:
    store = LostStore.open(tmp_path / "lost.sqlite")
    store.put(lost("1", wanted="ruth", call_back=True))
    store.put(lost("1", wanted="maria"))
    assert store.waiting() == [lost("1", wanted="ruth", call_back=True)]


def test_a_settled_call_waits_no_more_and_comes_back_by_no_way(tmp_path: Path) -> None:
    store = LostStore.open(tmp_path / "lost.sqlite")
    for call in ("1", "2", "3"):
        store.put(lost(call, number=f"40755501{call}"))
    assert store.settle(["1"], NOW, "ticked") == 1
    assert store.settle_caller(["407555012", "+1407555012"], NOW, "reached") == 1
    assert store.settle_caller(["407555012"], NOW, "reached") == 0
    store.put_missing([lost("1"), lost("3"), lost("4")])
    assert [call.call for call in store.waiting()] == ["3", "4"]
    assert store.entered(["1", "3", "5"]) == {"1", "3"}


def test_a_damaged_list_is_set_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / "lost.sqlite").write_bytes(b"no database at all" * 100)
    store = LostStore.open(tmp_path / "lost.sqlite")
    assert "kept as lost.sqlite.damaged" in store.fault
    assert store.waiting() == []


def test_without_a_disk_the_list_lasts_as_long_as_the_program(tmp_path: Path) -> None:
    (tmp_path / "lost.sqlite").mkdir()
    store = LostStore.open(tmp_path / "lost.sqlite")
    assert "only kept until the next start" in store.fault
    store.put(lost("1"))
    assert store.waiting() == [lost("1")]

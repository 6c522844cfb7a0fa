"""Which engine has the next try at a fax number, as remembered on the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.fax.choosing import OUT_OF_ORDER, REMEMBERED, FaxCarrier
from appliance.fax.job import FaxCause
from appliance.store.faxcarriers import MOST_ROWS, FaxCarrierStore

NOW = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
SOUND, MODEM = FaxCarrier.SOUND, FaxCarrier.MODEM
SOUND_FIRST, MODEM_FIRST = [SOUND, MODEM], [MODEM, SOUND]
HERE, ELSEWHERE = "4075550142", "4075550143"


@pytest.fixture
def store(tmp_path: Path) -> FaxCarrierStore:
    return FaxCarrierStore.open(tmp_path / "faxcarriers.sqlite")


def test_the_other_engine_goes_first_after_two_fails_that_may_be_the_engines(store: FaxCarrierStore) -> None:
    store.note(HERE, SOUND, FaxCause.TRAINING, NOW)
    assert store.in_order(HERE, SOUND_FIRST, NOW) == SOUND_FIRST
    store.note(HERE, SOUND, FaxCause.SILENT, NOW)
    assert store.in_order(HERE, SOUND_FIRST, NOW) == MODEM_FIRST
    assert store.in_order(ELSEWHERE, SOUND_FIRST, NOW) == SOUND_FIRST
    assert store.in_order(HERE, [SOUND], NOW) == [SOUND]


def test_it_falls_back_once_the_other_has_failed_as_often(store: FaxCarrierStore) -> None:
    for way in (SOUND, SOUND, MODEM, MODEM):
        store.note(HERE, way, FaxCause.TRAINING, NOW)
    assert store.in_order(HERE, SOUND_FIRST, NOW) == SOUND_FIRST
    assert store.in_order(HERE, MODEM_FIRST, NOW) == MODEM_FIRST


def test_what_came_through_is_first_again(store: FaxCarrierStore) -> None:
    for _ in range(2):
        store.note(HERE, SOUND, FaxCause.PAGE_REFUSED, NOW)
    store.note(HERE, SOUND, FaxCause.COMPLETE, NOW)
    assert store.in_order(HERE, SOUND_FIRST, NOW) == SOUND_FIRST


@pytest.mark.parametrize(
    "cause",
    [
        FaxCause.BUSY,
        FaxCause.NO_ANSWER,
        FaxCause.NO_LINE,
        FaxCause.NOT_A_FAX,
        FaxCause.LINE_CUT,
        FaxCause.STORAGE,
        FaxCause.BAD_PAGES,
        FaxCause.CANCELLED,
    ],
)
def test_what_is_no_engines_fault_changes_nothing(cause: FaxCause, store: FaxCarrierStore) -> None:
    for _ in range(5):
        store.note(HERE, SOUND, cause, NOW)
    assert store.in_order(HERE, SOUND_FIRST, NOW) == SOUND_FIRST


def test_an_engine_that_does_not_work_waits_an_hour_whoever_is_called(store: FaxCarrierStore) -> None:
    store.note(HERE, MODEM, FaxCause.ENGINE, NOW)
    assert store.in_order(ELSEWHERE, MODEM_FIRST, NOW) == SOUND_FIRST
    assert store.in_order(ELSEWHERE, [MODEM], NOW) == [MODEM]
    assert store.in_order(ELSEWHERE, MODEM_FIRST, NOW + OUT_OF_ORDER) == MODEM_FIRST


def test_it_is_forgotten_after_a_month_and_outlasts_a_start(tmp_path: Path) -> None:
    store = FaxCarrierStore.open(tmp_path / "faxcarriers.sqlite")
    for _ in range(2):
        store.note(HERE, SOUND, FaxCause.TRAINING, NOW)
    store.close()
    store = FaxCarrierStore.open(tmp_path / "faxcarriers.sqlite")
    assert store.in_order(HERE, SOUND_FIRST, NOW + REMEMBERED - timedelta(days=1)) == MODEM_FIRST
    assert store.in_order(HERE, SOUND_FIRST, NOW + REMEMBERED) == SOUND_FIRST
    store.note(HERE, SOUND, FaxCause.TRAINING, NOW + REMEMBERED + timedelta(days=1))
    assert store.in_order(HERE, SOUND_FIRST, NOW + REMEMBERED + timedelta(days=1)) == SOUND_FIRST


def test_no_more_is_remembered_than_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ROWS >= 1000
    monkeypatch.setattr("appliance.store.faxcarriers.MOST_ROWS", 10)
    store = FaxCarrierStore.open(tmp_path / "faxcarriers.sqlite")
    for number in range(20):
        for _ in range(2):
            store.note(str(number), SOUND, FaxCause.TRAINING, NOW + timedelta(minutes=number))
    last = NOW + timedelta(minutes=20)
    assert [store.in_order(number, SOUND_FIRST, last) for number in ("9", "10", "19")] == [
        SOUND_FIRST,
        MODEM_FIRST,
        MODEM_FIRST,
    ]


def test_a_damaged_memory_is_set_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / "faxcarriers.sqlite").write_bytes(b"no database at all" * 100)
    store = FaxCarrierStore.open(tmp_path / "faxcarriers.sqlite")
    assert "kept as faxcarriers.sqlite.damaged" in store.fault
    assert store.in_order(HERE, SOUND_FIRST, NOW) == SOUND_FIRST

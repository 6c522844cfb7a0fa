"""The numbers outside that were called, in the call log: what limits are counted by, also after the power went."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.store.calllog import CallLog, OutsideCall

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
PARIS = OutsideCall("one", NOON, "01133142345678", "abroad", "maria", "front desk", "4711")


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def test_a_call_outside_is_entered_and_ended(tmp_path: Path) -> None:
    log = CallLog.open(tmp_path / "calls.db")
    log.outside_begins(PARIS)
    assert log.outside_since(NOON) == [PARIS]
    ended = replace(PARIS, ended=minutes(3))
    log.outside_ends(ended)
    assert log.outside_since(NOON) == [ended]
    with pytest.raises(LookupError, match="no call one outside"):
        log.outside_ends(ended)
    log.close()


def test_what_ended_before_is_left_out_and_what_went_on_until_then_is_not(tmp_path: Path) -> None:
    log = CallLog.open(tmp_path / "calls.db")
    for began, lasted in ((0, 5), (1, 20), (11, 1)):
        call = replace(PARIS, call=str(began), began=minutes(began))
        log.outside_begins(call)
        log.outside_ends(replace(call, ended=minutes(began + lasted)))
    assert [call.call for call in log.outside_since(minutes(10))] == ["1", "11"]
    log.close()


def test_a_call_that_the_power_cut_lasted_until_the_unit_was_last_known_to_live(tmp_path: Path) -> None:
    log = CallLog.open(tmp_path / "calls.db")
    log.outside_begins(PARIS)
    log.alive(minutes(7))
    log.close()
    log = CallLog.open(tmp_path / "calls.db")
    assert log.outside_since(NOON) == [replace(PARIS, ended=minutes(7))]
    log.close()

"""The switches on disk, and in the hands of calls."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.calls.switches import Switches
from appliance.clock import LoopClock
from appliance.store.switches import StoreFull, Switch, SwitchStore

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
NIGHT = {"night-mode": Switch("closed", NOON), "announcement": Switch("snow")}
DAY = {"night-mode": Switch("open")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "switches.json"


def test_where_nothing_was_flipped_there_is_none(path):
    assert SwitchStore(path).load() == {}


def test_what_was_saved_last_is_loaded(path):
    store = SwitchStore(path)
    store.save(DAY)
    store.save(NIGHT)
    assert SwitchStore(path).load() == NIGHT


def test_a_damaged_file_gives_way_to_the_generation_before_it(path):
    store = SwitchStore(path)
    store.save(DAY)
    store.save(NIGHT)
    path.write_bytes(b"nonsense")
    assert store.load() == DAY
    assert store.fault == "switches.json is damaged; the generation before it is used"


@pytest.mark.parametrize("lose", [False, True])
def test_whenever_the_power_fails_the_old_or_the_new_switches_are_there(tmp_path, failing_disk, power_cut, lose):
    finished, operations = False, 0
    while not finished:
        folder = tmp_path / str(operations)
        folder.mkdir()
        disk = failing_disk()
        store = SwitchStore(folder / "switches.json", disk)
        store.save({})
        store.save(DAY)
        disk.left = operations
        try:
            store.save(NIGHT)
            finished = True
        except power_cut:
            pass
        if lose:
            disk.lose(folder)
        assert SwitchStore(folder / "switches.json").load() in ([NIGHT] if finished else [DAY, NIGHT])
        operations += 1
    assert operations > 4


async def test_a_switch_goes_back_when_its_time_is_over(path):
    switches = Switches(SwitchStore(path), LoopClock(asyncio.get_running_loop(), NOON))
    assert await switches.open() == ""
    told = []
    switches.changed.subscribe(told.append)
    await switches.flip("night-mode", "closed", NOON + timedelta(hours=1))
    await switches.flip("announcement", "snow")
    assert (switches.at("night-mode"), switches.until("night-mode")) == ("closed", NOON + timedelta(hours=1))
    assert told == ["night-mode", "announcement"]
    await asyncio.sleep(3600)
    assert (switches.at("night-mode"), switches.until("night-mode")) == ("", None)
    assert switches.at("announcement") == "snow"


async def test_a_switch_that_was_flipped_outlives_the_process(path):
    clock = LoopClock(asyncio.get_running_loop(), NOON)
    first = Switches(SwitchStore(path), clock)
    await first.open()
    await first.flip("night-mode", "closed")
    await first.flip("announcement", "snow")
    await first.flip("night-mode", "")
    second = Switches(SwitchStore(path), clock)
    await second.open()
    assert (second.at("night-mode"), second.at("announcement")) == ("", "snow")


async def test_a_full_disk_flips_nothing(path):
    class Full(SwitchStore):
        def save(self, switches):
            raise StoreFull("no room for switches.json")

    switches = Switches(Full(path), LoopClock(asyncio.get_running_loop(), NOON))
    with pytest.raises(StoreFull):
        await switches.flip("night-mode", "closed")
    assert switches.at("night-mode") == ""


async def test_switches_that_cannot_be_read_are_told_and_can_be_flipped_anew(path):
    path.write_bytes(b"nonsense")

    switches = Switches(SwitchStore(path), LoopClock(asyncio.get_running_loop(), NOON))
    assert (await switches.open()).startswith("the switches of the office cannot be read")
    await switches.flip("night-mode", "closed")
    assert SwitchStore(path).load() == {"night-mode": Switch("closed")}

"""How the machine is, from the files of its kernel, and what is told of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.advice import Advice
from appliance.calls.faults import Faults
from appliance.clock import RealClock
from appliance.machine.health import (
    CARD_FAILS,
    DATA_MISSING,
    HOT,
    MOUNTED,
    TABLE,
    WEAK,
    MachineHealth,
    machine_health,
)
from appliance.machinewatch import CLOCK_TOLD_AFTER_S, MachineWatch
from appliance.store.atomic import AtomicFile

THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled"
THERMAL = "sys/class/thermal/thermal_zone0/temp"
LIFE = "sys/block/mmcblk0/device/life_time"
ERRORS = "sys/fs/ext4/mmcblk0p3/errors_count"
DATA_TABLE = "LABEL=copperdesk  /var/lib/copperdesk  ext4  noatime,nofail  0 2"
"""The line of the image's fstab."""


def says(root: Path, files: dict[str, str]) -> Path:
    """A machine whose kernel has these files."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{content}\n")
    return root


def test_a_machine_that_says_nothing_is_well(tmp_path: Path) -> None:
    assert machine_health(tmp_path) == MachineHealth()


@pytest.mark.parametrize(
    ("files", "health"),
    [
        ({THROTTLED: "0"}, MachineHealth()),
        ({THROTTLED: "50005"}, MachineHealth(power_weak=True, power_was_weak=True, slowed=True)),
        ({THROTTLED: "50000"}, MachineHealth(power_was_weak=True)),
        ({THROTTLED: "80008"}, MachineHealth(slowed=True)),
        ({THROTTLED: "?"}, MachineHealth()),
        (
            {"sys/class/hwmon/hwmon1/name": "rpi_volt", "sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1"},
            MachineHealth(power_weak=True),
        ),
        ({"sys/class/hwmon/hwmon0/name": "nvme", "sys/class/hwmon/hwmon0/in0_lcrit_alarm": "1"}, MachineHealth()),
        ({THERMAL: "48312", "sys/class/thermal/thermal_zone1/temp": "51000"}, MachineHealth(degrees=51.0)),
        ({THERMAL: "80500"}, MachineHealth(degrees=80.5, slowed=True)),
        ({LIFE: "0x01 0x0a"}, MachineHealth(card_worn=100)),
        ({LIFE: "0x00 0x00"}, MachineHealth()),
        ({LIFE: "unknown"}, MachineHealth()),
        ({TABLE: DATA_TABLE, MOUNTED: "22 1 0:20 / /sys rw - sysfs sysfs rw\n"}, MachineHealth(data_missing=True)),
        (
            {TABLE: DATA_TABLE, MOUNTED: "70 29 179:3 / /var/lib/copperdesk rw - ext4 x rw"},
            MachineHealth(),
        ),
        ({TABLE: "LABEL=rootfs / ext4 defaults 0 1\n", MOUNTED: ""}, MachineHealth()),
        ({ERRORS: "3", "sys/fs/ext4/mmcblk0p2/errors_count": "0"}, MachineHealth(card_errors=3)),
    ],
)
def test_what_the_kernel_says_is_understood(tmp_path: Path, files: dict[str, str], health: MachineHealth) -> None:
    assert machine_health(says(tmp_path, files)) == health


async def test_what_is_wrong_now_is_a_fault_and_what_was_or_will_be_is_advice(tmp_path: Path) -> None:
    faults, advice = Faults(), Advice(AtomicFile(tmp_path / "advice.json"), RealClock())
    machine = says(tmp_path, {THROTTLED: "10001", THERMAL: "85000", ERRORS: "1", TABLE: DATA_TABLE})
    watch = MachineWatch(faults, advice, RealClock(), machine)
    await watch.look()
    assert (faults.now, advice.now) == ([WEAK, HOT, CARD_FAILS, DATA_MISSING], [])
    says(tmp_path, {THROTTLED: "10000", THERMAL: "60000", ERRORS: "0", TABLE: "", LIFE: "0x0b 0x01"})
    await watch.look()
    assert faults.now == []
    assert sorted((one.kind, one.about) for one, _ in advice.now) == [("card-worn", ("100",)), ("power-was-weak", ())]


async def test_a_clock_that_nobody_sets_is_told_after_some_minutes(tmp_path: Path) -> None:
    class Unset(RealClock):
        unsure = ((datetime.min.replace(tzinfo=UTC), None),)

    advice = Advice(AtomicFile(tmp_path / "advice.json"), RealClock())
    watch = MachineWatch(Faults(), advice, Unset(), tmp_path)
    await watch.look()
    assert advice.now == []
    await asyncio.sleep(CLOCK_TOLD_AFTER_S)
    await watch.look()
    assert [one.kind for one, _ in advice.now] == ["clock-unset"]

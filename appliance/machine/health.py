"""What the machine says of its power, heat and memory card, in files of its kernel.

A machine that says nothing of one of them, such as a computer on a desk, is taken to be well. Blocking, for
less than a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hw.said import said

THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled"
"""What the firmware of a Raspberry Pi says in one number, where its own kernel runs (see `vcgencmd get_throttled`)."""
WEAK_NOW, SLOWED_NOW, HOT_NOW, WEAK_BEFORE = 1 << 0, 1 << 2, 1 << 3, 1 << 16
"""Its bits: too little voltage; slowed down; the soft limit of the temperature; too little voltage since the start."""

VOLTAGE_SENSOR, VOLTAGE_ALARM = "rpi_volt", "in0_lcrit_alarm"
"""The same of the voltage alone, where Debian's kernel runs (its driver raspberrypi-hwmon)."""

TABLE, MOUNTED, DATA = "etc/fstab", "proc/self/mountinfo", "/var/lib/copperdesk"
"""What is to be mounted and what is; and where an image has its data partition."""

HOT_DEGREES = 80.0
"""From here on a Raspberry Pi slows itself down, as its maker's documentation says of all models."""
WORN_PERCENT = 90
"""A card that has lived so much of its life is to be replaced."""

WEAK = said("the power supply of this unit is too weak")
HOT = said("this unit is too hot, and works more slowly")
CARD_FAILS = said("the memory card of this unit makes errors")
DATA_MISSING = said("messages and settings on the memory card cannot be read, and what is new is lost with the power")
"""The faults of a machine."""


@dataclass(frozen=True, slots=True)
class MachineHealth:
    """How the machine is at this moment."""

    power_weak: bool = False
    """Its supply gives too little voltage."""
    power_was_weak: bool = False
    """It did so since the machine was started."""
    degrees: float | None = None
    """How hot the hottest part of its processor is (°C); None: not known."""
    slowed: bool = False
    """It works more slowly because it is hot."""
    card_worn: int | None = None
    """Of the life of its memory card, so much is over at most (percent); None: the card does not tell."""
    card_errors: int = 0
    """Errors that its file systems have met, ever."""
    data_missing: bool = False
    """The data partition of its image is not there: what this unit keeps is in memory, and lost when it stops."""


def machine_health(root: Path = Path("/")) -> MachineHealth:
    """root: the folder with the machine's `sys`."""
    bits = _number(root / THROTTLED, 16) or 0
    temperatures = [found for path in _found(root, "sys/class/thermal/thermal_zone*/temp") if (found := _number(path))]
    degrees = max(temperatures) / 1000 if temperatures else None
    return MachineHealth(
        power_weak=bool(bits & WEAK_NOW) or _voltage_alarm(root),
        power_was_weak=bool(bits & WEAK_BEFORE),
        degrees=degrees,
        slowed=bool(bits & (SLOWED_NOW | HOT_NOW)) or (degrees is not None and degrees >= HOT_DEGREES),
        card_worn=_worn(root),
        data_missing=_names(root / TABLE, 1, DATA) and not _names(root / MOUNTED, 4, DATA),
        card_errors=sum(_number(path) or 0 for path in _found(root, "sys/fs/ext4/*/errors_count")),
    )


def _names(table: Path, column: int, place: str) -> bool:
    """Whether a line of a table of mounts has this place in a column, counted from 0 (fstab(5), proc(5))."""
    return any(words[column : column + 1] == [place] for words in map(str.split, _text(table).splitlines()))


def _voltage_alarm(root: Path) -> bool:
    return any(
        _text(sensor / "name") == VOLTAGE_SENSOR and _number(sensor / VOLTAGE_ALARM) == 1
        for sensor in _found(root, "sys/class/hwmon/hwmon*")
    )


def _worn(root: Path) -> int | None:
    """The more worn of the two kinds of cells of an eMMC 5.0 (JESD84-B51, DEVICE_LIFE_TIME_EST_TYP_A and _B): each step
    is a tenth of its life, 11 means more than all. 0 is not defined. SD cards do not have it."""
    steps = []
    for path in _found(root, "sys/block/mmcblk*/device/life_time"):
        with suppress(ValueError):
            steps += [int(word, 16) for word in _text(path).split()]
    most = max(steps, default=0)
    return most * 10 if most else None


def _found(root: Path, pattern: str) -> Iterator[Path]:
    with suppress(OSError):
        yield from root.glob(pattern)


def _number(path: Path, base: int = 10) -> int | None:
    try:
        return int(_text(path), base)
    except ValueError:
        return None


def _text(path: Path) -> str:
    """Empty where it cannot be read."""
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""

"""The guide to the card of one's own making has the wiring that the driver uses.

.venv/bin/python -m tests.hw.test_gpiocard_guide         writes it anew
"""

from __future__ import annotations

import re
from pathlib import Path

from hw.gpiocard.pinmap import HEADER, DaaPins, SlicPins

GUIDE = Path(__file__).parents[2] / "docs" / "gpiocard.md"
TABLE = re.compile(r"(<!-- wiring -->\n).*?(<!-- end -->)", re.DOTALL)
WIRES = {
    "F/R": "to the chip: polarity, and ringing",
    "RM": "to the chip: high while it rings",
    "SHK": "from the chip: high while the telephone is off hook",
    "PD": "to the chip: low switches it off",
    "LSC": "to the chip: high closes the loop",
    "RS": "from the chip: pulses while the line rings",
    "LC": "from the chip: current flows in the loop",
    "LV+": "from the sensor: voltage in the usual direction",
    "LV-": "from the sensor: voltage in the other direction",
    "LVH": "from the sensor: more than 20 V",
}


def table() -> str:
    rows = ["| chip | pin | GPIO | pin of the header | what for |", "|---|---|---|---|---|"]
    for chip, pins in (("Ag1171", SlicPins().numbers()), ("Ag2130", DaaPins().numbers())):
        rows += [f"| {chip} | {pin} | {gpio} | {HEADER[gpio]} | {WIRES[pin]} |" for pin, gpio in pins.items()]
    return "\n".join(rows) + "\n"


def renewed(guide: str) -> str:
    return TABLE.sub(lambda found: found[1] + table() + found[2], guide)


def test_the_guide_has_the_drivers_wiring():
    assert GUIDE.read_text() == renewed(GUIDE.read_text())


def test_no_pin_is_used_twice_or_is_the_codecs_or_the_lamps():
    numbers = [*SlicPins().numbers().values(), *DaaPins().numbers().values()]
    assert len(numbers) == len(set(numbers))
    assert {2, 3, 17, 18, 19, 20, 21}.isdisjoint(numbers)


if __name__ == "__main__":
    GUIDE.write_text(renewed(GUIDE.read_text()))

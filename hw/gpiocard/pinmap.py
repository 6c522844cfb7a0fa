"""Which pin of the Raspberry Pi does what for each chip, by Broadcom numbers, and which codec carries its sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "right"]
"""The channel of the stereo codec."""

HEADER = {4: 7, 5: 29, 6: 31, 7: 26, 8: 24, 9: 21, 10: 19, 11: 23, 12: 32, 13: 33, 14: 8, 15: 10, 16: 36, 17: 11}
HEADER |= {2: 3, 3: 5, 18: 12, 19: 35, 20: 38, 21: 40, 22: 15, 23: 16, 24: 18, 25: 22, 26: 37, 27: 13}
"""Where each pin is on the 40-pin header, by its Broadcom number."""


@dataclass(frozen=True, slots=True)
class SlicPins:
    """The pins of a telephone's chip (Ag1171 or KS0835F). The defaults are those of the first one in the wiring table.

    All but `hook` are driven by us. None of the header's pins for the codec (I2C 2 and 3, I2S 18 to 21), or for the
    lamp (17), are used.
    """

    forward: int = 5
    """F/R, pin 3 of the chip: high for normal polarity. Ringing toggles it."""
    ring_mode: int = 6
    """RM, pin 4: high while it rings, and only then."""
    hook: int = 13
    """SHK, pin 5: the chip drives it high while the telephone is off hook."""
    power_down: int = 16
    """PD, pin 14: pulled low it switches the chip off. It is never driven high."""

    def numbers(self) -> dict[str, int]:
        """What each pin is for, by the name on the chip."""
        return {"F/R": self.forward, "RM": self.ring_mode, "SHK": self.hook, "PD": self.power_down}


@dataclass(frozen=True, slots=True)
class DaaPins:
    """The pins of a line's chip (Ag2130), and of the sensor of the line's voltage beside it.

    None of the chip's own pins tells the voltage of a line on hook. A line without the sensor (None for its pins)
    counts as alive until it is seized, its reversals are not seen, and neither is another telephone on it.
    """

    loop: int = 22
    """LSC: high closes the loop."""
    ring: int = 23
    """RS: a pulse in each cycle of ring voltage, or in each half."""
    current: int = 24
    """LC: there is current in the loop."""
    normal: int | None = 25
    """The sensor: more than 3 V on the line, in the usual direction."""
    reversed: int | None = 26
    """The sensor: more than 3 V in the other direction."""
    idle: int | None = 27
    """The sensor: more than 20 V in either direction, so that nobody on the line is off hook."""
    ring_low: bool = False
    """RS is low during a pulse. The data sheet in our hands does not tell; look at your chip's."""
    current_low: bool = False
    """LC is low while there is current. The same."""

    def numbers(self) -> dict[str, int]:
        """What each pin is for, by the name on the chip or in the wiring table."""
        pins = {"LSC": self.loop, "RS": self.ring, "LC": self.current}
        if not self.sensed:
            return pins
        sensor = {"LV+": self.normal, "LV-": self.reversed, "LVH": self.idle}
        return pins | {name: number for name, number in sensor.items() if number is not None}

    @property
    def sensed(self) -> bool:
        """There is a sensor of the line's voltage."""
        return None not in (self.normal, self.reversed, self.idle)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One chip: the port it is, its pins, and the channel of the codec that carries its sound."""

    port: str
    """The port's name on this unit, such as `gpio-fxs-1`."""
    pins: SlicPins | DaaPins
    codec: str = "plughw:0"
    """The ALSA device of the codec. `plughw:` converts where the codec does not do 8000 Hz."""
    side: Side = "left"

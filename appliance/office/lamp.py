"""The message lamp of the unit, as an office document has it. `hw.led` drives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.field import Limits


@dataclass(frozen=True, slots=True)
class MessageLamp:
    """The message lamp on the unit."""

    gpio: Annotated[int, Limits(0, 27), "The GPIO line the lamp hangs on, by its BCM number."] = 17

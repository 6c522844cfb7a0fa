"""What is done when a modem does not answer, one after the other, until it does:

1. `HANG_UP`: take DTR away for a moment, which hangs up, and set it up again.
2. `ESCAPE`: leave whatever mode it may be in by +++, and hang up.
3. `RESET`: take it from its driver and give it back, as if it were unplugged.
4. `UNPLUG`: tell people, once, to unplug it, since only that helps where its processor hangs: a USB socket has power
   while the computer restarts. It is tried again every half minute.
"""

from __future__ import annotations

from enum import Enum


class RecoveryStep(Enum):
    """What is done next about a modem that does not answer."""

    NONE = "it is only opened"
    HANG_UP = "DTR is taken away"
    ESCAPE = "+++ and ATH"
    RESET = "it is reset by USB"
    UNPLUG = "people are asked to unplug it"


AFTER = {
    RecoveryStep.NONE: RecoveryStep.HANG_UP,
    RecoveryStep.HANG_UP: RecoveryStep.ESCAPE,
    RecoveryStep.ESCAPE: RecoveryStep.RESET,
    RecoveryStep.RESET: RecoveryStep.UNPLUG,
    RecoveryStep.UNPLUG: RecoveryStep.UNPLUG,
}
"""What is done where that did not help."""

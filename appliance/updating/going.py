"""Ending a daemon so that another version takes its place: never while a call goes on.

The daemon itself decides when: it ends by itself as soon as no call is on any line, which nobody outside could ask for
without a call beginning in between, and systemd starts it again. Only a version that cannot be asked is ended from
outside. One of which the control socket does not answer for so long as systemd's watchdog waits takes no calls either.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError

log = logging.getLogger(__name__)

GONE: Final = ("not-running", "connection-lost")
"""Codes of a daemon that is not there."""
UNCLEAR: Final = (KeyError, TypeError, AttributeError)
"""How an answer fails that is not as agreed."""
ANSWER_S: Final = 30.0
"""As `WatchdogSec` of copperdesk.service: whoever has not answered by then hangs."""
PAUSE_S: Final = 1.0
_IN_CALLS: Final = ("ringing", "seized", "up", "off-hook")
"""States of lines and telephones. One that was left off hook is `locked-out`, and has no call."""


async def end_when_idle(socket: Path, end: Callable[[], int], answer_s: float = ANSWER_S) -> int:
    """Have the daemon end as soon as no call is on any line. The exit status of what had to be done for that.

    end: ends it at once, from outside, and starts it again. answer_s: how long an answer may take.
    """
    try:
        await _ask(socket, "update.leave", answer_s)
        return 0
    except (ControlError, TimeoutError) as error:  # It is not there, hangs, or is a version that knows no such thing.
        log.info("the daemon does not end by itself: %s", error)
    while await calls_go_on(socket, answer_s):  # noqa: ASYNC110 - another process works
        await asyncio.sleep(PAUSE_S)
    return end()


async def calls_go_on(socket: Path, answer_s: float = ANSWER_S) -> bool:
    """Whether the daemon has any call; one that does not answer, or not as agreed, has none."""
    try:
        status = await _ask(socket, "status", answer_s)
        states = [line["state"] for line in (*status["trunks"], *status["stations"])]
        return bool(status["calls"] or status["parked"]) or any(state in _IN_CALLS for state in states)
    except (ControlError, TimeoutError, *UNCLEAR):
        return False


async def _ask(socket: Path, method: str, answer_s: float) -> dict[str, Any]:
    async with asyncio.timeout(answer_s), ControlClient(socket) as control:
        answer: dict[str, Any] = await control.call(method)
        return answer

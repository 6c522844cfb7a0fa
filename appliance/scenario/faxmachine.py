"""A fax machine where a telephone of the exchange has its handset: it sends pages, or gives up, and hangs up."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from pathlib import Path

from appliance.fax.job import FaxResult, Sending
from appliance.fax.terminal import FaxTerminal
from hw.audio import SILENCE, Frame
from hw.sim.telephone import Telephone

LONGEST_SECONDS = 900.0
"""The machine gives up behind so long, whatever it hears."""


async def send_fax(telephone: Telephone, pages: int, subaddress: str = "") -> FaxResult | None:
    """Send so many pages to whoever answers, from CNG to the end. None: the line was dead.

    subaddress: for whom the fax is, as the machine tells it (SUB); or empty.
    """
    from appliance.fax.shortpages import short_pages  # The daemon knows this module, and has no need to draw.

    answer, over = SILENCE, asyncio.Event()

    def heard(frame: Frame) -> None:
        nonlocal answer
        answer = terminal.feed(frame)
        if terminal.result is not None:
            over.set()

    with tempfile.TemporaryDirectory() as folder:
        file = short_pages(Path(folder) / "pages.tif", pages)
        sending = Sending(file, telephone.name, "", subaddress=subaddress)
        terminal = FaxTerminal(sending, lambda _progress: None)
        before, telephone.microphone = telephone.microphone, lambda: answer
        telephone.listeners.append(heard)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), LONGEST_SECONDS)
        finally:
            telephone.listeners.remove(heard)
            telephone.microphone = before
            if telephone.off_hook:
                telephone.hang_up()
        return terminal.result

"""A fax machine where a telephone of the exchange has its handset: it sends or takes pages, and hangs up."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from appliance.fax.job import FaxResult, Receiving, Sending
from appliance.fax.terminal import FaxTerminal
from hw.audio import SILENCE, Frame
from hw.sim.telephone import Telephone


class Handset(Protocol):
    """What a fax machine needs of the telephone that it stands in for. It is off hook."""

    off_hook: bool
    listeners: list[Callable[[Frame], None]]
    microphone: Callable[[], Frame | None]

    def hang_up(self) -> None: ...


LONGEST_SECONDS = 900.0
"""The machine gives up behind so long, whatever it hears."""


async def send_fax(telephone: Telephone, pages: int, subaddress: str = "") -> FaxResult | None:
    """Send so many pages to whoever answers, from CNG to the end. None: the line was dead.

    subaddress: for whom the fax is, as the machine tells it (SUB); or empty.
    """
    from appliance.fax.shortpages import short_pages  # The daemon knows this module, and has no need to draw.

    with tempfile.TemporaryDirectory() as folder:
        file = short_pages(Path(folder) / "pages.tif", pages)
        return await be_a_fax_machine(telephone, Sending(file, telephone.name, "", subaddress=subaddress))


async def be_a_fax_machine(telephone: Handset, job: Sending | Receiving) -> FaxResult | None:
    """Send, or receive, on a call that is there, and hang up. None: the line was dead."""
    answer, over = SILENCE, asyncio.Event()

    def heard(frame: Frame) -> None:
        nonlocal answer
        answer = terminal.feed(frame)
        if terminal.result is not None:
            over.set()

    terminal = FaxTerminal(job, lambda _progress: None)
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

"""A unit in a folder of its own, and its people; all of it goes away at the end."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.demo.people import DemoPeople, colleagues
from hw.tones.toneplan import tone_plan

BEGINS_WITHIN_S = 600.0
"""The first time, all prompts are spoken."""
ENDS_WITHIN_S = 20.0
_LOOK_EVERY_S = 0.5


async def demonstrate(
    office: Path, web_port: int | None, calls_an_hour: float, seconds: float | None, told: Callable[[str], None]
) -> int:
    """Run until SIGINT or SIGTERM, or for so many seconds: the exit code. web_port: None for no page.

    told: what somebody begins to do.
    """
    with tempfile.TemporaryDirectory(prefix="copperdesk-demo-") as folder:
        data = Path(folder) / "data"
        fax = Path(folder) / "fax.tif"
        await asyncio.to_thread(_draw, fax)
        page = ("--web", "--web-port", str(web_port)) if web_port is not None else ()
        command = (sys.executable, "-m", "appliance.cli", "run", "--data", str(data), "--office", str(office), *page)
        # A session of its own: Ctrl-C reaches this process alone, which ends the unit when its people have gone.
        unit = await asyncio.create_subprocess_exec(*command, start_new_session=True)
        using = asyncio.ensure_future(_used(unit, data, office, fax, calls_an_hour, told))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, using.cancel)
        try:
            return await asyncio.wait_for(using, seconds)
        except (TimeoutError, asyncio.CancelledError):
            return 0
        finally:
            await _end(unit)


async def _used(
    unit: Process, data: Path, office: Path, fax: Path, calls_an_hour: float, told: Callable[[str], None]
) -> int:
    """Have people use it for as long as it runs."""
    control = await _reached(unit, ControlClient(DataFolder(data).socket))
    if control is None:
        return 1
    document = json.loads(await asyncio.to_thread(office.read_text, encoding="utf-8"))
    plan = tone_plan(document["country"])
    try:
        await DemoPeople(control, colleagues(document), plan, fax, Random(), told).live(calls_an_hour)
    except* ControlError:  # The unit has ended.
        pass
    finally:
        await control.close()
    return 1


async def _reached(unit: Process, control: ControlClient) -> ControlClient | None:
    """The unit, once it answers; None where it has ended, or takes too long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(BEGINS_WITHIN_S):
            while unit.returncode is None:
                with suppress(ControlError):
                    await control.connect()
                    return control
                await asyncio.sleep(_LOOK_EVERY_S)
    return None


async def _end(unit: Process) -> None:
    if unit.returncode is not None:
        return
    unit.terminate()
    try:
        await asyncio.wait_for(unit.wait(), ENDS_WITHIN_S)
    except TimeoutError:
        unit.kill()
        await unit.wait()


def _draw(fax: Path) -> None:
    from appliance.fax.shortpages import short_pages

    short_pages(fax, 1)

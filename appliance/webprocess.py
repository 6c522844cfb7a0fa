"""The local web page as a child of the daemon, for `copperdesk run --web`. A unit of our image has it from systemd."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

log = logging.getLogger(__name__)

AGAIN_AFTER_S = 5.0
"""How long after the page's process has ended it is begun again: a reason such as a port in use may go by itself."""


async def keep_page_running(data: Path, port: int) -> None:
    """Have the process of the page run until this is cancelled, and end it then."""
    command = [sys.executable, "-m", "appliance.cli", "web", "--data", str(data), "--port", str(port)]
    while True:
        process = await asyncio.create_subprocess_exec(*command)
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()
        log.error("the web page ended (exit status %s); it is started again", process.returncode)
        await asyncio.sleep(AGAIN_AFTER_S)

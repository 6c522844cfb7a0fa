"""The carrier of a real unit: each parcel is sent by a process of its own, at the lowest priority."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict

from appliance.notify.parcel import Job, SendFailed

LONGEST_SECONDS = 300.0
"""A server may answer each time in time and still be too slow as a whole."""


class ProcessCarrier:
    """See `Carrier`. longest_seconds: how long one parcel may take in all."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest = longest_seconds

    async def carry(self, job: Job) -> None:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "appliance.notify.delivery",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            raise SendFailed(f"what sends letters cannot be started: {error.strerror}", server=True) from error
        try:
            async with asyncio.timeout(self._longest):
                told, _ = await process.communicate(json.dumps(asdict(job)).encode())
            answer = json.loads(told)
        except TimeoutError:
            raise SendFailed(f"it was not sent within {self._longest:.0f} seconds", server=True) from None
        except ValueError:
            raise SendFailed("what sends letters has failed", server=False) from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if answer["why"]:
            raise SendFailed(answer["why"], server=answer["server"])

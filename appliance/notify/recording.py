"""The carrier of simulations: it sends nothing, and remembers what it would have sent."""

from __future__ import annotations

from appliance.notify.parcel import Job, SendFailed


class RecordingCarrier:
    """See `Carrier`. carried: what has arrived. down: why nothing gets through now; empty: everything does.

    refused: the addresses that take nothing, with what they answer. tries: how often anything was tried.
    """

    def __init__(self) -> None:
        self.carried: list[Job] = []
        self.down = ""
        self.refused: dict[str, str] = {}
        self.tries = 0

    async def carry(self, job: Job) -> None:
        self.tries += 1
        if self.down:
            raise SendFailed(self.down, server=True)
        if job.to in self.refused:
            raise SendFailed(self.refused[job.to], server=False)
        self.carried.append(job)

"""All that sends faxes, put together for one unit."""

from __future__ import annotations

from pathlib import Path

from appliance.calls.faxcarriers import FaxCarriers
from appliance.calls.services import Services
from appliance.calls.tasks import Tasks
from appliance.fax.sending.folder import FolderWatch
from appliance.fax.sending.handing import FaxIntake
from appliance.fax.sending.mailtaking import FaxMail
from appliance.fax.sending.queue import FaxQueue
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.fax.sending.telling import FaxLetters, KeepLetter
from appliance.media.engine import Engine
from appliance.switchboard import Switchboard


class FaxDispatch:
    """`start` it once the lines are there. folder: where the queue is on disk. sent: where what is over is kept.
    keep_letter: see `KeepLetter`. carriers: the engines."""

    def __init__(
        self,
        folder: Path,
        sent: Path,
        services: Services,
        switchboard: Switchboard,
        engine: Engine,
        keep_letter: KeepLetter,
        carriers: FaxCarriers,
    ) -> None:
        self.queue = FaxQueue(FaxQueueStore(folder, sent), services, switchboard, engine, carriers)
        """All faxes that are to be sent, or were."""
        self.intake = FaxIntake(self.queue, services, switchboard)
        """Where faxes are handed in."""
        self._tasks = Tasks(services.faults)
        self.letters = FaxLetters(self.queue, keep_letter, self._tasks, lambda: switchboard.office)
        """What is written to senders."""
        self._folder = FolderWatch(self.intake, services.faults)
        self.mail = FaxMail(folder / "mail", self.intake, self.letters, services.faults)
        """Faxing by mail."""

    async def start(self) -> None:
        """Go on with what waits, and take what comes."""
        await self.queue.start()
        self.office_changed()

    def office_changed(self) -> None:
        """Another office is in use, or the same with other settings."""
        self._folder.use()
        self.mail.use()
        self.queue.look()

    async def close(self) -> None:
        """Take and send nothing more. What is in the queue stays there."""
        await self._folder.close()
        await self.mail.close()
        await self._tasks.close()
        await self.queue.close()

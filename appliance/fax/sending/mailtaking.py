"""Faxing by mail, as the unit sees it: the server is kept running, and what it has taken is handed in."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.calls.faults import Faults
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.handing import FaxIntake, FaxWish, NotTaken
from appliance.fax.sending.mailspool import MailSpool, ServerSettings, envelope_of
from appliance.fax.sending.queued import HandedInBy
from appliance.fax.sending.telling import FaxLetters
from appliance.office.model import Office, Person
from hw.said import Said, said, told_by

READING_SECONDS = 60.0
AGAIN_SECONDS = 60.0
"""How long after the server has failed it is started again, and what the disk did not take is handed in again."""
WRONG = {
    "nested": said("The mail has too many parts inside one another. Send the file alone."),
    "too-many": said("The mail has too many files. Send them in several mails."),
    "empty": said("The mail has neither a file nor a text."),
}
BROKEN = said("The mail could not be read. Send the file once more.")


def senders(office: Office) -> dict[str, Person]:
    """Whoever may send faxes by mail, by their mail addresses in small letters."""
    allowed = [person for person in office.people if office.fax.sending.may_send(person.id)]
    return {person.notify.mail.lower(): person for person in reversed(allowed) if person.notify.mail}


class FaxMail:
    """`use` what the office says now; nothing runs where it takes no mail."""

    def __init__(self, folder: Path, intake: FaxIntake, letters: FaxLetters, faults: Faults) -> None:
        self.port = 0
        """At which mail is taken now; 0: at none."""
        self._folder = folder
        self._spool = MailSpool(folder)
        self._intake = intake
        self._letters = letters
        self._faults = faults
        self._tasks = Tasks(faults)
        self._settings: ServerSettings | None = None
        self._running: asyncio.Task[None] | None = None
        self._handing = asyncio.Lock()
        self._again: asyncio.Task[None] | None = None
        self._fault: Said | None = None

    def use(self) -> None:
        """Take mail as the office wants it now."""
        office = self._intake.office
        mail = office.fax.sending.mail
        settings = ServerSettings(mail.port, mail.domain, tuple(sorted(senders(office))), str(self._folder))
        wanted = settings if mail.port else None
        if wanted == self._settings:
            return
        self._settings = wanted
        if self._running is not None:
            self._running.cancel()
            self._running = None
        self._tell(None)
        if wanted is not None:
            self._running = self._tasks.begin("the taking of faxes by mail", self._run(wanted))

    async def close(self) -> None:
        """Take no more. What was taken stays in the spool."""
        self._settings = None
        await self._tasks.close()

    async def _run(self, settings: ServerSettings) -> None:
        await off_loop(self._spool.open)
        await self.hand_in()
        while True:
            try:
                why = await self._served(settings)
            except OSError as error:
                why = told_by(error)
            self._tell(said("faxes are not taken by mail at port %(port)s: %(why)s", port=settings.port, why=why))
            await asyncio.sleep(AGAIN_SECONDS)

    async def _served(self, settings: ServerSettings) -> str:
        """Have the server run until it ends, and hand in what it takes. Returns why it has ended."""
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "appliance.fax.sending.mailserver"]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        assert process.stdin is not None
        assert process.stdout is not None
        why = "it has ended"
        try:
            process.stdin.write(json.dumps(asdict(settings)).encode() + b"\n")
            while line := (await process.stdout.readline()).decode().strip():
                word, _, rest = line.partition(" ")
                if word == "ready":
                    self.port = int(rest)
                    self._tell(None)
                elif word == "failed":
                    why = rest
                else:
                    await self.hand_in()
            return why
        finally:
            self.port = 0
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def hand_in(self) -> None:
        """Put all that is in the spool into the queue. What the disk does not take stays there, and is tried again."""
        async with self._handing:
            try:
                for path in await off_loop(self._spool.waiting):
                    await self._one(path)
                    await off_loop(self._spool.remove, path)
            except OSError as error:
                self._tell(said("faxes that came by mail cannot be handed in: %(why)s", why=told_by(error)))
                if self._again is None:
                    self._again = self._tasks.begin("the handing in of faxes by mail", self._hand_in_later())
            else:
                self._tell(None)

    async def _hand_in_later(self) -> None:
        await asyncio.sleep(AGAIN_SECONDS)
        self._again = None
        await self.hand_in()

    async def _one(self, path: Path) -> None:
        try:
            envelope = await off_loop(envelope_of, path)
        except (ValueError, KeyError, TypeError):
            return
        sender = senders(self._intake.office).get(envelope.sender)
        if sender is None:  # They may no more, since the mail was taken.
            return
        with tempfile.TemporaryDirectory() as folder:
            mail = await off_loop(_read, path, Path(folder))
            for to in envelope.to:
                await self._take(mail, to, sender, f"mail {path.name} {to}")

    async def _take(self, mail: dict[str, Any], to: str, sender: Person, source: str) -> None:
        if mail.get("wrong") == "automatic":
            return
        if "wrong" in mail:
            await self._letters.refused(sender.id, to, "", str(WRONG.get(mail["wrong"], BROKEN)))
            return
        files = [FileToSend(Path(file["path"]), file["name"]) for file in mail["files"]]
        covered = self._intake.queue.settings.cover  # Scanners write something in each mail, which is no note.
        wish = FaxWish(to, files, sender.id, note=mail["note"], cover=covered, way=HandedInBy.MAIL, source=source)
        try:
            await self._intake.take(wish)
        except NotTaken as refused:
            await self._letters.refused(sender.id, to, mail["subject"], str(refused.why))

    def _tell(self, fault: Said | None) -> None:
        if self._fault is not None and fault != self._fault:
            self._faults.withdraw(self._fault)
        if fault is not None:
            self._faults.report(fault)
        self._fault = fault


def _read(path: Path, folder: Path) -> dict[str, Any]:
    """Take a mail apart, in a process with limits. Blocks."""
    command = [sys.executable, "-m", "appliance.fax.sending.mailreading", str(path), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=READING_SECONDS, check=False)
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"wrong": "broken"}
    return found

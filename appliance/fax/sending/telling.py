"""Whoever sends a fax is written to when it is given up; and with its proof when it came by mail and is delivered."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from appliance.calls.letters import Letter, LetterKind
from appliance.calls.tasks import Tasks
from appliance.clock import off_loop
from appliance.fax.making.refusal import CannotBeFaxed
from appliance.fax.sending.causes import why
from appliance.fax.sending.proving import prove
from appliance.fax.sending.queue import FaxQueue
from appliance.fax.sending.queued import FaxState, HandedInBy, QueuedFax
from appliance.office.model import Office

KeepLetter = Callable[[Letter], Awaitable[bool]]
"""Keeps a letter, which is on disk once this returns, and sends it."""


class FaxLetters:
    """Writes them. The office's own faxes are the operator's affair."""

    def __init__(self, queue: FaxQueue, keep: KeepLetter, tasks: Tasks, office: Callable[[], Office]) -> None:
        self._queue = queue
        self._keep = keep
        self._tasks = tasks
        self._office = office
        queue.ended.subscribe(self._ended)

    async def refused(self, person: str, to: str, what: str, reason: str) -> None:
        """A fax that somebody wanted sent by mail was not taken at all. person: the sender's id."""
        facts = {"number": to, "what": what, "reason": reason, "when": self._queue.now().isoformat()}
        await self._keep(Letter(LetterKind.FAX_NOT_SENT, person, facts))

    def _ended(self, fax: QueuedFax) -> None:
        if fax.state is not FaxState.CANCELLED and (fax.state is not FaxState.DELIVERED or fax.way is HandedInBy.MAIL):
            self._tasks.begin("the telling of a fax", self._tell(fax))

    async def _tell(self, fax: QueuedFax) -> None:
        office = self._office()
        delivered = fax.state is FaxState.DELIVERED
        facts = {
            "number": fax.number,
            "to": fax.to,
            "what": fax.title,
            "pages": f"{fax.confirmed} / {fax.pages}",
            "when": (fax.over or self._queue.now()).isoformat(),
            "reason": "" if delivered else str(why(fax) or ""),
            "key": f"fax {fax.id}",
        }
        kind = LetterKind.FAX_SENT if delivered else LetterKind.FAX_NOT_SENT
        letter = Letter(kind, fax.person or office.operator, facts)
        with tempfile.TemporaryDirectory() as folder:
            proof = Path(folder) / "proof.pdf"
            try:
                await off_loop(prove, self._queue.store, fax, proof, office)
            except (CannotBeFaxed, OSError):
                await self._keep(letter)
            else:
                await self._keep(replace(letter, facts={**facts, "proof": "yes"}, attached=proof))

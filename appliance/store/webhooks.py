"""The addresses that are told what happens, in one small file. Their secrets are in it, so it is the owner's alone."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from appliance.store.atomic import AtomicFile, DamagedFile

MOST_WEBHOOKS = 20


class TooManyWebhooks(ValueError):
    """There are as many as there may be."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address."""

    id: str
    url: str
    events: tuple[str, ...]
    """What it is told of."""
    secret: str
    """What is told is signed with it."""


class WebhookStore:
    """All of them. Methods block, may be called from any thread, and raise OSError and StoreFull."""

    def __init__(self, path: Path) -> None:
        self._file = AtomicFile(path)
        self._lock = Lock()

    def all(self) -> list[Webhook]:
        """In the order in which they came. A damaged file is set aside, and there are none."""
        with self._lock:
            return self._read()

    def add(self, url: str, events: tuple[str, ...]) -> Webhook:
        """One more, with a new secret. Raises TooManyWebhooks."""
        with self._lock:
            there = self._read()
            if len(there) >= MOST_WEBHOOKS:
                raise TooManyWebhooks
            new = Webhook(secrets.token_hex(8), url, events, secrets.token_urlsafe(32))
            self._write([*there, new])
        return new

    def remove(self, id: str) -> bool:
        """Whether it was there."""
        with self._lock:
            there = self._read()
            left = [one for one in there if one.id != id]
            if len(left) < len(there):
                self._write(left)
        return len(left) < len(there)

    def _read(self) -> list[Webhook]:
        try:
            content = self._file.read()
        except DamagedFile:
            self._file.set_aside()
            content = None
        return [Webhook(**(one | {"events": tuple(one["events"])})) for one in json.loads(content or b"[]")]

    def _write(self, webhooks: list[Webhook]) -> None:
        self._file.write(json.dumps([asdict(one) for one in webhooks]).encode())

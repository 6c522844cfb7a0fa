"""The log of changes: every method that changes the unit for all is noted as it is done, and `changes.list` tells.

Such a method takes `by`, the name of whoever is signed in, whether it uses it or not. What it is about goes into the
log by `RECORDED` alone, where no password, PIN or secret stands.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlsplit

from appliance.api.versions import kept_wording
from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.signal import Signal
from appliance.clock import Clock, off_loop
from appliance.control.local import Handler, Offers
from appliance.control.params import NONE, Param, Params
from appliance.control.server import ControlServer
from appliance.faultlog import kind_and_place
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.store.versions import VersionStore
from hw.said import Wording

log = logging.getLogger(__name__)

OFFICE = "office"
"""What a new version of the office document is called among the changes."""
RESTORED = "restore"
"""The same for a backup that took the place of what the unit had."""
BY_TELEPHONE, BY_BUTTON = "tel:", "button:"
"""Stands before the name of whoever changed something by telephone; no account has a colon in its name."""
MOST_AT_ONCE = 200
LONGEST = 200
"""Characters of each thing that a change is about."""

About = Callable[[dict[str, Any]], tuple[str, ...]]


def _of(*names: str) -> About:
    """These parameters, as they are."""
    return lambda params: tuple(str(params[name]) for name in names)


def _on(*names: str) -> About:
    """These parameters, and whether it was switched on or off."""
    return lambda params: (*(str(params[name]) for name in names), "on" if params["on"] else "off")


def _changed(params: dict[str, Any]) -> tuple[str, ...]:
    """Whose account, and which of its fields."""
    fields = [name for name in ("role", "person", "language") if params[name] is not None]
    return (params["name"], *fields, *(["password"] if params["hash"] is not None else []))


def _access(params: dict[str, Any]) -> tuple[str, ...]:
    return ("anywhere" if params["anywhere"] else "office", *map(str, params["names"]))


def _host(url: str) -> str:
    """Where it leads: what stands behind may be a secret."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


RECORDED: dict[str, About] = {
    "accounts.add": _of("name", "role"),
    "accounts.change": _changed,
    "accounts.remove": _of("name"),
    "accounts.set-access": _access,
    "accounts.set-second-factor": lambda params: (params["name"], "on" if params["secret"] else "off"),
    "recovery.set-password": _of("account"),
    "tokens.add": _of("name", "scope"),
    "tokens.remove": _of("id"),
    "webhooks.add": lambda params: (_host(params["url"]),),
    "webhooks.remove": _of("id"),
    "backup.begin": _of(),
    "nightly.set": _of("kind"),
    "nightly.stop": _of(),
    "night.set": _of("mode", "until"),
    "announcement.set": _on(),
    "people.do-not-disturb": _on("person"),
    "people.forward": _of("person", "when"),
    "people.presence": lambda params: (params["person"], "here" if params["here"] else "away"),
    "people.member": lambda params: (params["person"], params["department"], "in" if params["logged_in"] else "out"),
    "greetings.set": _of("person"),
    "greetings.remove": _of("person"),
    "prompts.record": _of("place"),
    "sounds.remove": _of("place"),
    "sounds.back": _of("place"),
    "music.add": _of("title"),
    "music.remove": _of(),
    "network.try-name": _of("name"),
    "network.try-address": lambda params: () if params["automatic"] else (params["address"],),
    "network.confirm": _of(),
    "network.take-back": _of(),
    "network.set-time-servers": lambda params: tuple(map(str, params["servers"])),
}
"""The methods that are noted, each with what of its parameters is."""


class ChangeFacts(TypedDict):
    """A change. at: in ISO 8601, on the office's clock."""

    at: str
    by: str
    """The account that did it; empty: nobody who was signed in, but a command or a program. With `BY_TELEPHONE` in
    front, the name of whoever did it so. `BY_BUTTON`: whoever has pressed a button on the unit."""
    what: str
    """The method that did it, or `office` for a new version of the office document."""
    about: list[str]
    """What was changed; for the office document, sentences."""
    wordings: list[Wording]
    """The same sentences, for whoever says them in another language; of anything else nothing."""


class ChangeList(TypedDict):
    """changes: the newest first. total: how many there are of which these are some."""

    changes: list[ChangeFacts]
    total: int


class RecordingServer(ControlServer):
    """A control server that notes each change in a log, once it is done."""

    def __init__(self, path: Path, store: ChangeStore, clock: Clock) -> None:
        super().__init__(path)
        self._store = store
        self._clock = clock
        self._noting: set[asyncio.Task[None]] = set()

    def note_telephones(self, changed: Signal[[ChangedByTelephone]]) -> None:
        """Note from now on what is changed by telephone."""
        changed.subscribe(self._by_telephone)

    async def all_noted(self) -> None:
        """Wait until all is noted that was changed by telephone. The log may be closed once there are no calls."""
        await asyncio.gather(*self._noting)

    def method(self, name: str, handler: Handler, declared: Params = NONE) -> None:
        if name not in RECORDED:
            super().method(name, handler, declared)
        else:
            noted = partial(self._noted, name, handler, "by" in declared)
            super().method(name, noted, {"by": Param(str, ""), **declared})

    async def _noted(self, name: str, handler: Handler, takes_by: bool, params: dict[str, Any]) -> Any:
        by, about = params["by"], tuple(text[:LONGEST] for text in RECORDED[name](params))
        if not takes_by:
            del params["by"]
        result = await handler(params)
        await self._note(NotedChange(self._clock.now(), by, name, about))
        return result

    def _by_telephone(self, one: ChangedByTelephone) -> None:
        """No caller waits for the disk."""
        by = f"{BY_TELEPHONE}{one.by}" if one.by else BY_BUTTON
        change = NotedChange(self._clock.now(), by, one.what, one.about)
        task = asyncio.get_running_loop().create_task(self._note(change), name="notes a change by telephone")
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)

    async def _note(self, change: NotedChange) -> None:
        try:
            await off_loop(partial(self._store.add, change, may_forget=self._clock.may_delete))
        except OSError as error:  # What was done is done.
            log.error("a change was not noted: %s", kind_and_place(error))


def offer_changes(
    control: Offers, store: ChangeStore, versions: VersionStore, local: Callable[[datetime], datetime]
) -> None:
    """Put the method on the socket. local: a moment on the office's own clock."""

    async def listed(params: dict[str, Any]) -> ChangeList:
        found = await off_loop(_found, store, versions, params["find"].casefold().strip())
        after = max(params["after"], 0)
        some = found[after : after + max(1, min(params["limit"], MOST_AT_ONCE))]
        facts = [
            ChangeFacts(at=local(one.at).isoformat(), by=one.by, what=one.what, about=list(one.about), wordings=words)
            for one, words in some
        ]
        return ChangeList(changes=facts, total=len(found))

    control.method("changes.list", listed, {"find": Param(str, ""), "after": Param(int, 0), "limit": Param(int, 50)})


def _found(store: ChangeStore, versions: VersionStore, find: str) -> Sequence[tuple[NotedChange, list[Wording]]]:
    """All changes by whom, or about what, this is part of, with how those of the office are worded; the newest first.

    Blocking. All are looked through for each page, so nothing is made anew of the sentences that are kept.
    """
    of_office = [
        (
            NotedChange(version.at, version.by, OFFICE, tuple(one["text"] for one in version.changes)),
            [kept_wording(one) for one in version.changes],
        )
        for version in versions.all()
    ]
    noted: list[tuple[NotedChange, list[Wording]]] = [(one, []) for one in store.all()]
    every = sorted((*noted, *of_office), key=lambda found: found[0].at, reverse=True)
    return (
        [one for one in every if any(find in text.casefold() for text in (one[0].by, *one[0].about))] if find else every
    )

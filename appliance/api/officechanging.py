"""Another office document in place of the one in use: checked, spoken, stored, used, and kept as a version."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.dahdi import dahdi_channels
from appliance.office.changewords import ToldChange, changes, sound_change
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.office import OfficeStore, StoreFull
from appliance.store.versions import VersionStore
from appliance.unit import Unit
from hw.said import Wording, said, told_by, wording

FOUND = ""
"""Who saved a document that was put into the store while the daemon did not run."""

MOST_CHANGES = 200
"""Kept with a version. What is beyond can be worked out from the documents."""


class Loaded(TypedDict):
    """later: what of it is used only when no call is on any line; all else is used now. warnings: for people.

    revision: of the document that is in use now.
    """

    later: list[str]
    warnings: list[str]
    warning_wordings: list[Wording]
    revision: str


Load = Callable[[dict[str, Any], str], Awaitable[Loaded]]
"""Puts a document in place of the one in use. The text: the revision that it was made from; empty: of any."""


class OfficeChanging:
    """change_led: takes the lamps, buzzer, buttons and modem that the office names. make_anew: the unit has to be put
    together anew, by this office.

    All changes of the document go through here, one at a time, so that the office stored last is the one in use, and
    the newest version.
    """

    def __init__(
        self,
        unit: Unit,
        store: OfficeStore,
        versions: VersionStore,
        *,
        change_led: Callable[[Office], Awaitable[None]],
        make_anew: Callable[[], None],
    ) -> None:
        self._unit = unit
        self._store = store
        self._versions = versions
        self._change_led = change_led
        self._make_anew = make_anew
        self._loading = asyncio.Lock()

    async def document(self) -> dict[str, Any] | None:
        """As it was last saved; None while there is none."""
        return (await off_loop(self._store.load)).document

    async def load(
        self,
        document: dict[str, Any],
        *,
        expected: str = "",
        by: str = "",
        sounds: Mapping[str, str] | None = None,
    ) -> Loaded:
        """Put it in place. expected: the revision that is in use, as far as whoever asks knows; empty: whatever is.

        sounds: recordings, or the text (""), that come into use with it by their places, as far as they are there.

        Raises ControlError: `office-refused`, `office-changed`, `voice-failed`, `disk-full`.
        """
        try:
            office = await off_loop(office_of, document)
        except OfficeErrors as errors:
            raise ControlError("office-refused", told_by(errors)) from errors
        async with self._loading:
            stored = await self.document()
            newest = await off_loop(self._versions.newest_id)
            if expected and expected != revision(stored):
                raise ControlError("office-changed", said("somebody else has changed the office meanwhile"))
            try:
                await self._unit.prepare(office)
                await self._keep(stored, FOUND)
                await off_loop(self._store.save, document)
            except SynthesisFailed as error:
                raise ControlError("voice-failed", told_by(error)) from error
            except StoreFull as error:
                raise ControlError("disk-full", told_by(error)) from error
            await self._keep(document, by)
            loaded = await self._use(office, revision(document))
            if sounds:
                await self._put(sounds, document, by, newest)
            return loaded

    async def load_made(self, document: dict[str, Any], known: str) -> Loaded:
        """The same for a document that the unit itself has made. known: the revision it was made from."""
        return await self.load(document, expected=known)

    async def note(self) -> None:
        """Keep as a version what was put into the store by another way."""
        async with self._loading:
            await self._keep(await self.document(), FOUND)

    async def _use(self, office: Office, used: str) -> Loaded:
        before, warnings = self._unit.office, self._unit.left_out(office)
        await self._unit.use(office)
        kept = (office.led, office.lamp, office.panel, office.modem)
        if kept != (before.led, before.lamp, before.panel, before.modem):
            await self._change_led(office)
        later = []
        if office.country != before.country:
            later.append("its country")
        if office.sip != before.sip:
            later.append("what it has over SIP")
        if office.gpio != before.gpio:
            later.append("its line card of one's own making")
        if set(dahdi_channels(office)) != set(dahdi_channels(before)):
            later.append("its cards with a kernel driver")
        if later:
            self._make_anew()
        return Loaded(
            later=later, warnings=warnings, warning_wordings=[wording(one) for one in warnings], revision=used
        )

    async def _put(self, sounds: Mapping[str, str], document: dict[str, Any], by: str, newest: int) -> None:
        """Put recordings into use, and keep with the version what was there before. newest: the version until now."""
        try:
            replaced = await self._unit.sounds.put(sounds)
        except OSError as error:
            raise ControlError("disk-full", told_by(error)) from error
        if not replaced:
            return
        told = [_to_keep(sound_change(place, sounds[place])) for place in replaced]
        try:
            await off_loop(_kept_sounds, self._versions, document, replaced, told, self._unit.now(), by, newest)
        except OSError as error:
            self._unit.trouble.report(said("what callers heard before could not be noted: %(why)s", why=told_by(error)))

    async def _keep(self, document: dict[str, Any] | None, by: str) -> None:
        """Add a version, unless it is the newest already. A disk that fails here keeps nobody from a good office."""
        try:
            await off_loop(_kept, self._versions, document, self._unit.now(), by)
        except OSError as error:
            self._unit.trouble.report(said("this version of the office could not be kept: %(why)s", why=told_by(error)))


def _kept(versions: VersionStore, document: dict[str, Any] | None, at: datetime, by: str) -> None:
    newest = versions.newest()
    if document is not None and document != newest:
        changed = [_to_keep(one) for one in changes(newest, document)][:MOST_CHANGES] if newest else []
        versions.add(document, changed, at, by)


def _kept_sounds(
    versions: VersionStore,
    document: dict[str, Any],
    replaced: dict[str, str],
    told: list[dict[str, str]],
    at: datetime,
    by: str,
    newest: int,
) -> None:
    """With the version of this document; where nothing but recordings has changed, it is a new one all the same."""
    id = versions.newest_id()
    versions.add_sounds(versions.add(document, [], at, by) if id == newest else id, replaced, told)


def revision(document: object) -> str:
    """The same for documents that say the same, however they are written."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:16]


def _to_keep(change: ToldChange) -> dict[str, Any]:
    """A change as it is kept with a version."""
    return asdict(change) | {"wording": wording(change.text)}

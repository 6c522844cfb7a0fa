"""Another office document in place of the one in use: checked, spoken, stored, used, and kept as a version."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.office.changewords import changes
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.office import OfficeStore, StoreFull
from appliance.store.versions import VersionStore
from appliance.unit import Unit

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
    revision: str


Load = Callable[[dict[str, Any], str], Awaitable[Loaded]]
"""Puts a document in place of the one in use. The text: the revision that it was made from; empty: of any."""


class OfficeChanging:
    """change_led: takes the LED that the office names. make_anew: the unit has to be put together anew, by this office.

    All changes of the document go through here, one at a time, so that the office stored last is the one in use, and
    the newest version.
    """

    def __init__(
        self,
        unit: Unit,
        store: OfficeStore,
        versions: VersionStore,
        *,
        change_led: Callable[[Office], None],
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

    async def load(self, document: dict[str, Any], *, expected: str = "", by: str = "") -> Loaded:
        """Put it in place. expected: the revision that is in use, as far as whoever asks knows; empty: whatever is.

        Raises ControlError: `office-refused`, `office-changed`, `voice-failed`, `disk-full`.
        """
        try:
            office = await off_loop(office_of, document)
        except OfficeErrors as errors:
            raise ControlError("office-refused", str(errors)) from errors
        async with self._loading:
            stored = await self.document()
            if expected and expected != revision(stored):
                raise ControlError("office-changed", "somebody else has changed the office meanwhile")
            try:
                await self._unit.prepare(office)
                await self._keep(stored, FOUND)
                await off_loop(self._store.save, document)
            except SynthesisFailed as error:
                raise ControlError("voice-failed", str(error)) from error
            except StoreFull as error:
                raise ControlError("disk-full", str(error)) from error
            await self._keep(document, by)
            return await self._use(office, revision(document))

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
        if office.led != before.led:
            self._change_led(office)
        later = []
        if office.country != before.country:
            later.append("its country")
        if office.sip != before.sip:
            later.append("what it has over SIP")
        if office.gpio != before.gpio:
            later.append("its line card of one's own making")
        if later:
            self._make_anew()
        return Loaded(later=later, warnings=warnings, revision=used)

    async def _keep(self, document: dict[str, Any] | None, by: str) -> None:
        """Add a version, unless it is the newest already. A disk that fails here keeps nobody from a good office."""
        try:
            await off_loop(_kept, self._versions, document, self._unit.now(), by)
        except OSError as error:
            self._unit.trouble.report(f"this version of the office could not be kept: {error}")


def _kept(versions: VersionStore, document: dict[str, Any] | None, at: datetime, by: str) -> None:
    newest = versions.newest()
    if document is not None and document != newest:
        changed = [asdict(one) for one in changes(newest, document)][:MOST_CHANGES] if newest else []
        versions.add(document, changed, at, by)


def revision(document: object) -> str:
    """The same for documents that say the same, however they are written."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:16]

"""All about received faxes that lasts as long as the unit: their store, their boxes, and who opened what."""

from __future__ import annotations

from collections.abc import Callable

from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom
from appliance.clock import Clock, off_loop
from appliance.control.folder import DataFolder
from appliance.office.faxbox import boxes
from appliance.office.model import Office
from appliance.store.faxes import FaxStore
from appliance.store.faxopened import FaxOpenedStore
from hw.said import said, told_by


class FaxDesk:
    """Made by `open`. room: the boxes."""

    def __init__(self, store: FaxStore, opened: FaxOpenedStore, clock: Clock, faults: Faults) -> None:
        self._store = store
        self._faults = faults
        self.room = FaxRoom(store, opened, clock)
        if opened.fault:
            faults.report(opened.fault)

    @classmethod
    async def open(cls, data: DataFolder, clock: Clock, faults: Faults) -> FaxDesk:
        """Open the stores, and repair what the last run has left behind, which people are told."""
        opened = await off_loop(FaxOpenedStore.open, data.fax_opened)
        desk = cls(FaxStore(data.faxes), opened, clock, faults)
        await desk._recover()
        return desk

    async def use(self, office: Office, changed: Callable[[], None]) -> None:
        """Serve the boxes of this office. changed: called after every change of what is in them."""
        self.room.on_change = changed
        try:
            await self.room.open(boxes(office))
        except OSError as error:
            self._faults.report(said("the fax boxes cannot be read: %(why)s", why=told_by(error)))

    async def close(self) -> None:
        await self.room.close()

    async def _recover(self) -> None:
        try:
            recovered = await off_loop(self._store.recover)
        except OSError as error:
            self._faults.report(said("the faxes cannot be looked through: %(why)s", why=told_by(error)))
            return
        for found in recovered:
            if found.delivered:
                self._faults.report(said("fax box %(box)s: %(why)s", box=found.mailbox, why=found.reason))
                continue
            aside = found.path.name
            self._faults.report(
                said(
                    "fax box %(box)s: a fax was set aside as %(file)s. %(why)s",
                    box=found.mailbox,
                    file=aside,
                    why=found.reason,
                )
            )

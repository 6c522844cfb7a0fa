"""All about faxes that lasts as long as the unit: its engines, the store, who opened what, who is told of new ones."""

from __future__ import annotations

from collections.abc import Callable

from appliance.calls.faults import Faults
from appliance.calls.faxcarriers import FaxCarriers
from appliance.calls.faxing import receive_fax, send_fax
from appliance.calls.faxroom import FaxRoom
from appliance.calls.faxviews import FaxViews
from appliance.clock import Clock, off_loop
from appliance.control.folder import DataFolder
from appliance.fax.pages.converting import PageConverter
from appliance.fax.pages.printing import FaxPrinting
from appliance.notify.faxnews import FaxNews
from appliance.notify.postoffice import PostOffice
from appliance.office.faxbox import boxes
from appliance.office.model import Office
from appliance.store.faxes import FaxStore
from appliance.store.faxopened import FaxOpenedStore
from hw.said import said, told_by


class FaxDesk:
    """Opened before the first call, and closed behind the last one. office: the one in use."""

    def __init__(
        self, data: DataFolder, clock: Clock, faults: Faults, post: PostOffice, office: Callable[[], Office]
    ) -> None:
        self.store = FaxStore(data.faxes)
        """The faxes on disk."""
        self._opened = FaxOpenedStore.open(data.fax_opened)
        self._faults = faults
        self.room = FaxRoom(self.store, self._opened, clock)
        """The boxes."""
        self.carriers = FaxCarriers(data.fax_carriers, clock, faults, send_fax, receive_fax)
        """What sends and receives them."""
        self.converter = PageConverter()
        """Makes PDF files and pictures of pages."""
        self.views = FaxViews(data.fax_views, self.converter)
        """What people see of them."""
        self._printing = FaxPrinting(data.fax_prints, self.converter)
        self._printing.on_faults = faults.change
        self._news = FaxNews(post, self.room, self.converter, self._printing, office, data.mail / "pages")
        self.on_change: Callable[[], None] = lambda: None
        """Called after every change of what is in the boxes."""
        self.room.on_change = self._changed

    async def open(self) -> None:
        """Repair what the last run has left behind, which people are told."""
        if self._opened.fault:
            self._faults.report(self._opened.fault)
        try:
            await self._recover()
            await self._printing.open()
            await self.views.open()
        except OSError as error:
            self._faults.report(said("the faxes cannot be looked through: %(why)s", why=told_by(error)))

    async def use(self, office: Office) -> None:
        """Serve the boxes of this office."""
        printers = {office.fax.printer, *(box.printer for box in office.fax.boxes.values())} - {""}
        await self._printing.use(printers)
        try:
            await self.room.open(boxes(office))
        except OSError as error:
            self._faults.report(said("the fax boxes cannot be read: %(why)s", why=told_by(error)))

    async def close(self) -> None:
        await self._news.close()
        await self._printing.close()
        await self.converter.close()
        await self.carriers.close()
        await self.room.close()

    def _changed(self) -> None:
        self._news.look()
        self.on_change()

    async def _recover(self) -> None:
        for found in await off_loop(self.store.recover):
            if found.delivered:
                self._faults.report(said("fax box %(box)s: %(why)s", box=found.mailbox, why=found.reason))
                continue
            self._faults.report(
                said(
                    "fax box %(box)s: a fax was set aside as %(file)s. %(why)s",
                    box=found.mailbox,
                    file=found.path.name,
                    why=found.reason,
                )
            )

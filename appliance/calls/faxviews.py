"""What people see of a fax: pictures of its pages, and a PDF file. They are made when asked for, and kept a while.

A browser asks for several pages at once, and the first one that it gets has the fax filed among those that were seen.
So they are made of a second name of its file, and each once.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from appliance.calls.faxroom import FaxGone, ReceivedFax
from appliance.clock import off_loop
from appliance.fax.pages.converting import PageConverter
from appliance.fax.pages.order import PageOrder
from appliance.office.faxbox import fax_title, printed_on
from appliance.office.model import Office
from appliance.store.disk import second_name

MOST_KEPT = 20
"""Faxes whose views are kept: those that were looked at last."""
TIFF = "pages.tif"
AT_ONCE = 4
"""So many pages are made beside the one that is asked for, as people read on."""


class FaxViews:
    """folder: where they are; what is in it at the start is from another run, and goes."""

    def __init__(self, folder: Path, converter: PageConverter) -> None:
        self._folder = folder
        self._converter = converter
        self._kept: list[Path] = []
        self._making = asyncio.Lock()

    async def open(self) -> None:
        await off_loop(_empty, self._folder)

    async def page(self, fax: ReceivedFax, page: int, office: Office) -> Path | None:
        """A picture (PNG) of this page, the first of which is 1; None where the fax has no such page.

        Raises PagesUnusable where it has none that can be read, FaxGone, and OSError.
        """
        if not 1 <= page <= max(fax.sheet.pages, 1):
            return None
        folder = await self._of(fax)
        picture, pages = folder / f"{page}.png", (page, page + AT_ONCE)
        order = PageOrder(folder / TIFF, pictures=folder, picture_pages=pages, paper=printed_on(office))
        await self._made(picture, order)
        return picture if await off_loop(picture.exists) else None

    async def pdf(self, fax: ReceivedFax, office: Office) -> Path:
        """All its pages in a PDF file. Raises as `page` does."""
        folder = await self._of(fax)
        pdf, title = folder / "fax.pdf", fax_title(fax.sheet.received)
        await self._made(pdf, PageOrder(folder / TIFF, pdf=pdf, title=title, paper=printed_on(office)))
        return pdf

    async def _made(self, view: Path, order: PageOrder) -> None:
        """Have it made, unless it is there."""
        async with self._making:
            if not await off_loop(view.exists):
                await self._converter.convert(order)

    async def forget(self, fax: ReceivedFax) -> None:
        """Nothing that was made of a fax stays, as it was deleted."""
        folder = self._name(fax)
        if folder in self._kept:
            self._kept.remove(folder)
        await off_loop(shutil.rmtree, folder, True)

    async def _of(self, fax: ReceivedFax) -> Path:
        """The folder of a fax, which is kept for longest from now on."""
        folder = self._name(fax)
        if folder in self._kept:
            self._kept.remove(folder)
        self._kept.append(folder)
        for oldest in self._kept[:-MOST_KEPT]:
            self._kept.remove(oldest)
            await off_loop(shutil.rmtree, oldest, True)
        try:
            await off_loop(_begin, folder, fax.path)
        except FileNotFoundError as error:
            raise FaxGone(f"fax {fax.id} of {fax.mailbox} is elsewhere by now") from error
        return folder

    def _name(self, fax: ReceivedFax) -> Path:
        """A number may come again once its fax is gone; its moment does not."""
        return self._folder / f"{fax.mailbox.removeprefix('@')}-{fax.id}-{fax.sheet.received:%Y%m%d%H%M%S%f}"


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _make(folder)


def _begin(folder: Path, pages: Path) -> None:
    _make(folder)
    if not (folder / TIFF).exists():
        second_name(pages, folder / TIFF)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)

"""Pictures and PDF files of faxes are made once, however many are asked for at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from appliance.calls.faxroom import FaxGone, FaxSheet, ReceivedFax
from appliance.calls.faxviews import FaxViews
from appliance.fax.pages.converting import PageConverter
from appliance.fax.pages.order import PageOrder
from appliance.store.faxes import FaxStore
from tests.calls.world import example_office

CAME = datetime(2026, 3, 3, 14, tzinfo=UTC)


class SlowConverter:
    """Takes a second for what is ordered, which it reads at the end."""

    def __init__(self) -> None:
        self.orders: list[PageOrder] = []

    async def convert(self, order: PageOrder) -> None:
        self.orders.append(order)
        await asyncio.sleep(1)
        content = order.tiff.read_bytes()
        if order.pictures is not None and order.picture_pages is not None:
            for page in range(order.picture_pages[0], order.picture_pages[1] + 1):
                (order.pictures / f"{page}.png").write_bytes(content)


def stored(folder: Path) -> tuple[FaxStore, ReceivedFax]:
    """A fax of ten pages."""
    store, sheet = FaxStore(folder), FaxSheet(CAME, pages=10)
    path = store.begin("maria", sheet)
    path.write_bytes(b"pages")
    return store, store.commit(path, sheet, "maria")


async def test_pages_that_are_asked_for_at_once_come_though_the_first_one_files_the_fax_elsewhere(
    tmp_path: Path,
) -> None:
    store, fax = stored(tmp_path / "faxes")
    converter, office = SlowConverter(), example_office()
    views = FaxViews(tmp_path / "views", cast(PageConverter, converter))

    async def looked_at(page: int) -> Path | None:
        picture = await views.page(fax, page, office)
        store.see(fax, "maria", CAME)
        return picture

    pictures = await asyncio.gather(*map(looked_at, (1, 2, 6)))
    assert [picture is not None and picture.read_bytes() for picture in pictures] == [b"pages"] * 3
    assert [order.picture_pages for order in converter.orders] == [(1, 5), (6, 10)]
    with pytest.raises(FaxGone):
        await FaxViews(tmp_path / "other", cast(PageConverter, converter)).page(fax, 1, office)

"""A page that comes through the modem is confirmed by efax, which does not wait for the disk: it is ended in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import pytest

from appliance.fax.efaxcommand import ModemWays
from appliance.fax.job import FaxCause, Receiving
from appliance.fax.modemfax import ModemFax
from appliance.fax.pagefile import CodedPage, first_page
from appliance.fax.wholepages import whole_pages
from tests.fax.queueworld import tiff

TOLD = (
    "fax call answered",
    'command  "+FRH=3"',
    'response "CONNECT"',
    "received EOP",
    "wrote page.001 as 1728x200 pixel TIFF",
)
"""What efax tells as it begins to confirm the last page, a second before that is through."""


class Lends:
    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        yield "/dev/null"


@pytest.mark.real_time(within=20)
@pytest.mark.parametrize("cancelled", [False, True])
async def test_a_page_that_the_disk_takes_too_long_to_keep_is_not_confirmed_and_its_file_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, cancelled: bool
) -> None:
    confirmed, page = tmp_path / "confirmed", tmp_path / "page.tif"
    page.write_bytes(tiff(1))
    said = "\n".join(f"efax: 10:00 {line}" for line in TOLD)
    script = f"cat >&2 <<'END'\n{said}\nEND\nsleep 1\ntouch {confirmed}\nsleep 20\n"
    monkeypatch.setattr("appliance.fax.modemfax.receiving_command", lambda *_: ["/bin/sh", "-c", script])

    def slowly(_page: Path) -> CodedPage:
        time.sleep(1.3)
        return first_page(page)

    monkeypatch.setattr("appliance.fax.modemfax.first_page", slowly)
    modem = ModemFax(Lends(), ModemWays("1"), datetime.now)
    receiving = Receiving(tmp_path / "in.tif", "+1 407 5550199")
    fax = asyncio.ensure_future(modem.receive(receiving, lambda _progress: None, lambda: None))
    if cancelled:
        await asyncio.sleep(0.5)
        fax.cancel()
    with suppress(asyncio.CancelledError):
        result = await fax
        assert (result.cause, result.pages) == (FaxCause.STORAGE, 1)
    assert fax.cancelled() is cancelled
    assert whole_pages(tmp_path / "in.tif").count == 1
    assert not confirmed.exists()

"""Faxes are printed by `lp`. One that no printer takes is kept, told once, and printed later."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from appliance.fax.pages.converting import PageConverter, PagesUnusable
from appliance.fax.pages.printing import TRY_AGAIN_SECONDS, FaxPrinting, Printout
from tests.fax.fakelp import PrintService
from tests.fax.papers import saved
from tests.fax.testpages import letter, long_page, white

AWAY = "faxes cannot be printed on office: the print service says: "


class PrintingOffice:
    """An office with a print service, a fax, and what prints it."""

    def __init__(self, folder: Path) -> None:
        self.service = PrintService(folder / "cups", "office")
        self.fax = saved(folder / "pages.tif", [white(length_mm=30.0)])
        self.folder = folder / "printing"
        self.told: list[tuple[list[str], list[str]]] = []
        self.printing = self._made()

    def _made(self) -> FaxPrinting:
        made = FaxPrinting(self.folder, PageConverter())
        made.on_faults = lambda new, over: self.told.append((list(new), list(over)))
        return made

    async def begins_again(self) -> None:
        await self.printing.close()
        self.printing = self._made()
        await self.printing.open()

    async def prints(self, id: str = "1", printer: str = "office", fax: Path | None = None) -> None:
        await self.printing.put(fax or self.fax, Printout(id, printer, f"Fax {id}", "a4"))
        await asyncio.sleep(1)

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    @asynccontextmanager
    async def opened() -> AsyncIterator[PrintingOffice]:
        office = PrintingOffice(tmp_path)
        monkeypatch.setenv("PATH", f"{office.service.path}{os.pathsep}{os.environ['PATH']}")
        await office.printing.open()
        yield office
        await office.printing.close()

    return opened()


async def test_a_fax_is_printed_on_the_offices_paper(office: PrintingOffice, tmp_path: Path):
    await office.prints(fax=saved(tmp_path / "long.tif", [letter(), long_page()]))
    assert office.service.jobs == [
        {"printer": "office", "title": "Fax 1", "options": ["media=A4", "fit-to-page"]},
    ]
    about = subprocess.run(["pdfinfo", "-l", "9", office.service.file(1)], capture_output=True, text=True, check=True)
    assert about.stdout.count("(A4)") == 8
    assert (office.left, office.told, office.printing.waiting) == ([], [], 0)


async def test_a_printer_that_is_away_is_told_once_and_prints_all_of_it_later(office: PrintingOffice):
    office.service.becomes(printers=[])
    for id in "12":
        await office.prints(id)
    await asyncio.sleep(3 * TRY_AGAIN_SECONDS)
    away = AWAY + "The printer or class does not exist"
    assert office.told == [([away], [])]
    assert office.printing.waiting == 2
    office.service.becomes(printers=["office"])
    await asyncio.sleep(TRY_AGAIN_SECONDS)
    assert [job["title"] for job in office.service.jobs] == ["Fax 1", "Fax 2"]
    assert office.told == [([away], []), ([], [away])]
    assert office.left == []


async def test_another_reason_takes_the_place_of_the_first(office: PrintingOffice):
    office.service.becomes(running=False)
    await office.prints()
    office.service.becomes(running=True, rejecting=["office"])
    await asyncio.sleep(TRY_AGAIN_SECONDS)
    first, second = AWAY + "scheduler not responding", AWAY + 'Destination "office" is not accepting jobs'
    assert office.told == [([first], []), ([second], [first])]


async def test_the_usual_printer_is_used_where_none_is_named(office: PrintingOffice):
    await office.prints("1", printer="")
    assert office.told[0][0] == [
        "faxes cannot be printed on the usual printer: the print service says: no default destination available"
    ]
    office.service.becomes(usual="office")
    await asyncio.sleep(TRY_AGAIN_SECONDS)
    assert [job["printer"] for job in office.service.jobs] == ["office"]


async def test_a_machine_without_the_command_says_which_package_has_it(
    office: PrintingOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    await office.prints()
    assert office.told == [
        (
            ["faxes cannot be printed on office: the program lp is missing; it is in the Debian package cups-client"],
            [],
        )
    ]
    assert office.printing.waiting == 1


async def test_what_waits_is_printed_after_a_power_cut_and_its_own_file_is_not_needed(office: PrintingOffice):
    office.service.becomes(running=False)
    await office.prints("1")
    await office.prints("2")
    office.fax.unlink()
    (office.folder / "3.pdf").write_bytes(b"half")
    (office.folder / "4.half").write_bytes(b"{")
    office.service.becomes(running=True)
    await office.begins_again()
    await asyncio.sleep(1)
    assert [job["title"] for job in office.service.jobs] == ["Fax 1", "Fax 2"]
    assert office.left == []


async def test_a_printer_that_is_away_keeps_no_other_waiting(office: PrintingOffice):
    await office.prints("1", printer="upstairs")
    await office.prints("2")
    assert [job["title"] for job in office.service.jobs] == ["Fax 2"]
    await office.prints("3", printer="upstairs")
    assert office.service.asked == 4  # Once for each of what has come, and no more for the third's sake.


async def test_what_the_office_wishes_no_longer_is_not_printed(office: PrintingOffice):
    office.service.becomes(running=False)
    await office.prints()
    await office.printing.use({"upstairs"})
    assert (office.printing.waiting, office.left) == (0, [])
    assert office.told[-1] == ([], [AWAY + "scheduler not responding"])


async def test_a_fax_that_waits_is_not_printed_twice(office: PrintingOffice):
    office.service.becomes(running=False)
    await office.prints("1")
    await office.prints("1")
    office.service.becomes(running=True)
    await asyncio.sleep(TRY_AGAIN_SECONDS)
    assert len(office.service.jobs) == 1


async def test_a_file_without_pages_leaves_nothing_to_print(office: PrintingOffice):
    office.fax.write_bytes(b"no pages")
    with pytest.raises(PagesUnusable):
        await office.prints()
    assert (office.printing.waiting, office.left) == (0, [])


async def test_a_printer_that_is_gone_for_good_does_not_fill_the_disk(
    office: PrintingOffice, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("appliance.fax.pages.printing.MOST_WAITING", 2)
    office.service.becomes(running=False)
    for id in "123":
        await office.prints(id)
    assert office.left == ["2.json", "2.pdf", "3.json", "3.pdf"]

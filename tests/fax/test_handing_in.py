"""Faxes are handed in by people, from a folder, and by mail; all meet the same rules."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from appliance.calls.faults import Faults
from appliance.fax.making.orders import FileToSend
from appliance.fax.sending.folder import LOOK_SECONDS, SIDE_FILE_LOOKS, FolderWatch
from appliance.fax.sending.handing import FaxWish, NotTaken
from appliance.fax.sending.queued import FaxState
from appliance.office.faxsending import FaxFolder, FaxList, FaxSending, QuietHours
from appliance.office.model import Office
from tests.fax.queueworld import NUMBER, FaxWorld, fax_world

LISTS = {
    "suppliers": FaxList("Suppliers", ("5550181", "5550182", "5550181")),
    "typo": FaxList("Begins like a call for help", ("9115550181",)),
}
QUIET = QuietHours(time(8), time(20))
"""Nothing is dialled meanwhile."""
ALL_DAY = FaxSending(lists=LISTS, quiet=QUIET)


def file(folder: Path, name: str = "offer.pdf", content: str = "good") -> FileToSend:
    (folder / name).write_text(content)
    return FileToSend(folder / name, name)


async def refused(faxes: FaxWorld, wish: FaxWish) -> str:
    with pytest.raises(NotTaken) as error:
        await faxes.intake.take(wish)
    assert faxes.queue.faxes == []
    return error.value.code


async def test_a_number_is_checked_before_it_is_queued(tmp_path: Path) -> None:
    offer = [file(tmp_path)]
    async with fax_world(ALL_DAY) as faxes:
        for to, code in [
            ("911", "emergency-number"),
            ("9-911", "emergency-number"),
            ("911-5550", "emergency-number"),
            ("typo", "emergency-number"),
            ("", "no-number"),
            ("call me", "no-number"),
            ("5550123\n9", "no-number"),
            ("٤٠٧٥٥٥٠١٨٨", "no-number"),
            ("1" * 30, "no-number"),
        ]:
            assert (to, await refused(faxes, FaxWish(to, offer))) == (to, code)
        with pytest.raises(NotTaken, match="Give a number as it is dialed"):
            await faxes.intake.take(FaxWish(" - ", offer))
        assert await refused(faxes, FaxWish(NUMBER, offer, person="nobody")) == "no-such-person"
        assert await refused(faxes, FaxWish(NUMBER, [file(tmp_path, content="bad")])) == "no-pages"
        assert await refused(faxes, FaxWish(NUMBER, [])) == "nothing-to-send"


def nobody_calls_abroad(office: Office) -> Office:
    return replace(office, rights=replace(office.rights, service_class="local"))


async def test_nobody_faxes_where_they_may_not_call_and_only_those_fax_who_may(tmp_path: Path) -> None:
    offer = [file(tmp_path)]
    async with fax_world(FaxSending(people=("maria",), quiet=QUIET), nobody_calls_abroad) as faxes:
        assert await refused(faxes, FaxWish("+44 20 7946 0018", offer)) == "not-allowed"
        assert await refused(faxes, FaxWish("5550188", offer, person="tom")) == "not-allowed"
        (fax,) = await faxes.intake.take(FaxWish("555-0188", offer, person="maria"))
        assert (fax.number, fax.person, fax.title) == ("5550188", "maria", "offer.pdf")


async def test_a_list_gets_one_fax_each_and_the_same_pages(tmp_path: Path) -> None:
    async with fax_world(ALL_DAY) as faxes:
        made = await faxes.intake.take(FaxWish("Suppliers", [file(tmp_path)], note="Hello", cover=True))
        assert [(fax.number, fax.fax_list, fax.pages) for fax in made] == [
            ("5550181", "suppliers", 2),
            ("5550182", "suppliers", 2),
        ]
        assert len({faxes.store.pages(fax).stat().st_ino for fax in made}) == 1


async def test_a_note_has_a_cover_page_to_stand_on_unless_none_is_wanted(tmp_path: Path) -> None:
    async with fax_world(ALL_DAY) as faxes:
        pages = {}
        for note, cover in (("", None), ("Call me", None), ("Call me", False), ("", True)):
            (fax,) = await faxes.intake.take(FaxWish(NUMBER, [file(tmp_path)], note=note, cover=cover))
            pages[note, cover] = fax.pages
    assert pages == {("", None): 1, ("Call me", None): 2, ("Call me", False): 1, ("", True): 2}


async def test_what_was_taken_already_is_not_taken_again(tmp_path: Path) -> None:
    async with fax_world(ALL_DAY) as faxes:
        wish = FaxWish("5550188", [file(tmp_path)], source="mail 1 5550188")
        assert await faxes.intake.take(wish) == await faxes.intake.take(wish)
        assert len(faxes.queue.faxes) == 1


async def watched(faxes: FaxWorld, looks: int = 3, faults: Faults | None = None) -> None:
    """The folder is looked at so many times."""
    watch = FolderWatch(faxes.intake, faults or Faults())
    watch.use()
    await asyncio.sleep(LOOK_SECONDS * looks + 1)
    await watch.close()


def from_folder(folder: Path) -> FaxSending:
    return FaxSending(lists=LISTS, folder=FaxFolder(str(folder), "maria"), quiet=QUIET)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_a_file_in_the_folder_is_faxed_to_the_number_in_its_name(tmp_path: Path) -> None:
    for name in ("5550188.pdf", "suppliers_offer.pdf", ".5550199.pdf"):
        file(tmp_path, name)
    (tmp_path / "5550111.pdf").symlink_to("/etc/hostname")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes)
        sent = [(fax.number, fax.person, fax.title) for fax in faxes.queue.faxes]
        assert sent == [
            ("5550188", "maria", "5550188.pdf"),
            ("5550181", "maria", "suppliers_offer.pdf"),
            ("5550182", "maria", "suppliers_offer.pdf"),
        ]
    assert names(tmp_path) == [".5550199.pdf", "5550111.pdf", "handed-in/5550188.pdf", "handed-in/suppliers_offer.pdf"]


async def test_a_file_beside_it_gives_number_name_and_note(tmp_path: Path) -> None:
    file(tmp_path, "offer.pdf")
    file(tmp_path, "offer.pdf.to", "555-0188\nJane Miller\n\nPlease call.\n")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes)
        (fax,) = faxes.queue.faxes
        assert (fax.number, fax.to, fax.pages) == ("5550188", "Jane Miller", 2)
    assert names(tmp_path) == ["handed-in/offer.pdf", "handed-in/offer.pdf.to"]


async def test_a_file_that_grows_is_not_taken_before_it_is_whole(tmp_path: Path) -> None:
    async with fax_world(from_folder(tmp_path)) as faxes:
        watch = FolderWatch(faxes.intake, Faults())
        watch.use()
        for length in range(1, 5):
            file(tmp_path, "5550188.pdf", "x" * length)
            await asyncio.sleep(LOOK_SECONDS)
            assert faxes.queue.faxes == []
        await asyncio.sleep(2 * LOOK_SECONDS)
        assert len(faxes.queue.faxes) == 1
        await watch.close()


async def test_what_is_wrong_is_written_beside_the_file_once_and_a_mended_one_is_taken(tmp_path: Path) -> None:
    file(tmp_path, "offer.pdf")
    file(tmp_path, "5550188.pdf", "bad")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes, SIDE_FILE_LOOKS + 3)
        assert faxes.queue.faxes == []
        assert (tmp_path / "5550188.pdf.error.txt").read_text() == "5550188.pdf is damaged.\n"
        assert "is neither a telephone number nor one of the lists" in (tmp_path / "offer.pdf.error.txt").read_text()
        before = (tmp_path / "offer.pdf.error.txt").stat().st_mtime_ns
        await watched(faxes, SIDE_FILE_LOOKS + 3)
        assert (tmp_path / "offer.pdf.error.txt").stat().st_mtime_ns == before
        file(tmp_path, "offer.pdf.to", "5550188")
        await watched(faxes)
        assert [fax.title for fax in faxes.queue.faxes] == ["offer.pdf"]
    assert names(tmp_path) == [
        "5550188.pdf",
        "5550188.pdf.error.txt",
        "handed-in/offer.pdf",
        "handed-in/offer.pdf.to",
    ]


async def test_a_file_whose_name_is_too_long_for_a_complaint_keeps_no_other_waiting(tmp_path: Path) -> None:
    for name in ("911_" + "ü" * 120 + ".pdf", "5550188_" + "a" * 240 + ".pdf", "5550199.pdf"):
        file(tmp_path, name)
    (tmp_path / "handed-in").mkdir()
    file(tmp_path / "handed-in", "5550188_" + "a" * 240 + ".pdf")
    faults = Faults()
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes, faults=faults)
        assert [fax.number for fax in faxes.queue.faxes] == ["5550188", "5550199"]
    assert faults.now == []
    (complaint,) = tmp_path.glob("911*.error.txt")
    assert complaint.read_text() == "No fax is sent to an emergency number.\n"


async def test_a_name_of_any_octets_is_shown_in_letters_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"5550188_Gr\xfc\xdfe\n\x1b[2J.pdf")).write_text("good")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes)
        assert [fax.title for fax in faxes.queue.faxes] == ["5550188_Gr??e  [2J.pdf"]


async def test_an_empty_file_is_told_after_a_minute(tmp_path: Path) -> None:
    (tmp_path / "911.pdf").touch()
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes, SIDE_FILE_LOOKS - 1)
        assert names(tmp_path) == ["911.pdf"]
        await watched(faxes, SIDE_FILE_LOOKS + 3)
    assert names(tmp_path) == ["911.pdf", "911.pdf.error.txt"]


@pytest.mark.parametrize("before", ["the queue has it", "the queue has it not"])
async def test_a_power_cut_while_a_file_is_taken_has_it_faxed_once(tmp_path: Path, before: str) -> None:
    folder = tmp_path / "folder"
    (folder / "taken").mkdir(parents=True)
    async with fax_world(from_folder(folder), folder=tmp_path / "queue") as faxes:
        if before == "the queue has it":
            file(folder, "5550188.pdf")
            await watched(faxes)
            (folder / "handed-in" / "5550188.pdf").rename(folder / "taken" / "5550188.pdf")
        else:
            file(folder / "taken", "5550188.pdf")
        await watched(faxes)
        assert [fax.state for fax in faxes.queue.faxes] == [FaxState.WAITING]
    assert names(folder) == ["handed-in/5550188.pdf"]


async def test_no_link_in_the_folder_leads_to_a_file_of_the_unit(tmp_path: Path) -> None:
    folder, secret = tmp_path / "folder", file(tmp_path, "office.json", "5550188\n\nsecret").path
    (folder / "taken").mkdir(parents=True)
    (folder / "taken" / "5550181.txt").symlink_to(secret)
    file(folder, "5550182.txt")
    (folder / "5550182.txt.to").symlink_to(secret)
    file(folder, "5550183.txt", "bad")
    (folder / "5550183.txt.error.txt").symlink_to(secret)
    async with fax_world(from_folder(folder)) as faxes:
        await watched(faxes)
        assert faxes.queue.faxes == []
    assert secret.read_text() == "5550188\n\nsecret"
    assert (folder / "5550183.txt.error.txt").read_text() == "5550183.txt is damaged.\n"
    for name in ("5550181.txt", "5550182.txt"):
        assert (folder / f"{name}.error.txt").read_text() == f"{name} cannot be read.\n"


async def test_a_link_in_place_of_a_folder_is_not_gone_into(tmp_path: Path) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    file(other, "5550188.txt")
    (folder / "taken").symlink_to(other)
    faults = Faults()
    async with fax_world(from_folder(folder)) as faxes:
        watch = FolderWatch(faxes.intake, faults)
        watch.use()
        await asyncio.sleep(LOOK_SECONDS)
        assert [fault for fault in faults.now if "nothing is faxed from the folder" in fault]
        assert faxes.queue.faxes == []
        await watch.close()
    assert names(other) == ["5550188.txt"]


async def test_a_file_with_an_odd_name_is_refused_and_keeps_no_other_from_being_faxed(tmp_path: Path) -> None:
    for name in (b"M\xfcller.txt", b"1" * 255):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("good")
    file(tmp_path, "5550188.pdf")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes, SIDE_FILE_LOOKS + 3)
        assert [fax.number for fax in faxes.queue.faxes] == ["5550188"]
    refused = sorted(path.read_text() for path in tmp_path.glob("*.error.txt"))
    assert len(refused) == 2
    assert any("M?ller is neither" in one for one in refused)


async def test_a_refused_file_does_not_take_the_place_of_one_that_has_come_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    file(tmp_path / "taken", "5550188.pdf", "bad")
    file(tmp_path, "5550188.pdf", "good")
    async with fax_world(from_folder(tmp_path)) as faxes:
        await watched(faxes)
        assert [fax.title for fax in faxes.queue.faxes] == ["5550188.pdf"]
    assert [path.read_text() for path in tmp_path.glob("5550188_*.pdf")] == ["bad"]


async def test_a_folder_that_is_missing_is_told_and_watched_as_soon_as_it_is_there(tmp_path: Path) -> None:
    faults = Faults()
    async with fax_world(from_folder(tmp_path / "faxes")) as faxes:
        watch = FolderWatch(faxes.intake, faults)
        watch.use()
        await asyncio.sleep(1)
        assert [fault for fault in faults.now if "nothing is faxed from the folder" in fault]
        (tmp_path / "faxes").mkdir()
        file(tmp_path / "faxes", "5550188.pdf")
        await asyncio.sleep(3 * LOOK_SECONDS)
        assert faults.now == []
        assert len(faxes.queue.faxes) == 1
        await watch.close()

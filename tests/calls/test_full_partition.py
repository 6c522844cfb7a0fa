"""The data partition is full to the last byte, before the start or later: calls are answered all the same."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from appliance.store.accounts import AccountStore
from appliance.store.reserve import have_room_to_start
from tests.calls.mailboxes import TO_MARIA, WORDS, voicemail_of_maria
from tests.calls.world import World, world
from tests.powercuts.cuts import make_file_system, mounted_file_system

PARTITION_BYTES = 12 * 1024 * 1024
FILLING = "filling"

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system"),
]


@pytest.fixture
def partition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small ext4 partition, on which the folders of worlds are."""
    image, folder = tmp_path / "image", tmp_path / "partition"
    make_file_system(image, PARTITION_BYTES)
    with mounted_file_system(image, folder):
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield folder


def fill(partition: Path) -> None:
    """Not one byte is left."""
    for size in (1024 * 1024, 4096, 1):
        with suppress(OSError), (partition / FILLING).open("ab", buffering=0) as file:
            while True:
                file.write(bytes(size))


async def talks(here: World) -> None:
    """A caller is answered, is put through to Maria, and both hang up."""
    caller, callee = await here.connected()
    callee.hangs_up()
    caller.hangs_up()
    await here.all_is_free(within=90)


async def test_a_unit_that_starts_on_a_full_partition_answers_calls(partition: Path) -> None:
    async with world(spoil=lambda _data: fill(partition)) as here:
        await talks(here)
        assert here.appliance.trouble.now


async def test_a_partition_that_becomes_full_costs_no_call_and_messages_are_taken_once_there_is_room(
    partition: Path,
) -> None:
    async with world(voicemail_of_maria()) as here:
        await talks(here)
        fill(partition)
        await talks(here)
        caller = await here.greeted()
        await caller.presses(TO_MARIA)
        await here.all_is_free(within=90)
        caller.hangs_up()
        assert not here.appliance.messages.list("maria")
        (partition / FILLING).unlink()
        caller = await here.greeted()
        await caller.presses(TO_MARIA)
        await caller.hears("beep")
        await caller.says(WORDS)
        caller.hangs_up()
        await here.all_is_free(within=90)
        assert len(here.appliance.messages.list("maria")) == 1


def test_accounts_can_be_opened_on_a_full_partition_by_the_room_that_was_kept_for_it(partition: Path) -> None:
    have_room_to_start(partition)
    AccountStore.open(partition / "accounts.sqlite").close()
    fill(partition)
    with pytest.raises(OSError, match="accounts"):
        AccountStore.open(partition / "accounts.sqlite")
    have_room_to_start(partition)
    AccountStore.open(partition / "accounts.sqlite").close()

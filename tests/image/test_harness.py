"""The parts of the image's trial that need no machine: `python -m tests.image` is the trial itself."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.officeparsing import office_of
from tests.image.__main__ import main
from tests.image.addition import FILE, PROGRAMS, addition, cpio, joined
from tests.image.agent import NO_SUCH_COMMAND, OUT_OF_TIME, carry_out, serve
from tests.image.card import DATA, SECTOR, Card, Extent, NotAnImage, partitions
from tests.image.exampleoffice import LINES, MAILBOX, office_document
from tests.image.guest import GuestTrouble, copperdesk, kernel_names
from tests.image.kept import checksum
from tests.image.machine import KINDS, kernel_line
from tests.image.measures import IdleNeeds, memory_bytes, sectors_written
from tests.image.powercuts import lost


def table(*entries: tuple[int, int, int]) -> bytes:
    """A first sector with partitions of these kinds, first sectors and numbers of sectors."""
    packed = b"".join(struct.pack("<B3xB3xII", 0, *entry) for entry in entries)
    return bytes(446) + packed.ljust(64, b"\0") + b"\x55\xaa"


UNIT = ((0x0C, 8192, 524288), (0x83, 532480, 2867200), (0x83, 3399680, 262144))


def test_the_partitions_of_a_card_are_found_in_its_first_sector() -> None:
    assert partitions(table(*UNIT)) == [Extent(first * SECTOR, count * SECTOR) for _kind, first, count in UNIT]


@pytest.mark.parametrize("sector", [b"", bytes(SECTOR), table(*UNIT[:2])])
def test_what_is_no_image_of_a_unit_is_refused(sector: bytes) -> None:
    with pytest.raises(NotAnImage):
        partitions(sector)


def small_card(folder: Path, *, sound: bool) -> Card:
    """A card whose data partition has an ext4 file system, whose list of free blocks is wrong where not sound."""
    disk, part = folder / "card.img", folder / "part"
    part.write_bytes(b"")
    os.truncate(part, 4 << 20)
    subprocess.run(["/sbin/mke2fs", "-q", "-t", "ext4", part], check=True)
    if not sound:
        subprocess.run(["/sbin/debugfs", "-w", "-R", "freeb 1 200", part], check=True, capture_output=True)
    disk.write_bytes(table((0x0C, 1, 1), (0x83, 2, 1), (0x83, 3, (4 << 20) // SECTOR)).ljust(3 * SECTOR, b"\0"))
    with disk.open("ab") as file:
        file.write(part.read_bytes())
    return Card(disk)


def test_a_sound_data_partition_is_told_from_an_unsound_one(tmp_path: Path) -> None:
    assert small_card(tmp_path, sound=True).unsound(DATA, tmp_path / "copy") == ""
    assert "bitmap" in small_card(tmp_path, sound=False).unsound(DATA, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_card_smaller_than_the_image_is_refused(tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(bytes(4096))
    with pytest.raises(NotAnImage):
        Card.make(tmp_path / "card", image, 4095)


def test_each_file_of_an_archive_begins_at_a_multiple_of_four() -> None:
    archive = cpio([("a", FILE, b"12345"), ("bc", FILE, b"")])
    heads = [at for at in range(len(archive)) if archive.startswith(b"070701", at)]
    assert [at % 4 for at in heads] == [0, 0, 0]
    assert archive[heads[0] + 110 : heads[0] + 112] == b"a\0"
    assert archive[heads[1] - 8 : heads[1]] == b"12345\0\0\0"


@pytest.mark.parametrize("length", range(4))
def test_the_addition_begins_at_a_multiple_of_four_behind_the_image_s_own(length: int) -> None:
    initrd = b"\x28" * (8 + length)
    assert joined(initrd, b"070701").index(b"070701") == (8 if length == 0 else 12)


def test_orders_are_carried_out_and_answered_in_turn() -> None:
    say = [sys.executable, "-c", "print(input()[::-1])"]
    orders = [
        {"id": 1, "run": say, "given": "abc", "seconds": 20},
        {"id": 2, "run": ["/no"], "given": "", "seconds": 1},
    ]
    incoming = io.BytesIO(b"".join(json.dumps(order).encode() + b"\n" for order in orders))
    outgoing = io.BytesIO()
    serve(incoming, outgoing, 1.5)
    up, first, second = map(json.loads, outgoing.getvalue().splitlines())
    assert up == {"up": 1.5}
    assert first == {"id": 1, "code": 0, "out": "cba\n", "err": ""}
    assert (second["id"], second["code"]) == (2, NO_SUCH_COMMAND)


def test_an_order_that_takes_too_long_is_ended() -> None:
    order = {"id": 1, "run": ["sh", "-c", "echo so far; exec sleep 60"], "given": "", "seconds": 0.3}
    answer = carry_out(order)
    assert (answer["code"], answer["out"]) == (OUT_OF_TIME, "so far\n")


def test_the_image_s_own_command_line_is_kept_but_for_the_console_and_the_card_s_name() -> None:
    line = "console=serial0,115200 console=tty1 root=/dev/mmcblk0p2 rootwait overlayroot=tmpfs:recurse=0"
    wanted = "console=ttyAMA0 root=LABEL=copperdesk-root rootwait overlayroot=tmpfs:recurse=0 more"
    assert kernel_line(line, KINDS["arm64"], ["more"]) == wanted


def test_the_newest_kernel_is_started() -> None:
    names = ["config.txt", "vmlinuz-6.1.0-50", "initrd.img-6.1.0-50", "vmlinuz-6.1.0-57", "initrd.img-6.1.0-57"]
    assert kernel_names(names) == ("vmlinuz-6.1.0-57", "initrd.img-6.1.0-57")
    with pytest.raises(GuestTrouble):
        kernel_names(["config.txt"])


def test_commands_run_as_the_user_whose_the_data_are() -> None:
    assert copperdesk("status")[:4] == ["runuser", "-u", "copperdesk", "--"]


def test_a_message_that_is_gone_or_changed_is_lost() -> None:
    before = {"1": "aa", "2": "bb", "3": "cc"}
    assert lost(before, {"1": "aa", "3": "xx", "4": "dd"}) == ["message 2 is lost", "message 3 sounds otherwise"]


def test_a_message_being_recorded_does_not_count_as_kept(tmp_path: Path) -> None:
    for folder, sound in (("new/000001", b"one"), ("saved/000002e", b"two"), ("tmp/000003", b"th")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "audio.wav").write_bytes(sound)
    told = [checksum(tmp_path, id) for id in ("000001", "000002e", "000003")]
    assert told == [hashlib.sha256(b"one").hexdigest(), hashlib.sha256(b"two").hexdigest(), "no sound"]


def test_the_office_of_a_trial_is_a_whole_office() -> None:
    office = office_of(office_document())
    assert MAILBOX in {person.id for person in office.people}
    assert [trunk.port for trunk in office.trunks] == list(LINES)


def test_the_trial_s_programs_go_into_the_guest() -> None:
    archive = addition()
    assert all(Path(__file__).with_name(f"{name}.py").read_bytes() in archive for name in PROGRAMS)


def test_a_part_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["image", "--parts", "checks,cutz"])
    assert "there is no part cutz" in capsys.readouterr().err


def test_files_go_into_the_system_s_partition_and_come_out_again(tmp_path: Path) -> None:
    part, disk = tmp_path / "part", tmp_path / "card.img"
    part.write_bytes(bytes(4 << 20))
    subprocess.run(["/sbin/mke2fs", "-q", "-t", "ext4", part], check=True)
    sectors = (4 << 20) // SECTOR
    entries = ((0x0C, 1, 1), (0x83, 2, sectors), (0x83, sectors + 2, 1))
    disk.write_bytes(table(*entries).ljust(2 * SECTOR, b"\0") + part.read_bytes() + bytes(SECTOR))
    (tmp_path / "key").write_text("a key")
    (tmp_path / "out").mkdir()
    card = Card(disk)
    card.put_into_root(tmp_path / "key", "/keys/another.pub")
    card.put_into_root(tmp_path / "key", "/keys/trial.pub")
    card.take_from_root("/keys", tmp_path / "out")
    assert (tmp_path / "out/keys/trial.pub").read_text() == "a key"
    with pytest.raises(NotAnImage, match="debugfs"):
        card.take_from_root("/nothing", tmp_path / "out")


def test_memory_is_what_all_processes_have_of_their_own_and_their_share_of_the_rest() -> None:
    assert memory_bytes("Rss: 900 kB\nPss: 10 kB\nPss_Anon: 8 kB\nRss: 4 kB\nPss: 2 kB\n") == 12 * 1024


def test_sectors_written_are_the_seventh_number() -> None:
    assert sectors_written("  100  2 3 4 5 6 777 8 9 10 11 12 13 14 15 16 17\n") == 777


def test_what_an_idle_unit_needs_too_much_of_is_told() -> None:
    assert IdleNeeds(220, 20).too_much == []
    assert len(IdleNeeds(221, 20.1).too_much) == 2

"""What goes into an image, as lists, and under which name the cache keeps what is made of them."""

from __future__ import annotations

import dataclasses
import re

import pytest

from image.building import layers
from image.building.board import BOARDS
from image.building.layers import LAYERS, drivers, entries, key, left_out, packages
from image.building.system import system_key


def test_a_list_has_comments_and_columns(tmp_path):
    (tmp_path / "list.txt").write_text("# what it is\n\nnano   edits a file\nless   shows a file\n")
    assert entries(tmp_path / "list.txt") == [["nano", "edits", "a file"], ["less", "shows", "a file"]]


@pytest.mark.parametrize("arch", BOARDS)
def test_every_package_of_an_image_says_why_it_is_in_it(arch):
    assert [one.name for one in packages(BOARDS[arch].layers) if not one.why] == []


@pytest.mark.parametrize("arch", BOARDS)
def test_an_image_has_one_kernel_and_all_that_the_program_needs(arch):
    found = {one.name: one.layer for one in packages(BOARDS[arch].layers)}
    assert [name for name in found if name.startswith("linux-image")] == [f"linux-image-{arch}"]
    assert {name for name, layer in found.items() if layer == "program"} >= {"libspandsp2", "espeak-ng", "efax"}
    assert not {"chromium", "mmdebstrap"} & set(found)


def test_no_package_is_in_two_lists():
    lists = [LAYERS / f"{layer}.txt" for layer in ("base", "network", "pi", "pc")]
    names = [words[0] for file in lists for words in entries(file)]
    assert len(names) == len(set(names))


def test_the_first_disk_has_the_drivers_of_cards_of_sticks_and_of_emulators():
    assert {"ext4", "overlay", "mmc_block", "usb_storage", "virtio_blk"} <= set(drivers())
    assert [name for name in drivers() if not re.fullmatch(r"\w+", name)] == []


def test_what_is_left_out_keeps_the_licences():
    options = left_out()
    assert options.index("path-exclude=/usr/share/doc/*") < options.index("path-include=/usr/share/doc/*/copyright")


def test_the_cache_has_another_name_for_any_other_input():
    assert key("a", ["b"]) == key("a", ["b"])
    assert len({key("a", ["b"]), key("a", ["c"]), key("a"), key(["a", "b"])}) == 4


def test_another_package_another_driver_and_another_machine_make_another_system(monkeypatch):
    board = BOARDS["arm64"]
    keys = [system_key(board), system_key(BOARDS["amd64"])]
    keys.append(system_key(dataclasses.replace(board, layers=("base", "pi"))))
    monkeypatch.setattr("image.building.system.drivers", lambda: ["ext4"])
    keys.append(system_key(board))
    assert len(set(keys)) == 4


def test_the_order_of_a_list_makes_no_other_system():
    board = BOARDS["arm64"]
    turned = dataclasses.replace(board, layers=tuple(reversed(board.layers)))
    assert system_key(turned) == system_key(board)


def test_wheels_are_chosen_for_the_board_and_the_newest_first():
    platforms = BOARDS["arm64"].platforms
    assert all(one.endswith("_aarch64") for one in platforms)
    assert platforms[0] == "manylinux_2_36_aarch64"
    assert layers.SUITE == "bookworm"  # whose C library that is

"""A fax's TIFF is read without believing it: what is wrong costs the page that it is wrong of, and nothing else."""

from __future__ import annotations

import io
import random
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from appliance.fax.pages.pixels import coded, pixels
from appliance.fax.pages.tifffile import (
    GROUP_3,
    GROUP_4,
    MODIFIED_HUFFMAN,
    MOST_LINES,
    MOST_PAGES,
    NoPages,
    TiffPage,
    read_directories,
)
from appliance.fax.pages.tiffwriting import tiff_file
from tests.fax.papers import pages_of, saved
from tests.fax.testpages import FINE, STANDARD, SUPERFINE, drawing, letter, white


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("two") / "pages.tif"
    return saved(path, [letter(length_mm=60.0), drawing(length_mm=60.0)]).read_bytes()


def directories_of(raw: bytes) -> tuple[TiffPage, ...]:
    return read_directories(io.BytesIO(raw)).pages


def shown(raw: bytes, number: int = 0) -> np.ndarray:
    file = io.BytesIO(raw)
    return ~np.asarray(pixels(file, read_directories(file).pages[number]))


def as_pillow_writes(page: np.ndarray, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(~page).save(file, "TIFF", dpi=(204, 196), **options)
    return file.getvalue()


def changed(raw: bytes, directory: int, tag: int, value: int) -> bytes:
    """The file with another value in the directory that has this number."""
    at = struct.unpack_from("<I", raw, 4)[0]
    for _ in range(directory):
        (count,) = struct.unpack_from("<H", raw, at)
        (at,) = struct.unpack_from("<I", raw, at + 2 + 12 * count)
    (count,) = struct.unpack_from("<H", raw, at)
    made = bytearray(raw)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        if struct.unpack_from("<H", raw, entry)[0] == tag:
            struct.pack_into("<I", made, entry + 8, value)
    assert bytes(made) != raw
    return bytes(made)


@pytest.mark.parametrize("y_dpi", [STANDARD, FINE, SUPERFINE])
def test_pages_and_their_resolution_are_read(tmp_path: Path, y_dpi: int) -> None:
    drawn = [white(y_dpi, 40.0), drawing(y_dpi, 90.0)]
    raw = saved(tmp_path / "pages.tif", drawn, y_dpi).read_bytes()
    found = directories_of(raw)
    assert [(page.width, page.lines, page.x_dpi, page.y_dpi) for page in found] == [
        (1728, len(page), 204.0, float(y_dpi)) for page in drawn
    ]
    assert [page.length_mm for page in found] == pytest.approx([40.0, 90.0], abs=0.3)
    assert (shown(raw, 1) == drawn[1]).all()


def test_the_tools_of_libtiff_agree(tmp_path: Path) -> None:
    drawn = [letter(length_mm=99.0), drawing(length_mm=50.0)]
    ours, plain = saved(tmp_path / "ours.tif", drawn), tmp_path / "plain.tif"
    told = subprocess.run(["tiffinfo", ours], capture_output=True, text=True, check=True)
    assert (told.stdout.count("Resolution: 204, 196 pixels/inch"), told.stderr) == (2, "")
    subprocess.run(["tiffcp", "-c", "none", ours, plain], check=True)
    same = subprocess.run(["tiffcmp", "-t", ours, plain], capture_output=True, text=True, check=True)
    assert "Scanline" not in same.stdout
    assert all((page == other).all() for page, other in zip(pages_of(plain), drawn, strict=True))


@pytest.mark.parametrize(
    ("compression", "options", "number"),
    [
        ("group3", {}, GROUP_3),
        ("group3", {"tiffinfo": {292: 1}}, GROUP_3),
        ("tiff_ccitt", {}, MODIFIED_HUFFMAN),
        ("group4", {}, GROUP_4),
        ("group4", {"strip_size": 1 << 14}, GROUP_4),
        ("group4", {"tiffinfo": {262: 0}}, GROUP_4),
    ],
)
def test_each_coding_of_a_fax_is_read_and_becomes_group_4_in_one_piece(
    compression: str, options: dict[str, object], number: int
) -> None:
    page = letter(length_mm=50.0)
    raw = as_pillow_writes(page, compression=compression, **options)
    (found,) = directories_of(raw)
    assert found.compression == number
    assert (shown(raw) == page).all()
    made = coded(io.BytesIO(raw), found)
    assert (made.page.compression, len(made.page.strips), made.cut) == (GROUP_4, 1, False)
    assert (shown(tiff_file([(made.page, [made.code])])) == page).all()


def test_group_4_in_one_piece_stays_as_it_came(two_pages: bytes) -> None:
    file = io.BytesIO(two_pages)
    page = read_directories(file).pages[1]
    (strip,) = page.strips
    assert coded(file, page).code == two_pages[strip.offset : strip.offset + strip.size]


def test_the_other_order_of_bits_is_turned_round() -> None:
    page = drawing(length_mm=20.0)
    raw = as_pillow_writes(page, compression="group4", strip_size=1 << 28)
    (found,) = directories_of(raw)
    (strip,) = found.strips
    turned = bytes(int(f"{octet:08b}"[::-1], 2) for octet in raw[strip.offset : strip.offset + strip.size])
    file = io.BytesIO(raw[: strip.offset] + turned + raw[strip.offset + strip.size :])
    assert (~np.asarray(pixels(file, replace(found, backwards=True))) == page).all()


@pytest.mark.parametrize(
    "raw",
    [b"", b"II", b"II*\0", b"II*\0\0\0\0\0", b"II*\0\xff\xff\xff\xff", b"%PDF-1.5\n" * 9, b"MM\0*\0\0\0\x08\xff\xff"],
)
def test_what_is_no_tiff_has_no_pages(raw: bytes) -> None:
    with pytest.raises(NoPages):
        directories_of(raw)


def test_a_page_that_is_cut_off_keeps_what_is_there(two_pages: bytes) -> None:
    """As a power failure leaves it: the last page's directory is there, and its code in part."""
    broken = changed(two_pages, 1, 279, len(two_pages))
    first, second = directories_of(broken)
    assert (first.cut, second.cut) == (False, True)


def test_a_file_that_ends_early_keeps_the_pages_before(two_pages: bytes) -> None:
    found = read_directories(io.BytesIO(two_pages[:-20]))
    assert (len(found.pages), found.broken) == (1, True)


def test_directories_in_a_circle_end(two_pages: bytes) -> None:
    made = bytearray(two_pages)
    made[-4:] = made[4:8]
    found = read_directories(io.BytesIO(bytes(made)))
    assert (len(found.pages), found.broken) == (2, True)


@pytest.mark.parametrize(
    ("tag", "value"),
    [(256, 0), (256, 4_000_000_000), (257, 0), (259, 7), (259, 1), (273, 4_000_000_000), (279, 0)],
    ids=["no width", "endless lines", "no lines", "JPEG", "not coded", "strip behind the end", "empty strip"],
)
def test_a_page_that_cannot_be_read_costs_no_other(two_pages: bytes, tag: int, value: int) -> None:
    found = read_directories(io.BytesIO(changed(two_pages, 0, tag, value)))
    assert ([page.lines for page in found.pages], found.broken) == ([len(drawing(length_mm=60.0))], True)


def test_a_page_of_four_thousand_million_lines_has_an_end(two_pages: bytes) -> None:
    first, _ = directories_of(changed(two_pages, 0, 257, 4_000_000_000))
    assert first.lines <= MOST_LINES
    assert first.cut


@pytest.mark.parametrize("value", [0, 1, 4_000_000_000])
def test_a_resolution_that_no_fax_has_is_the_usual_one(two_pages: bytes, value: int) -> None:
    made = bytearray(two_pages)
    at = made.index(struct.pack("<II", 20400, 100))
    struct.pack_into("<I", made, at, value)
    page = directories_of(bytes(made))[0]
    assert (page.x_dpi, page.y_dpi) == (204.0, 196.0)


def test_pages_behind_the_thousandth_are_left_out(two_pages: bytes) -> None:
    file = io.BytesIO(two_pages)
    page = read_directories(file).pages[0]
    found = read_directories(io.BytesIO(tiff_file((page, [b"\0" * 8]) for _ in range(MOST_PAGES + 5))))
    assert (len(found.pages), found.broken) == (MOST_PAGES, True)


def test_whatever_stands_in_the_file_it_is_read_to_an_end(two_pages: bytes) -> None:
    """Of two thousand files with changed octets, most of them in directories."""
    dice = random.Random(7)
    starts = [at for at in range(len(two_pages) - 4) if two_pages[at : at + 4] == b"\0\1\4\0"]
    for _ in range(2000):
        made = bytearray(two_pages)
        for _ in range(dice.randrange(1, 6)):
            start = dice.choice([0, dice.randrange(len(made)), *[max(0, at - 2) for at in starts] * 4])
            made[min(start + dice.randrange(180), len(made) - 1)] = dice.choice([0, 1, 255, dice.randrange(256)])
        if dice.random() < 0.2:
            del made[dice.randrange(len(made)) :]
        try:
            found = directories_of(bytes(made))
        except NoPages:
            continue
        for page in found:
            assert 0 < page.lines <= MOST_LINES
            assert all(strip.offset + strip.size <= len(made) for strip in page.strips)

"""PDF and pictures of a fax, made by a process with limits, and looked at with the tools of Poppler and libtiff."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from appliance.fax.pages.converting import PageConverter, PagesUnusable
from appliance.fax.pages.order import PageOrder
from appliance.fax.pages.pixels import group_four
from appliance.fax.pages.tifffile import TiffPage
from appliance.fax.pages.tiffwriting import tiff_file
from tests.fax.papers import pages_of, saved
from tests.fax.testpages import FINE, STANDARD, SUPERFINE, X_DPI, dense, drawing, half_tones, letter, long_page, white

pytestmark = pytest.mark.real_time


@pytest.fixture
@asynccontextmanager
async def converter() -> AsyncIterator[PageConverter]:
    made = PageConverter()
    yield made
    await made.close()


def told(*command: object) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def seen(picture: Path) -> np.ndarray:
    """The lightness of each pixel, from 0 to 255."""
    with Image.open(picture) as file:
        return np.asarray(file.convert("L"))


def pictures_in(pdf: Path, into: Path) -> list[np.ndarray]:
    """What Poppler takes out of a PDF, by its own decoder."""
    into.mkdir()
    told("pdfimages", "-png", pdf, into / "page")
    return [seen(path) < 128 for path in sorted(into.iterdir())]


async def test_a_pdf_has_the_very_pixels_of_the_fax_and_its_code_as_it_came(converter: PageConverter, tmp_path: Path):
    drawn = [letter(), half_tones(length_mm=60.0), dense(length_mm=60.0), drawing(length_mm=60.0), white()]
    tiff, pdf = saved(tmp_path / "pages.tif", drawn), tmp_path / "fax.pdf"
    made = await converter.convert(PageOrder(tiff, pdf=pdf, title="Fax from Zürich"))
    assert (made.pages, made.broken, made.text) == (5, False, "")
    assert all((page == other).all() for page, other in zip(pictures_in(pdf, tmp_path / "out"), drawn, strict=True))
    assert {line.split()[8] for line in told("pdfimages", "-list", pdf).splitlines()[2:]} == {"ccitt"}
    assert pdf.stat().st_size < tiff.stat().st_size + 5000
    about = told("pdfinfo", pdf)
    assert "Fax from Zürich" in about
    assert "595.28 x 841.89 pts (A4)" in about


@pytest.mark.parametrize("y_dpi", [STANDARD, FINE, SUPERFINE])
async def test_a_circle_is_round_at_every_resolution(converter: PageConverter, tmp_path: Path, y_dpi: int):
    down, across = np.mgrid[: round(120 / 25.4 * y_dpi), :1728]
    disk = np.hypot((across - 864) / X_DPI, down / y_dpi - 2.4) < 1.5
    tiff = saved(tmp_path / "disk.tif", [disk], y_dpi)
    await converter.convert(PageOrder(tiff, pdf=tmp_path / "disk.pdf", pictures=tmp_path))
    told("pdftoppm", "-r", 100, "-gray", "-singlefile", "-png", tmp_path / "disk.pdf", tmp_path / "disk")
    for picture in ("disk.png", "1.png"):
        dark = seen(tmp_path / picture) < 128
        breadth, height = dark.any(axis=0).sum(), dark.any(axis=1).sum()
        assert 280 < breadth < 310
        assert abs(breadth - height) <= 2


async def test_a_page_picture_is_small_and_its_thin_lines_are_dark(converter: PageConverter, tmp_path: Path):
    tiff = saved(tmp_path / "pages.tif", [letter(), drawing(), white()])
    await converter.convert(PageOrder(tiff, pictures=tmp_path / "made"))
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["1.png", "2.png", "3.png"]
    height, width = seen(tmp_path / "made" / "1.png").shape
    assert width == 850
    assert abs(height - 850 * 297 / 215) < 5
    assert (tmp_path / "made" / "1.png").stat().st_size < 40_000
    lines = seen(tmp_path / "made" / "2.png")
    assert np.median(lines.min(axis=0)) < 110
    assert seen(tmp_path / "made" / "3.png").min() == 255


async def test_pictures_of_some_pages_alone(converter: PageConverter, tmp_path: Path):
    tiff = saved(tmp_path / "pages.tif", [white(length_mm=30.0)] * 4)
    await converter.convert(PageOrder(tiff, pictures=tmp_path / "made", picture_pages=(2, 3), picture_width=200))
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["2.png", "3.png"]


async def test_two_metres_are_one_page_to_read_and_seven_to_print(converter: PageConverter, tmp_path: Path):
    tiff = saved(tmp_path / "long.tif", [long_page()])
    await converter.convert(PageOrder(tiff, pdf=tmp_path / "long.pdf", pictures=tmp_path))
    assert "595.28 x 5533" in told("pdfinfo", tmp_path / "long.pdf")
    assert len(seen(tmp_path / "1.png")) == 6000
    await converter.convert(PageOrder(tiff, pdf=tmp_path / "sheets.pdf", to_print=True))
    about = told("pdfinfo", "-l", 9, tmp_path / "sheets.pdf")
    assert about.count("(A4)") == 7
    assert "Page    8" not in about


def spoken_page(text: str, y_dpi: int = FINE) -> tuple[TiffPage, list[bytes]]:
    page = Image.new("1", (1728, round(100 / 25.4 * y_dpi)), 1)
    written = Image.new("1", (1728, round(100 / 25.4 * X_DPI)), 1)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 40)
    ImageDraw.Draw(written).text((150, 300), text, font=font, fill=0)
    page.paste(written.resize(page.size))
    made = group_four(page, X_DPI, y_dpi)
    return made.page, [made.code]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
async def test_words_can_be_searched_where_they_stand(converter: PageConverter, tmp_path: Path):
    tiff, pdf = tmp_path / "pages.tif", tmp_path / "fax.pdf"
    tiff.write_bytes(tiff_file([spoken_page("Invoice for the dental laboratory")]))
    made = await converter.convert(PageOrder(tiff, pdf=pdf, languages=("vi", "en")))
    assert made.text == "Invoice for the dental laboratory"
    assert told("pdftotext", pdf, "-").strip() == made.text
    places = told("pdftotext", "-bbox", pdf, "-")
    word = next(line for line in places.splitlines() if ">laboratory<" in line)
    right, low = (float(word.split(name + '="')[1].split('"')[0]) for name in ("xMax", "yMax"))
    told("pdftoppm", "-r", 72, "-gray", "-singlefile", "-png", pdf, tmp_path / "shown")
    dark = seen(tmp_path / "shown.png") < 200
    assert abs(np.flatnonzero(dark.any(axis=0)).max() - right) < 8
    assert abs(np.flatnonzero(dark.any(axis=1)).max() - low) < 8


async def test_a_pdf_is_made_without_words_where_nothing_can_recognise_them(
    converter: PageConverter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tiff = saved(tmp_path / "pages.tif", [white(length_mm=30.0)])
    monkeypatch.setenv("PATH", str(tmp_path))
    made = await converter.convert(PageOrder(tiff, pdf=tmp_path / "fax.pdf", languages=("en",)))
    assert made.pages == 1
    assert made.text == ""


async def test_a_page_of_a_hundred_thousand_lines_is_shown_in_pieces(converter: PageConverter, tmp_path: Path):
    page = group_four(Image.fromarray(~white()), X_DPI, STANDARD).page
    # A line of Group 4 that is as the one above takes one bit: all of it fits into 12,500 octets.
    endless = replace(page, lines=100_000, lines_per_strip=100_000)
    tiff = tmp_path / "endless.tif"
    tiff.write_bytes(tiff_file([(endless, [b"\xff" * 12_500])]))
    made = await converter.convert(PageOrder(tiff, pdf=tmp_path / "fax.pdf", pictures=tmp_path))
    assert made.pages == 1
    assert "Pages:           6" in told("pdfinfo", tmp_path / "fax.pdf")
    assert len(seen(tmp_path / "1.png")) == 6000


async def test_a_file_without_pages_is_told_and_leaves_what_was_there(converter: PageConverter, tmp_path: Path):
    (tmp_path / "pages.tif").write_bytes(b"II*\0" + bytes(4000))
    (tmp_path / "fax.pdf").write_text("before")
    with pytest.raises(PagesUnusable, match="no page"):
        await converter.convert(PageOrder(tmp_path / "pages.tif", pdf=tmp_path / "fax.pdf"))
    assert (tmp_path / "fax.pdf").read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == ["fax.pdf", "pages.tif"]


async def test_a_broken_page_leaves_the_others_and_is_told(converter: PageConverter, tmp_path: Path):
    raw = saved(tmp_path / "pages.tif", [letter(length_mm=40.0), drawing(length_mm=90.0)]).read_bytes()
    (tmp_path / "cut.tif").write_bytes(raw[:-30])
    made = await converter.convert(PageOrder(tmp_path / "cut.tif", pdf=tmp_path / "fax.pdf"))
    assert (made.pages, made.broken) == (1, True)
    assert (pictures_in(tmp_path / "fax.pdf", tmp_path / "out")[0] == pages_of(tmp_path / "pages.tif")[0]).all()


async def test_a_disk_that_fails_is_no_fault_of_the_pages(converter: PageConverter, tmp_path: Path):
    tiff = saved(tmp_path / "pages.tif", [white(length_mm=30.0)])
    with pytest.raises(OSError, match=r"fax\.pdf"):
        await converter.convert(PageOrder(tiff, pdf=tmp_path / "nowhere" / "fax.pdf"))


async def test_closing_ends_what_is_being_made(converter: PageConverter, tmp_path: Path):
    os.mkfifo(tmp_path / "pages.tif")
    making = asyncio.create_task(converter.convert(PageOrder(tmp_path / "pages.tif")))
    writing = await asyncio.to_thread(os.open, tmp_path / "pages.tif", os.O_WRONLY)  # It waits until that is read.
    await converter.close()
    os.close(writing)
    with pytest.raises(PagesUnusable):
        await making

"""What people hand in becomes the pages of a fax, or is refused with what to do instead."""

from __future__ import annotations

import io
import subprocess
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from appliance.fax.making import pdf
from appliance.fax.making.cover import filled
from appliance.fax.making.orders import HeaderLine, make_proof, stamp_pages
from appliance.fax.making.process import answer
from appliance.fax.making.sheet import HEADER_LINES, PaperSheet
from appliance.fax.making.texts import COLUMNS, decoded, laid_out
from tests.fax.papers import pages_of, saved, text

A4 = PaperSheet("a4")
LANDSCAPE = (842, 595)


def made(folder: Path, content: bytes, name: str, **further: Any) -> list[Any]:
    """The pages of one file, made in this process."""
    file, into = folder / "handed-in", folder / "pages.tif"
    file.write_bytes(content)
    order = {"work": "make", "name": name, "files": [{"path": str(file), "name": name}], "into": str(into)}
    order |= {"paper": "a4", "coarse": False, "language": "en", "most": 200, "cover": None}
    told = answer(order | further)
    if "refused" in told:
        raise AssertionError(told["refused"]["text"])
    pages = pages_of(into)
    assert len(pages) == told["pages"]
    return pages


def refused(folder: Path, content: bytes, name: str) -> str:
    with pytest.raises(AssertionError) as error:
        made(folder, content, name)
    return str(error.value)


def a_pdf(*sizes: tuple[float, float], **options: Any) -> bytes:
    """A page of each size, with a black square in its top left corner."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=sizes[0], **options)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(20, height - 70, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def corner(page: Any) -> tuple[str, str]:
    """In which corner of the page its ink is."""
    rows, columns = np.nonzero(page)
    return (
        "top" if rows.mean() < page.shape[0] / 2 else "bottom",
        "left" if columns.mean() < page.shape[1] / 2 else "right",
    )


@pytest.mark.parametrize(("rows", "lines_per_inch"), [(1080, 98), (2160, 196)])
def test_a_fax_that_came_can_be_sent_on_and_keeps_its_shape(tmp_path: Path, rows: int, lines_per_inch: int) -> None:
    (page,) = made(tmp_path, saved(tmp_path / "come.tif", [text(rows)], lines_per_inch).read_bytes(), "come.tif")
    inked = np.flatnonzero(page.any(axis=1))
    assert inked[-1] - inked[0] == pytest.approx(2160, rel=0.06)


def test_pdf_pages_fill_the_paper_and_those_that_lie_are_turned(tmp_path: Path) -> None:
    upright, lying = made(tmp_path, a_pdf((595, 842), LANDSCAPE), "offer.pdf")
    assert upright.shape == lying.shape == (A4.height, 1728)
    assert corner(upright) == ("top", "left")
    assert corner(lying) == ("bottom", "left")
    assert not upright[:HEADER_LINES].any()


def test_a_page_of_any_size_fits_on_the_paper(tmp_path: Path) -> None:
    (page,) = made(tmp_path, a_pdf((3000, 9000)), "plan.pdf", paper="letter")
    assert page.shape == (PaperSheet("letter").height, 1728)
    assert page.any()


def test_a_locked_pdf_is_refused_with_the_mend(tmp_path: Path) -> None:
    assert refused(tmp_path, a_pdf((595, 842), encrypt="secret"), "pay.pdf") == (
        "pay.pdf is locked with a password. Print it as a PDF without one, and send that."
    )


def test_a_pdf_of_500_pages_is_refused_with_the_limit(tmp_path: Path) -> None:
    assert refused(tmp_path, a_pdf(*[(595, 842)] * 500), "book.pdf") == (
        "book.pdf has 500 pages; a fax may have 200. Send it in parts."
    )


def raw_pdf(content: bytes, resources: str = "", more: list[bytes] | None = None, catalogue: str = "") -> bytes:
    """One page with this content stream. more: further objects, from number 5 on."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *(more or []),
    ]
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def test_the_script_of_a_pdf_is_not_run(tmp_path: Path) -> None:
    script = "/OpenAction<</S/JavaScript/JS(while \\(true\\) {})>>"
    (page,) = made(tmp_path, raw_pdf(b"50 700 100 100 re f", catalogue=script), "form.pdf")
    assert page.any()


def test_a_pdf_that_is_never_done_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.7)
    levels = 12
    forms = []
    for level in range(levels):
        inside = b"/F Do " * 20 if level < levels - 1 else b"0 0 500 800 re f " * 20
        resources = b"<</XObject<</F %d 0 R>>>>" % (6 + level)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources%s/Length %d>>" % (resources, len(inside))
        forms.append(head + b"stream\n" + inside + b"\nendstream")
    bomb = raw_pdf(b"/F Do", "/XObject<</F 5 0 R>>", forms)
    assert refused(tmp_path, bomb, "bomb.pdf").startswith("bomb.pdf takes more time or memory than a file of its kind")


def png(width: int, height: int) -> bytes:
    """A file that says that it has so many pixels, and has none of them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert refused(tmp_path, png(60000, 60000), "sky.png") == (
        "sky.png is 60000 by 60000 pixels large, which is too much. Make it smaller, and send that."
    )


def picture(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def test_a_photograph_taken_sideways_is_turned_upright_and_made_of_dots(tmp_path: Path) -> None:
    grey = np.full((400, 300), 160, dtype=np.uint8)
    grey[:60, :60] = 0
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = Image.fromarray(grey).transpose(Image.Transpose.ROTATE_90)
    (page,) = made(tmp_path, picture(sideways, "JPEG", exif=exif), "photo.jpg")
    black = page[HEADER_LINES + 20 : HEADER_LINES + 200, 120:240].mean()
    middle = page[1000:1400, 600:1000].mean()
    assert black > 0.9
    assert 0.2 < middle < 0.6


def test_a_drawing_stays_without_dots_and_what_is_clear_is_paper(tmp_path: Path) -> None:
    drawing = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    drawing.paste((20, 20, 20, 255), (100, 100, 200, 700))
    (page,) = made(tmp_path, picture(drawing), "drawing.png")
    assert corner(page)[1] == "left"
    assert 0.05 < page.mean() < 0.2


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("Grüße, 20 € – café".encode(), "de"),
        (b"\xef\xbb\xbf" + "Grüße, 20 € – café".encode(), "de"),
        ("Grüße, 20 € – café".encode("utf-16"), "de"),
        ("Grüße, 20 € – café".encode("utf-16-le"), "de"),
        ("Grüße, 20 € – café".encode("cp1252"), "de"),
    ],
)
def test_text_is_read_however_it_was_written(raw: bytes, language: str) -> None:
    assert decoded(raw, "letter.txt", language) == "Grüße, 20 € – café"


def test_old_text_is_read_as_the_language_of_the_office_was_written() -> None:
    assert decoded("Добрый день".encode("cp1251"), "letter.txt", "ru") == "Добрый день"


def test_lines_are_broken_between_words_and_a_form_feed_begins_a_page() -> None:
    pages = list(laid_out("word " * 40 + "\r\nsecond\fthird", A4))
    assert [len(page) for page in pages] == [4, 1]
    assert all(len(line) <= COLUMNS for page in pages for line in page)
    assert pages[1] == ["third"]


@pytest.mark.parametrize(
    ("content", "name", "mend"),
    [
        (b"PK\x03\x04....", "letter.docx", "save it as PDF"),
        (b"\xd0\xcf\x11\xe0....", "letter", "save it as PDF"),
        (b"<!DOCTYPE html><p>", "page.html", "print it as PDF"),
        (bytes(range(256)) * 4, "program.exe", "neither a PDF nor a picture nor text"),
        (bytes(range(256)) * 4, "Scan.PDF", "is called a PDF and is none: make it anew"),
        (b"<!DOCTYPE html><p>404", "offer.pdf", "is called a PDF and is none: make it anew"),
        (b"PK\x03\x04....", "offer.pdf", "is called a PDF and is none: make it anew"),
        (b"Not found", "photo.JPG", "is called a picture and is none: save it anew"),
        (b"....ftypheic....", "photo.heic", "save it as JPEG"),
        (b"<svg xmlns='x'/>", "logo.svg", "save it as JPEG"),
        (b"<?xml version='1.0'?>\n<svg/>", "logo.svg", "save it as JPEG"),
        (b"", "nothing.pdf", "is empty"),
        (b"%PDF-1.7 and nothing else", "half.pdf", "Save it anew"),
        (b"\x89PNG\r\n\x1a\nbroken", "half.png", "Save it anew"),
    ],
)
def test_what_cannot_be_faxed_is_refused_with_what_to_do(tmp_path: Path, content: bytes, name: str, mend: str) -> None:
    assert mend in refused(tmp_path, content, name)


def test_coarse_pages_have_half_the_lines_and_the_file_is_as_engines_want_it(tmp_path: Path) -> None:
    (page,) = made(tmp_path, b"Hello", "hello.txt", coarse=True)
    assert page.shape[0] == (A4.height + 1) // 2
    told = subprocess.run(["tiffinfo", tmp_path / "pages.tif"], capture_output=True, text=True, check=True).stdout
    for fact in ("Width: 1728", "204, 98 pixels/inch", "CCITT Group 4", "min-is-white", "Bits/Sample: 1"):
        assert fact in told


def test_a_cover_leaves_out_lines_without_a_fact() -> None:
    lines = filled(["Fax", "To: {to}", "Pages: {pages}", "{note}"], {"to": "", "pages": "2", "note": "Please\ncall"})
    assert lines == ["Fax", "Pages: 2", "Please", "call"]


def test_the_process_makes_a_cover_header_lines_and_a_proof(tmp_path: Path) -> None:
    cover = {"template": ["Fax", "Pages: {pages}", "{date}"], "facts": {"date": "2026-03-03T09:15:00"}}
    pages = made(tmp_path, b"one\ftwo", "a.txt", cover=cover)
    assert len(pages) == 3
    file, stamped = tmp_path / "pages.tif", tmp_path / "stamped.tif"
    header = HeaderLine("2026-03-03T09:15:00", "de", "Riverside Dental   5550100", "Seite {n} von {m}")
    assert stamp_pages(file, stamped, skip=1, header=header) == 2
    assert [page[:HEADER_LINES].any() for page in pages_of(stamped)] == [True, True]
    make_proof(file, tmp_path / "proof.pdf", paper="a4", language="de", title="Fax zugestellt", facts=[("An", "555")])
    told = subprocess.run(["pdfinfo", tmp_path / "proof.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in told


def test_a_full_disk_is_no_fault_of_the_pages_so_that_the_fax_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho 'OSError: [Errno 28] No space left on device' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr("appliance.fax.making.orders.sys.executable", str(program))
    header = HeaderLine("2026-03-03T09:15:00-05:00", "en", "Office", "{n}/{m}")
    with pytest.raises(OSError, match="No space left"):
        stamp_pages(tmp_path / "pages.tif", tmp_path / "stamped.tif", skip=0, header=header)

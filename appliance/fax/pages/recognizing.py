"""The words on a page, by the program tesseract where it is installed, with those of its languages that are."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from typing import Final

from PIL import Image

from appliance.fax.pages.pdffile import PlacedWord

PATIENCE_SECONDS: Final = 120.0
"""For a page. One full of small letters takes 6 s on a 2-core x86 machine, and four times as long on a Raspberry Pi."""
MOST_SIDE: Final = 30_000
"""Pixels of a picture that the program takes (it refuses 32,768)."""
LEAST_SURE: Final = 30.0
"""Of 100. What the program is less sure of is dirt more often than a word."""

DATA: Final = {
    "en": "eng",
    "de": "deu",
    "es": "spa",
    "fr": "fra",
    "pl": "pol",
    "ru": "rus",
    "sv": "swe",
    "vi": "vie",
}
"""Names of the program's data, by our languages: ISO 639-3."""


def usable(languages: Sequence[str]) -> str:
    """How the program is told these languages; empty where it is missing, or its data for all of them."""
    program = shutil.which("tesseract")
    if program is None or not languages:
        return ""
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    there = set(told.split())
    return "+".join(DATA[one] for one in dict.fromkeys(languages) if DATA.get(one) in there)


def words_on(picture: Image.Image, dpi: float, asked: str) -> Sequence[PlacedWord]:
    """The words of a page that has as many lines as pixels an inch; none where the program fails.

    asked: what `usable` answered.
    """
    raw = io.BytesIO()
    picture.save(raw, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", asked, "--dpi", str(round(dpi)), "tsv"]
    try:
        done = subprocess.run(
            command, input=raw.getvalue(), capture_output=True, timeout=PATIENCE_SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return _words(done.decode(errors="replace"))


def _words(table: str) -> Sequence[PlacedWord]:
    found = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        try:
            sure, box = float(row["conf"]), [int(row[name]) for name in ("left", "top", "width", "height")]
        except (KeyError, TypeError, ValueError):
            continue
        text = (row.get("text") or "").strip()
        if text and sure >= LEAST_SURE:
            found.append(PlacedWord(text, *box))
    return found

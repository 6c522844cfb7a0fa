"""A process of its own that makes pages, header lines and proofs, and ends: what it is given may be made to harm.

    python -m appliance.fax.making.process < request

The request is one JSON object, as `appliance.fax.making.orders` writes it, and so is the answer. A file that is a bomb
ends a process with limits of its own, and not the telephone system, and the libraries are gone when it is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageSequence

from appliance.besidecalls import stay_beside_calls
from appliance.fax.making.cover import cover_page, filled
from appliance.fax.making.dates import written
from appliance.fax.making.kinds import LOOKED_AT, FileKind, kind_of
from appliance.fax.making.pagewriter import PageWriter
from appliance.fax.making.pdf import pdf_pages
from appliance.fax.making.pictures import picture_pages
from appliance.fax.making.proof import proof
from appliance.fax.making.refusal import CannotBeFaxed, takes_too_much, too_many
from appliance.fax.making.sheet import LINES_PER_INCH, PIXELS_PER_INCH, PaperSheet
from appliance.fax.making.stamping import stamp
from appliance.fax.making.texts import text_pages
from hw.said import wording

MOST_CPU_SECONDS = 120
"""Of this process, and of each that it starts. 200 pages of text take 8 s on a 2-core x86 machine."""
MOST_MEMORY = 768 << 20
"""Bytes of each. A scan of A4 at 600 dpi in colour takes 250 MB."""
LARGEST_FILE = 100 << 20
"""Bytes of what is written. 200 pages of dots have 40 MB."""


def made(request: dict[str, Any]) -> int:
    """Write the pages of all files, behind the cover; how many there are. Raises CannotBeFaxed."""
    sheet, into, most = PaperSheet(request["paper"]), Path(request["into"]), request["most"]
    cover = request["cover"]
    body = into.with_suffix(".body") if cover else into
    with PageWriter(body, coarse=request["coarse"]) as out:
        for file in request["files"]:
            for page in _pages_of(file, sheet, most, request["language"]):
                if out.pages == most:
                    raise too_many(file["name"], most + 1, most)
                out.add(page)
    if not cover:
        return out.pages
    facts = cover["facts"] | {"pages": str(out.pages + 1)}
    facts["date"] = written(facts["date"], request["language"])
    with PageWriter(into, coarse=request["coarse"]) as whole, Image.open(body, formats=("TIFF",)) as pages:
        whole.add(cover_page(filled(cover["template"], facts), sheet))
        for page in ImageSequence.Iterator(pages) if out.pages else ():
            whole.write(page.convert("1"), page.info.get("dpi", (PIXELS_PER_INCH, LINES_PER_INCH)))
    body.unlink()
    return whole.pages


def _pages_of(file: dict[str, str], sheet: PaperSheet, most: int, language: str) -> Iterator[Image.Image]:
    path, name = Path(file["path"]), file["name"]
    with path.open("rb") as there:
        kind = kind_of(name, there.read(LOOKED_AT))
    match kind:
        case FileKind.PDF:
            yield from pdf_pages(path, name, sheet, most)
        case FileKind.PICTURE:
            yield from picture_pages(path, name, sheet, most)
        case FileKind.TEXT:
            yield from text_pages(path, name, sheet, most, language)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked for: how many pages that are, or why there are none."""
    try:
        match request["work"]:
            case "make":
                return {"pages": made(request)}
            case "stamp":
                left = f"{written(request['when'], request['language'])}   {request['sender']}"
                paths = Path(request["pages"]), Path(request["into"])
                return {"pages": stamp(*paths, request["skip"], left, request["page_words"])}
            case "proof":
                facts = [(label, written(fact, request["language"])) for label, fact in request["facts"]]
                proof(Path(request["pages"]), Path(request["into"]), request["paper"], request["title"], facts)
                return {"pages": 1}
    except CannotBeFaxed as refused:
        return {"refused": wording(refused.why)}
    except MemoryError:
        return {"refused": wording(takes_too_much(request["name"]).why)}
    raise ValueError(request["work"])


def main() -> None:
    stay_beside_calls(memory=MOST_MEMORY, cpu_seconds=MOST_CPU_SECONDS, largest_file=LARGEST_FILE)
    print(json.dumps(answer(json.load(sys.stdin))))


if __name__ == "__main__":
    main()

"""Reads back what a PDF shows, from the bytes of the file: as much of the format as a card needs."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass

OBJECT = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*(?:stream\r?\n(.*?)endstream\s*)?endobj", re.DOTALL)
FONT, PLACE, SHOW = rb"(/\S+) (\S+) Tf", rb"1 0 0 1 (\S+) (\S+) Tm", rb"\(((?:\\.|[^\\)])*)\) Tj"
STEP = re.compile(b"|".join((FONT, PLACE, SHOW)), re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


@dataclass(frozen=True)
class ShownText:
    """A text, and where its first letter stands, in points from the left and lower edges of the page."""

    text: str
    x: float
    y: float
    size: float


def shown(pdf: bytes) -> list[list[ShownText]]:
    """The texts of each page."""
    objects = {int(found[1]): (found[2], found[3]) for found in OBJECT.finditer(pdf)}
    fonts = {}
    for facts, _ in objects.values():
        if (name := re.search(rb"/Name (/\S+)", facts)) and (to_unicode := re.search(rb"/ToUnicode (\d+)", facts)):
            table = re.findall(rb"<(\w\w)> <(\w{4,})>", stream(*objects[int(to_unicode[1])]))
            fonts[name[1]] = {int(code, 16): unicode_text(letter) for code, letter in table}
    contents = [re.search(rb"/Contents (\d+)", facts) for facts, _ in objects.values()]
    return [page(stream(*objects[int(number[1])]), fonts) for number in contents if number]


def unicode_text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def stream(facts: bytes, data: bytes | None) -> bytes:
    assert data is not None
    if b"/ASCII85Decode" in facts:
        data = base64.a85decode(b"<~" + data.strip(), adobe=True)
    return zlib.decompress(data)


def page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> list[ShownText]:
    """A text may be shown in several steps, each in a font that has its letters."""
    texts: list[ShownText] = []
    font, size, place = b"", 0.0, (0.0, 0.0)
    for step in STEP.finditer(content):
        if step[1]:
            font, size = step[1], float(step[2])
        elif step[3]:
            place = float(step[3]), float(step[4])
        else:
            codes = ESCAPED.sub(unescaped, step[5])
            letters = fonts.get(font)
            text = "".join(letters[code] for code in codes) if letters else codes.decode("cp1252")
            before = texts.pop().text if texts and (texts[-1].x, texts[-1].y) == place else ""
            texts.append(ShownText(before + text, *place, size))
    return texts


def unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)]) if len(found[1]) == 3 else found[1]

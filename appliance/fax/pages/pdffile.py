"""A PDF of a fax's pages, written as they come (ISO 32000-1).

A page's code of Group 4 stands in the file as it came: PDF has a filter for it (§7.4.6), so that nothing is decoded and
coded again, and a page takes no more room than it did on the line. That is why this is written here, and not by a
library, which would make other pictures of them. Words that were recognised lie invisible upon their pictures, so that
the text can be searched and copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from appliance.fax.pages.paper import Placing
from appliance.fax.pages.tifffile import TiffPage

_POINTS: Final = 72 / 25.4
"""Of a mm."""
_MOST_LETTERS: Final = 255
"""Different ones, for which one font of this kind has codes."""
_GLYPH_WIDTH: Final = 500
"""Thousandths of the size, of every letter: they are stretched to the width that the word has in the picture."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word where it stands on a page, in pixels and lines from the upper left corner."""

    text: str
    left: float
    top: float
    width: float
    height: float


class PdfFile:
    """A PDF that is being written. `close` makes it whole; the file itself stays open."""

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._file = file
        self._title = title
        self._places: dict[int, int] = {}
        self._last = 4  # Catalog, list of pages, font and title have the first numbers, and are written last.
        self._pages: list[int] = []
        self._codes: dict[str, int] = {}
        file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def add(self, page: TiffPage, code: bytes, placings: Sequence[Placing], words: Sequence[PlacedWord] = ()) -> None:
        """A page of a fax, on one sheet or several. code: of Group 4, in one piece."""
        picture = self._new(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1"
            b" /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>"
            % (page.width, page.lines, page.width, page.lines, b"true" if page.inverted else b"false"),
            code,
        )
        for placing in placings:
            drawn = self._new(b"", self._drawn(page, placing, words))
            width, length = placing.sheet.width * _POINTS, placing.sheet.length * _POINTS
            fonts = b" /Font << /F 3 0 R >>" if words else b""
            self._pages.append(
                self._new(
                    b"/Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R"
                    b" /Resources << /XObject << /P %d 0 R >>%s >>" % (width, length, drawn, picture, fonts)
                )
            )

    def close(self) -> None:
        """Write the rest."""
        nothing = self._new(b"", b"%d 0 d0" % _GLYPH_WIDTH)
        meaning = self._new(b"", self._meaning())
        codes = range(1, max(2, len(self._codes) + 1))
        self._write(1, b"/Type /Catalog /Pages 2 0 R")
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._write(2, b"/Type /Pages /Count %d /Kids [%s]" % (len(self._pages), kids))
        self._write(
            3,
            b"/Type /Font /Subtype /Type3 /FontBBox [0 0 %d 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
            b" /FirstChar 1 /LastChar %d /Widths [%s] /Encoding << /Type /Encoding /Differences [1 %s] >>"
            b" /CharProcs << /n %d 0 R >> /Resources << >> /ToUnicode %d 0 R"
            % (
                *(_GLYPH_WIDTH, codes[-1], b" ".join(b"%d" % _GLYPH_WIDTH for _ in codes)),
                *(b" ".join(b"/n" for _ in codes), nothing, meaning),
            ),
        )
        self._write(4, b"/Title <%s> /Producer (Copperdesk)" % _utf16(self._title, mark=True))
        start = self._file.tell()
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (self._last + 1))
        for number in range(1, self._last + 1):
            self._file.write(b"%010d 00000 n \n" % self._places[number])
        self._file.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (self._last + 1))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _new(self, dictionary: bytes, stream: bytes | None = None) -> int:
        self._last += 1
        self._write(self._last, dictionary, stream)
        return self._last

    def _write(self, number: int, dictionary: bytes, stream: bytes | None = None) -> None:
        self._places[number] = self._file.tell()
        if stream is None:
            self._file.write(b"%d 0 obj\n<< %s >>\nendobj\n" % (number, dictionary))
        else:
            self._file.write(b"%d 0 obj\n<< %s /Length %d >>\nstream\n" % (number, dictionary, len(stream)))
            self._file.write(stream)
            self._file.write(b"\nendstream\nendobj\n")

    def _drawn(self, page: TiffPage, placing: Placing, words: Sequence[PlacedWord]) -> bytes:
        """What draws a page: its picture, and upon it the words that lie on this sheet."""
        width = page.width_mm * placing.scale * _POINTS
        length = page.length_mm * placing.scale * _POINTS
        left = placing.left * _POINTS
        upper = (placing.sheet.length + placing.top * placing.scale) * _POINTS
        drawn = [b"q %.4f 0 0 %.4f %.4f %.4f cm /P Do Q" % (width, length, left, upper - length)]
        across, down = width / page.width, length / page.lines
        for word in words:
            text, size = self._coded(word.text + " "), word.height * down
            bottom = upper - (word.top + word.height) * down
            if not 0 <= bottom <= placing.sheet.length * _POINTS or size <= 0:
                continue
            stretched = 100 * word.width * across / ((len(text) // 2 - 1) * size * _GLYPH_WIDTH / 1000)
            drawn.append(
                b"BT 3 Tr /F %.2f Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj ET"
                % (size, stretched, left + word.left * across, bottom, text)
            )
        return b"\n".join(drawn)

    def _coded(self, text: str) -> bytes:
        """A text by the codes of the font, in hexadecimal. A letter for which none is left is a space."""
        codes = []
        for letter in text:
            if letter not in self._codes and len(self._codes) < _MOST_LETTERS:
                self._codes[letter] = len(self._codes) + 1
            codes.append(self._codes.get(letter, self._codes.get(" ", 1)))
        return bytes(codes).hex().encode()

    def _meaning(self) -> bytes:
        """Which letter each code of the font is (§9.10.3)."""
        table = list(self._codes.items())
        parts = [
            b"%d beginbfchar\n%s\nendbfchar"
            % (len(some), b"\n".join(b"<%02x> <%s>" % (code, _utf16(letter)) for letter, code in some))
            for some in (table[at : at + 100] for at in range(0, len(table), 100))
        ]
        return (
            b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Fax def\n/CMapType 2 def\n"
            b"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n%s\nendcmap\nend\nend" % b"\n".join(parts)
        )


def _utf16(text: str, *, mark: bool = False) -> bytes:
    coded = text.encode("utf-16-be", "replace")
    return (b"\xfe\xff" + coded if mark else coded).hex().encode()

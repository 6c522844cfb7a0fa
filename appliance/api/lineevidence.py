"""What shows the findings of the last line test: its report, what was heard, and plots of that: methods `lines.…`."""

from __future__ import annotations

import base64
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.hearing import PIECE_BYTES, SoundPiece, piece_of
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.linedoctor.doctor import LineTest
from appliance.linedoctor.document import texts
from appliance.linedoctor.plots import NARROW, frequencies, loudness, picture
from appliance.wav.clip import written_clip
from hw.audio import Samples
from hw.said import Wording, said, told_by, wording

PLOTS: dict[str, Callable[[Samples, int], str]] = {"loudness": loudness, "frequencies": frequencies}
"""By the names that `lines.plot` takes."""


LANGUAGE = "[a-z]{2,3}(-[A-Za-z]{2,4})?"
"""The codes of languages, which are a part of a file's name."""


class LinePlot(TypedDict):
    """A picture of its own, as SVG."""

    svg: str


class ReportTexts(TypedDict):
    """The texts of a report, for whoever has it told in another language."""

    texts: list[Wording]


Write = Callable[[LineTest, Mapping[str, str], str], Awaitable[Path]]
"""Writes the report of a test with these texts in place of the English ones, in this language. Raises OSError."""


def offer_line_evidence(control: ControlServer, last: Callable[[], LineTest], write: Write) -> None:
    """Put the methods on the socket. last: the last test; ControlError where there was none."""
    written: dict[str, Path] = {}

    def tested() -> LineTest:
        test = last()
        if test.running or test.found is None or not test.reported:
            raise _gone()
        return test

    def recording(number: int) -> Samples:
        found = last().found
        recordings = list(found.recordings.values()) if found is not None else []
        if not 0 <= number < len(recordings):
            raise _gone()
        return recordings[number]

    async def report_texts(_params: dict[str, Any]) -> ReportTexts:
        test = tested()
        assert test.found is not None
        return ReportTexts(texts=[wording(one) for one in texts(test.found, test.findings, test.proposals)])

    async def write_report(params: dict[str, Any]) -> None:
        test = tested()
        assert test.found is not None
        english, told = texts(test.found, test.findings, test.proposals), params["texts"]
        if len(told) != len(english) or not re.fullmatch(LANGUAGE, params["language"]):
            raise _gone()
        words = {before: str(now) for before, now in zip(english, told, strict=True)}
        try:
            written[params["language"]] = await write(test, words, params["language"])
        except OSError as error:
            raise ControlError("disk-full", told_by(error)) from error

    async def report(params: dict[str, Any]) -> SoundPiece:
        tested()
        try:
            return await off_loop(piece_of, written[params["language"]], params["at"])
        except (KeyError, OSError) as error:
            raise _gone() from error

    async def heard(params: dict[str, Any]) -> SoundPiece:
        content = await off_loop(written_clip, recording(params["number"]))
        at = max(params["at"], 0)
        piece = base64.b64encode(content[at : at + PIECE_BYTES]).decode("ascii")
        return SoundPiece(piece=piece, size=len(content))

    async def plot(params: dict[str, Any]) -> LinePlot:
        if (draw := PLOTS.get(params["kind"])) is None:
            raise _gone()
        samples = recording(params["number"])
        return LinePlot(svg=await off_loop(lambda: picture(draw(samples, NARROW))))

    control.method("lines.report_texts", report_texts)
    control.method("lines.write_report", write_report, {"texts": Param(list), "language": Param(str)})
    control.method("lines.report", report, {"language": Param(str), "at": Param(int, 0)})
    control.method("lines.heard", heard, {"number": Param(int), "at": Param(int, 0)})
    control.method("lines.plot", plot, {"number": Param(int), "kind": Param(str)})


def _gone() -> ControlError:
    return ControlError("no-evidence", said("this is not there any more: test the line again"))

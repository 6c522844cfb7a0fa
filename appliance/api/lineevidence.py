"""What shows the findings of the last line test: its report, what was heard, and plots of that: methods `lines.…`."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.hearing import PIECE_BYTES, SoundPiece, piece_of
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.linedoctor.doctor import LineTest
from appliance.linedoctor.plots import NARROW, frequencies, loudness, picture
from appliance.wav.clip import written_clip
from hw.audio import Samples
from hw.said import said

PLOTS: dict[str, Callable[[Samples, int], str]] = {"loudness": loudness, "frequencies": frequencies}
"""By the names that `lines.plot` takes."""


class LinePlot(TypedDict):
    """A picture of its own, as SVG."""

    svg: str


def offer_line_evidence(
    control: ControlServer, last: Callable[[], LineTest], report_of: Callable[[LineTest], Path]
) -> None:
    """Put the methods on the socket. last: the last test; ControlError where there was none. report_of: its file."""

    def recording(number: int) -> Samples:
        found = last().found
        recordings = list(found.recordings.values()) if found is not None else []
        if not 0 <= number < len(recordings):
            raise _gone()
        return recordings[number]

    async def report(params: dict[str, Any]) -> SoundPiece:
        test = last()
        if test.running or not test.reported:
            raise _gone()
        try:
            return await off_loop(piece_of, report_of(test), params["at"])
        except OSError as error:
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

    control.method("lines.report", report, {"at": Param(int, 0)})
    control.method("lines.heard", heard, {"number": Param(int), "at": Param(int, 0)})
    control.method("lines.plot", plot, {"number": Param(int), "kind": Param(str)})


def _gone() -> ControlError:
    return ControlError("no-evidence", said("this is not there any more: test the line again"))

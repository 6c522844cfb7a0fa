"""The sound of a line or telephone, opened at the engine as its port's traits want it."""

from __future__ import annotations

from collections.abc import Callable

from appliance.media.engine import Engine
from appliance.media.port import MediaPort
from hw.audio import Frame
from hw.linecard import LinePort, carrying_data


def port_media(
    engine: Engine, name: str, port: LinePort, write: Callable[[Frame], None], *, cancels_echo: bool = False
) -> MediaPort:
    """A media port that sends its frames to `write`. name: for the engine's figures.

    cancels_echo: the echo of the line is removed, as far as the port's traits say that there is one.
    """
    traits = port.traits
    tail_ms = traits.echo_tail_ms if cancels_echo else 0
    media = engine.open(name, write, echo_tail_ms=tail_ms, drifts=traits.drifts, jitters=traits.jitters)
    media.on_data = carrying_data(port)
    return media

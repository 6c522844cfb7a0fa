"""Which voice speaks a language. This never loads one: a voice is only ever loaded by the speaker's own process.

A natural voice comes from a Python package, or from the folder of voices: a model of Piper there, such as
`sv_SE-nst-medium.onnx` with `sv_SE-nst-medium.onnx.json` beside it, speaks the language that its name begins with.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from appliance.prompts.language import Language
from hw.said import said

MODEL_SUFFIX: Final = ".onnx"


class SynthesisFailed(RuntimeError):
    """Not every text was spoken. The message holds why."""


class NoVoice(SynthesisFailed):
    """There is no natural voice for a language, and espeak-ng is not installed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`name` tells its clips from those of the engine's other voices. `model`: what the engine loads."""

    engine: Literal["piper", "espeak"]
    name: str
    model: str


def default_voices() -> Path:
    """The folder of a user's own voices: $COPPERDESK_VOICES, else ~/.local/share/copperdesk/voices."""
    given = os.environ.get("COPPERDESK_VOICES")
    return Path(given) if given else Path.home() / ".local" / "share" / "copperdesk" / "voices"


def config_of(model: Path) -> Path:
    """The file beside a model that says how it is spoken with."""
    return model.with_name(model.name + ".json")


def best_voice(language: Language) -> Voice:
    """A voice from the folder of voices, then a packaged one, otherwise espeak-ng. Raises `NoVoice` without any."""
    if all(find_spec(module) for module in ("piper", "onnxruntime")):
        if dropped := _in_folder(language):
            return dropped
        if language.natural and find_spec(language.natural):
            return Voice("piper", language.natural, language.natural)
    if shutil.which("espeak-ng"):
        return espeak_voice(language)
    if language.natural:
        package = language.natural.replace("_", "-")
        raise NoVoice(said("no voice is installed: install piper-tts and %(package)s, or espeak-ng", package=package))
    raise NoVoice(said("no voice is installed: install piper-tts and a voice, or espeak-ng"))


def espeak_voice(language: Language) -> Voice:
    return Voice("espeak", language.espeak, language.espeak)


def _in_folder(language: Language) -> Voice | None:
    """The first by name of the models for a language. Its size tells it from a later edition of the same name."""
    for model in sorted(default_voices().glob(f"{language.code}[_-]*{MODEL_SUFFIX}")):
        if config_of(model).is_file():
            return Voice("piper", f"{model.stem} of {model.stat().st_size} bytes", str(model.absolute()))
    return None

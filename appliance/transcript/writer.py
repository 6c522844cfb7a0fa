"""The recogniser's process: recordings in, texts out. It is run as `python -m appliance.transcript.writer`.

It reads paths of WAV files from standard input, one a line, and prints `{"text": ..., "sure": ...}` for each. It runs
at the lowest priority, and ends with its input. The daemon never imports this module: the model takes 200 MB.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import numpy as np

from appliance.besidecalls import stay_beside_calls
from appliance.transcript.spectrum import RATE
from appliance.transcript.speech import pieces
from appliance.transcript.whisper import Recogniser
from appliance.wav.loading import AudioFileError, load_wav
from hw.audio import FULL_SCALE, SAMPLE_RATE, Samples
from hw.dsp.resample import resample

MOST_MEMORY = 1 << 30
"""Bytes."""


def main(paths: Iterable[str], written: TextIO) -> None:
    """Write down every recording. One that cannot be read has no text."""
    recogniser: Recogniser | None = None
    for path in paths:
        try:
            said = pieces(load_wav(Path(path.rstrip("\n"))))
        except AudioFileError:
            said = []
        if said and recogniser is None:
            recogniser = Recogniser()
        text, sure = _written(recogniser, said) if recogniser is not None else ("", 0.0)
        print(json.dumps({"text": text, "sure": sure}), file=written, flush=True)


def _written(recogniser: Recogniser, said: list[Samples]) -> tuple[str, float]:
    """The text of all pieces, and how sure the least sure one is."""
    found = [recogniser.recognise(_wide(piece)) for piece in said]
    texts = [one for one in found if one is not None]
    return " ".join(one.text for one in texts), min((one.sure for one in texts), default=0.0)


def _wide(piece: Samples) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return resample(piece, SAMPLE_RATE, RATE).astype(np.float32) / np.float32(FULL_SCALE)


if __name__ == "__main__":
    stay_beside_calls(memory=MOST_MEMORY)
    main(sys.stdin, sys.stdout)

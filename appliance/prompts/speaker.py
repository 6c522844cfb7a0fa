"""The speaker: a short-lived process that turns texts into clips.

It is run as `python -m appliance.prompts.speaker LANGUAGE ENGINE MODEL`. It reads lines of `{"text": …, "path": …}`
from standard input, writes each clip to its path and then prints `{"path": …}` on a line of its own. It ends with its
input. The daemon never imports this module: a voice holds hundreds of megabytes, which go with the process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from appliance.besidecalls import stay_beside_calls
from appliance.prompts.languages import language
from appliance.prompts.sound import clip_of
from appliance.prompts.voice import MODEL_SUFFIX, config_of
from appliance.wav.clip import write_clip
from hw.audio import Samples

Speech = tuple[list[Samples], int]
"""A text's sentences, and their rate in Hz."""


MOST_MEMORY: Final = 768 << 20
"""Bytes. The natural voice takes 280 MB for a usual sentence, and 410 MB for one of a thousand letters."""
_WORD_PACE: Final = 1.15
"""How much longer than its usual speech Piper takes for a single word: digits and numbers are written down."""


def main(code: str, engine: str, model: str, jobs: Iterable[str], finished: TextIO) -> None:
    """Speak every job line; a job that cannot be spoken ends the process with the error."""
    as_read = language(code).as_read
    speak = _piper(model) if engine == "piper" else _espeak(model)
    for line in jobs:
        job = json.loads(line)
        write_clip(Path(job["path"]), clip_of(*speak(_with_end(as_read(job["text"])))))
        print(json.dumps({"path": job["path"]}), file=finished, flush=True)


def _with_end(text: str) -> str:
    """A clip from the middle of a sentence is spoken before a comma: the voice stays up."""
    return text if text.endswith((".", "?", "!")) else f"{text},"


def _piper(model: str) -> Callable[[str], Speech]:
    # Otherwise the runtime leaves a device identifier behind and reports its use over the network.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    network, config = _files(model)

    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig, SynthesisConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    voice = PiperVoice(
        session=onnxruntime.InferenceSession(str(network), sess_options=options, providers=["CPUExecutionProvider"]),
        config=PiperConfig.from_dict(json.loads(config.read_text(encoding="utf-8"))),
    )

    def speak(text: str) -> Speech:
        # Both noises off and one thread: a text always gives the same samples, whatever was spoken before it.
        pace = 1.0 if " " in text else _WORD_PACE
        still = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0, length_scale=pace)
        chunks = list(voice.synthesize(text, syn_config=still))
        return [chunk.audio_int16_array for chunk in chunks], voice.config.sample_rate

    return speak


def _files(model: str) -> tuple[Path, Path]:
    """The network of a natural voice, and its configuration. `model` is a Python package with a voice, or a file."""
    if model.endswith(MODEL_SUFFIX):
        return Path(model), config_of(Path(model))
    package = import_module(model)
    return Path(package.model_path()), Path(package.config_path())


def _espeak(voice: str) -> Callable[[str], Speech]:
    def speak(text: str) -> Speech:
        with tempfile.TemporaryDirectory() as folder:
            spoken = Path(folder, "spoken.wav")
            command = ["espeak-ng", "-v", voice, "-w", str(spoken), "--stdin"]
            subprocess.run(command, input=text.encode(), check=True)
            if not spoken.exists():
                return [], 8000
            with wave.open(str(spoken), "rb") as file:
                return [np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")], file.getframerate()

    return speak


if __name__ == "__main__":
    stay_beside_calls(memory=MOST_MEMORY)
    _, code, engine, model = sys.argv
    main(code, engine, model, sys.stdin, sys.stdout)

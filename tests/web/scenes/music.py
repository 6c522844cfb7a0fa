"""Music on hold: the built-in, and a piece of the office's own."""

from __future__ import annotations

import base64

import numpy as np

from appliance.wav.clip import written_clip
from tests.web.scenes.scene import Scene


def built_in(site):
    site.ask("music.remove")


def own(site):
    built_in(site)
    noise = np.random.default_rng(1).integers(-9000, 9000, 24_000).astype(np.int16)
    piece = base64.b64encode(written_clip(noise)).decode()
    upload = site.ask("music.upload", piece=piece)["upload"]
    site.ask("music.add", upload=upload, title="Spring waltz")


SCENES = [Scene("music", "/music", prepare=built_in), Scene("music-own", "/music", prepare=own)]

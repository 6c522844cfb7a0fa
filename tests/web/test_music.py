"""The page of the music on hold: brought, heard, and taken away."""

from __future__ import annotations

import io

import numpy as np

from appliance.wav.clip import clip_in, written_clip
from hw.audio import SAMPLE_RATE


def brought(visitor, content, name="waltz.wav"):
    fields = {"csrf_token": visitor.token("/music"), "title": ""}
    return visitor.http.post(f"{visitor.url}/music", data=fields, files={"file": (name, content)})


def test_a_piece_is_brought_heard_and_taken_away(site):
    ada = site.visitor("ada")
    assert "belongs to nobody" in ada.get("/music").text
    assert len(clip_in(io.BytesIO(ada.get("/music/built-in.wav").content), "built-in")) == 20 * SAMPLE_RATE
    wrong = brought(ada, b"GIF89a and so on")
    assert (wrong.status_code, 'id="file-wrong"' in wrong.text) == (400, True)
    noise = np.random.default_rng(1).integers(-9000, 9000, 2 * SAMPLE_RATE).astype(np.int16)
    page = brought(ada, written_clip(noise)).text
    assert all(text in page for text in ("Saved and read back", "waltz", "/music/1.wav"))
    part = ada.get("/music/1.wav", headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.content[:4]) == (206, b"RIFF")
    assert ada.get("/music/7.wav").status_code == 404
    ada.post("/music/remove", of="/music")
    assert "belongs to nobody" in ada.get("/music").text
    assert site.visitor("olga").get("/music").status_code == 403

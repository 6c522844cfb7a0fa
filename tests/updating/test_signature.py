"""Signatures, against the program minisign in both directions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import public_key, secret_key, sign, trusted_keys, verify
from tests.updating.folders import KEY, PUBLIC, key_pair


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bundle"
    path.write_bytes(bytes(range(256)) * 5000)
    return path


def minisign(*words: str | Path) -> int:
    return subprocess.run(["minisign", *words], capture_output=True, check=False).returncode


def test_minisign_and_we_take_each_others_signatures(tmp_path: Path, file: Path) -> None:
    public, secret = tmp_path / "keys/key.pub", tmp_path / "key.sec"
    public.parent.mkdir()
    assert minisign("-G", "-W", "-p", public, "-s", secret) == 0
    assert minisign("-S", "-s", secret, "-m", file, "-t", "theirs") == 0
    keys = trusted_keys(public.parent)
    beside = file.with_name("bundle.minisig")
    with file.open("rb") as read:
        assert verify(read, beside.read_text(), keys) == "theirs"
    with file.open("rb") as read:
        beside.write_text(sign(read, secret_key(secret.read_text()), "ours"))
    assert minisign("-V", "-p", public, "-m", file) == 0
    file.write_bytes(file.read_bytes()[:-1])
    assert minisign("-V", "-p", public, "-m", file) != 0
    with file.open("rb") as read, pytest.raises(UpdateRefused, match="cut short"):
        verify(read, beside.read_text(), keys)


def test_no_byte_of_file_comment_or_signature_can_be_changed(file: Path) -> None:
    with file.open("rb") as read:
        text = sign(read, KEY, "for this unit")
    for old, new in (("for this unit", "for that unit"), (text.split("\n")[1][20:24], "AAAA")):
        with file.open("rb") as read, pytest.raises(UpdateRefused, match="changed"):
            verify(read, text.replace(old, new), [PUBLIC])
    for cut in (0, 20, 100, len(text) - 30):
        with file.open("rb") as read, pytest.raises(UpdateRefused):
            verify(read, text[:cut], [PUBLIC])


def test_somebody_else_is_not_trusted_even_under_the_same_number(file: Path) -> None:
    stranger, _ = key_pair(2)
    with file.open("rb") as read:
        text = sign(read, stranger, "")
    with file.open("rb") as read, pytest.raises(UpdateRefused, match="does not trust"):
        verify(read, text, [PUBLIC])
    posing = type(stranger)(KEY.number, stranger.seed)
    with file.open("rb") as read:
        text = sign(read, posing, "")
    with file.open("rb") as read, pytest.raises(UpdateRefused, match="changed"):
        verify(read, text, [PUBLIC])


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    for text in ("", "untrusted comment: x\nRWQ=\n", "untrusted comment: x\n!\n"):
        with pytest.raises(UpdateRefused):
            public_key(text)
        with pytest.raises(UpdateRefused):
            secret_key(text)
    with pytest.raises(UpdateRefused, match="trusts no key"):
        trusted_keys(tmp_path)

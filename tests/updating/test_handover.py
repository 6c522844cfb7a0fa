"""A version brought to the page: what the daemon hands over, and what root makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.updating.handover import (
    BUNDLE,
    REQUEST,
    SIGNATURE,
    UpdateRequest,
    add_piece,
    hand_over,
    read_answer,
    take_request,
)
from appliance.updating.state import CURRENT
from tests.updating.folders import program, signed
from tests.updating.test_signature import minisign


def test_pieces_come_in_order_and_a_first_one_begins_anew(tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert add_piece(file, 0, b"old") == 3
    assert add_piece(file, 0, b"one") == 3
    assert add_piece(file, 3, b"two") == 6
    with pytest.raises(ValueError, match="missing"):
        add_piece(file, 7, b"x")
    assert file.read_bytes() == b"onetwo"


def test_a_request_is_taken_once_and_believed_only_where_it_is_plain(tmp_path: Path) -> None:
    assert take_request(tmp_path) is None
    hand_over(tmp_path, UpdateRequest(now=True))
    assert take_request(tmp_path) == UpdateRequest(now=True)
    assert take_request(tmp_path) is None
    for content in ("", "[]", "{}", "{damaged"):
        (tmp_path / REQUEST).write_text(content)
        assert take_request(tmp_path) is None
    secret = tmp_path / "secret"
    secret.write_text('{"now": true, "older": true}')
    (tmp_path / REQUEST).symlink_to(secret)
    assert take_request(tmp_path) is None
    assert secret.exists()


def test_root_installs_what_was_handed_over_or_answers_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image, versions, handover = program(tmp_path / "image", "1.0"), tmp_path / "programs", tmp_path / "handover"
    for folder in (versions, handover, image / "keys"):
        folder.mkdir()
    monkeypatch.setenv("COPPERDESK_HANDOVER", str(handover))
    secret = tmp_path / "secret"
    assert minisign("-G", "-W", "-p", image / "keys/ours.pub", "-s", secret) == 0
    places = ["--data", str(tmp_path), "--image", str(image), "--programs", str(versions), "--restart", "true"]
    signed(program(tmp_path / "made", "1.1"), handover / BUNDLE)
    hand_over(handover, UpdateRequest(now=False))
    assert main(["update", "requested", *places]) == 1
    assert "does not trust" in read_answer(versions)
    assert not (versions / CURRENT).exists()
    bundle = ["update", "bundle", "--folder", str(tmp_path / "made"), "--key", str(secret), str(handover / BUNDLE)]
    assert main(bundle) == 0
    assert (handover / SIGNATURE).exists()
    hand_over(handover, UpdateRequest(now=False))
    assert main(["update", "requested", *places]) == 0
    assert (read_answer(versions), (versions / CURRENT).readlink().name) == ("", "1.1")
    assert main(["update", "state", *places]) == 0
    assert "on trial" in capsys.readouterr().out
    assert main(["update", "requested", *places]) == 0

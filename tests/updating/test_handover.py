"""A version brought to the page: what the daemon hands over, and what root makes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.updating.handover import (
    ANSWER,
    BUNDLE,
    REQUEST,
    SIGNATURE,
    UpdateRequest,
    add_piece,
    forget_half_an_upload,
    hand_over,
    read_answer,
    take_request,
)
from appliance.updating.state import CURRENT
from hw.said import Said
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


def test_what_was_brought_is_forgotten_by_the_next_daemon_unless_root_was_asked_for_it(tmp_path: Path) -> None:
    add_piece(tmp_path / BUNDLE, 0, b"half of it")
    hand_over(tmp_path, UpdateRequest(now=False))
    forget_half_an_upload(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [REQUEST, BUNDLE]
    take_request(tmp_path)
    forget_half_an_upload(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / BUNDLE).mkdir()  # Whoever has taken over the daemon may put there what he likes.
    forget_half_an_upload(tmp_path)
    forget_half_an_upload(tmp_path / "no such folder")


def test_an_answer_of_an_older_version_is_still_read(tmp_path: Path) -> None:
    (tmp_path / ANSWER).write_text('{"refused": "it was cut short"}')
    assert read_answer(tmp_path) == "it was cut short"
    for content in ("", "[]", '{"refused": 3}', '{"refused": {}}'):
        (tmp_path / ANSWER).write_text(content)
        assert read_answer(tmp_path) == ""


def test_an_older_version_comes_by_root_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A version with a weakness that is known by now is still signed: the daemon must not be able to bring it back."""
    image, versions, handover = program(tmp_path / "image", "1.1"), tmp_path / "programs", tmp_path / "handover"
    for folder in (versions, handover, image / "keys"):
        folder.mkdir()
    monkeypatch.setenv("COPPERDESK_HANDOVER", str(handover))
    secret = tmp_path / "secret"
    assert minisign("-G", "-W", "-p", image / "keys/ours.pub", "-s", secret) == 0
    old = program(tmp_path / "made", "1.0")
    assert main(["update", "bundle", "--folder", str(old), "--key", str(secret), str(handover / BUNDLE)]) == 0
    (handover / REQUEST).write_text('{"now": true, "older": true}')
    places = ["--data", str(tmp_path), "--image", str(image)]
    assert main(["update", "requested", *places, "--programs", str(versions)]) == 1
    assert read_answer(versions) == "1.0 is older than 1.1, which runs"
    assert "--older does it nevertheless" in capsys.readouterr().err


def test_a_request_is_taken_once_and_believed_only_where_it_is_plain(tmp_path: Path) -> None:
    assert take_request(tmp_path) is None
    hand_over(tmp_path, UpdateRequest(now=True))
    assert take_request(tmp_path) == UpdateRequest(now=True)
    assert take_request(tmp_path) is None
    for content in ("", "[]", "{}", "{damaged", "[" * 4000):
        (tmp_path / REQUEST).write_text(content)
        assert take_request(tmp_path) is None
    secret = tmp_path / "secret"
    secret.write_text('{"now": true, "older": true}')
    (tmp_path / REQUEST).symlink_to(secret)
    assert take_request(tmp_path) is None
    assert secret.exists()


def test_what_is_no_file_in_its_place_does_not_stay_there(tmp_path: Path) -> None:
    """systemd starts the service for as long as the name is there, and after five times in a row never again."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    (tmp_path / REQUEST / "deeper").mkdir(parents=True)
    (tmp_path / REQUEST / "link").symlink_to(kept)
    assert take_request(tmp_path) is None
    os.mkfifo(tmp_path / REQUEST)
    assert take_request(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (kept / "file").exists()


def test_root_installs_what_was_handed_over_or_answers_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    image, versions, handover = program(tmp_path / "image", "1.0"), tmp_path / "programs", tmp_path / "handover"
    for folder in (versions, handover, image / "keys"):
        folder.mkdir()
    monkeypatch.setenv("COPPERDESK_HANDOVER", str(handover))
    secret = tmp_path / "secret"
    assert minisign("-G", "-W", "-p", image / "keys/ours.pub", "-s", secret) == 0
    places = [
        "--data",
        str(tmp_path),
        "--image",
        str(image),
        "--programs",
        str(versions),
        "--restart",
        "true",
    ]
    signed(program(tmp_path / "made", "1.1"), handover / BUNDLE)
    hand_over(handover, UpdateRequest(now=False))
    assert main(["update", "requested", *places]) == 1
    refused = read_answer(versions)
    assert isinstance(refused, Said), "the page says it in its own language"
    assert "does not trust" in refused
    assert not (versions / CURRENT).exists()
    assert list(handover.iterdir()) == [], "what was refused takes no room"
    bundle = ["update", "bundle", "--folder", str(tmp_path / "made"), "--key", str(secret), str(handover / BUNDLE)]
    assert main(bundle) == 0
    assert (handover / SIGNATURE).exists()
    hand_over(handover, UpdateRequest(now=False))
    assert main(["update", "requested", *places]) == 0
    assert (read_answer(versions), (versions / CURRENT).readlink().name) == ("", "1.1")
    assert list(handover.iterdir()) == []
    assert main(["update", "state", *places]) == 0
    assert "on trial" in capsys.readouterr().out
    assert main(["update", "requested", *places]) == 0

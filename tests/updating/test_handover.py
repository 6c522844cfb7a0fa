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


class OfRoot:
    """Where root installs from the daemon's hand. version: of the image's program."""

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        image, self.secret = program(path / "image", version), path / "secret"
        self.versions, self.handover = path / "programs", path / "handover"
        for folder in (self.versions, self.handover, image / "keys"):
            folder.mkdir()
        assert minisign("-G", "-W", "-p", image / "keys/ours.pub", "-s", self.secret) == 0
        places = {"--data": path, "--image": image, "--programs": self.versions, "--restart": "true"}
        self._places = [str(word) for both in places.items() for word in both]

    def bundle(self, version: str) -> int:
        """Hand over a version that is signed by the trusted key."""
        words = ["--folder", str(program(self.path / version, version)), "--key", str(self.secret)]
        return main(["update", "bundle", *words, str(self.handover / BUNDLE)])

    def update(self, act: str) -> int:
        return main(["update", act, *self._places])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> OfRoot:
    made = OfRoot(tmp_path, request.param)
    monkeypatch.setenv("COPPERDESK_HANDOVER", str(made.handover))
    return made


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


@pytest.mark.parametrize("root", ["1.1"], indirect=True)
def test_an_older_version_comes_by_root_alone(root: OfRoot, capsys: pytest.CaptureFixture[str]) -> None:
    """A version with a weakness that is known by now is still signed: the daemon must not be able to bring it back."""
    assert root.bundle("1.0") == 0
    (root.handover / REQUEST).write_text('{"now": true, "older": true}')
    assert root.update("requested") == 1
    assert read_answer(root.versions) == "1.0 is older than 1.1, which runs"
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


@pytest.mark.parametrize("root", ["1.0"], indirect=True)
def test_root_installs_what_was_handed_over_or_answers_why_not(
    root: OfRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(program(root.path / "of-others", "1.1"), root.handover / BUNDLE)
    hand_over(root.handover, UpdateRequest(now=False))
    assert root.update("requested") == 1
    refused = read_answer(root.versions)
    assert isinstance(refused, Said), "the page says it in its own language"
    assert "does not trust" in refused
    assert not (root.versions / CURRENT).exists()
    assert list(root.handover.iterdir()) == [], "what was refused takes no room"
    assert root.bundle("1.1") == 0
    assert (root.handover / SIGNATURE).exists()
    hand_over(root.handover, UpdateRequest(now=False))
    assert root.update("requested") == 0
    assert (read_answer(root.versions), (root.versions / CURRENT).readlink().name) == ("", "1.1")
    assert list(root.handover.iterdir()) == []
    assert root.update("state") == 0
    assert "on trial" in capsys.readouterr().out
    assert root.update("requested") == 0

"""A version on a USB stick is found and handed over, whatever else is on the stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.updating.handover import BUNDLE, SIGNATURE
from appliance.updating.onsticks import bring_from_stick, bundles_on_sticks
from appliance.updating.refusal import UpdateRefused


@pytest.fixture
def media(tmp_path: Path) -> Path:
    stick = tmp_path / "media/KINGSTON"
    (stick / "deeper").mkdir(parents=True)
    for name in ("new.tar.zst", "new.tar.zst.minisig", "unsigned.tar.zst", "photo.jpg", ".hidden.tar.zst"):
        (stick / name).write_text(name)
    (stick / "link.tar.zst").symlink_to("/etc/hostname")
    (stick / "link.tar.zst.minisig").write_text("signed")
    (tmp_path / "handover").mkdir()
    return tmp_path / "media"


def test_only_what_is_signed_is_offered(media: Path) -> None:
    assert bundles_on_sticks(media) == ["KINGSTON/link.tar.zst", "KINGSTON/new.tar.zst"]
    assert bundles_on_sticks(media / "none") == []


def test_it_is_brought_as_an_upload_is(media: Path) -> None:
    handover = media.parent / "handover"
    (handover / BUNDLE).write_text("half an upload, longer than the other one")
    bring_from_stick(media, "KINGSTON/new.tar.zst", 100, handover)
    assert {path.name: path.read_text() for path in handover.iterdir()} == {
        BUNDLE: "new.tar.zst",
        SIGNATURE: "new.tar.zst.minisig",
    }


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("KINGSTON/../../handover", KeyError),
        ("/etc/hostname", KeyError),
        ("KINGSTON/unsigned.tar.zst", KeyError),
        ("KINGSTON/link.tar.zst", OSError),
        ("KINGSTON/new.tar.zst", UpdateRefused),
    ],
)
def test_what_was_not_offered_or_is_too_large_is_not_taken(media: Path, name: str, error: type[Exception]) -> None:
    handover = media.parent / "handover"
    with pytest.raises(error):
        bring_from_stick(media, name, 5, handover)
    assert list(handover.iterdir()) == []

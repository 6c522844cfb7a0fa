"""Archives on real servers: put, listed, fetched, removed, and what is told where that does not work."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from appliance.backup.sftp import Sftp, own_key
from appliance.backup.smb import Smb
from appliance.backup.target import PIECE_BYTES, ArchivePlace, TargetFailed
from appliance.backup.webdav import WebDav
from tests.backup.servers import PASSWORD, USER, certificate, dav_server, free_port, shadow_with, smb_server, ssh_server

NAME = "copperdesk-0a1b2c3d-20260303-023000.backup"


@dataclass
class Place:
    """A server that runs. made: a target on it, with this password, at this folder within what it shares."""

    folder: Path
    """Where its files are on this machine."""
    made: Callable[[str, str], ArchivePlace]
    port: int = 0
    keys: dict[str, str] = field(default_factory=dict)


def dav(tmp_path: Path, stack: ExitStack, shared: Path) -> Place:
    pem, key = certificate(tmp_path)
    port = stack.enter_context(dav_server(shared, (pem, key)))
    return Place(
        shared, lambda password, at: WebDav(f"https://127.0.0.1:{port}/{at}", USER, password, pem.read_text()), port
    )


def ssh(tmp_path: Path, stack: ExitStack, shared: Path) -> Place:
    key = own_key(tmp_path / "own")
    (tmp_path / "allowed").write_text(f"{key.get_name()} {key.get_base64()}\n")
    port, keys = stack.enter_context(ssh_server(tmp_path)), {}
    place, user = f"127.0.0.1:{port}/{shared}", getpass.getuser()

    def made(password: str, at: str) -> ArchivePlace:
        return Sftp(f"{place}/{at}", user, "" if password == PASSWORD else password, keys, tmp_path / "own")

    return Place(shared, made, port, keys)


def smb(tmp_path: Path, stack: ExitStack, shared: Path) -> Place:
    port = stack.enter_context(smb_server(tmp_path, shared))
    return Place(
        shared, lambda password, at: Smb(f"//127.0.0.1:{port}/backups/{at}", getpass.getuser(), password), port
    )


SERVERS = [pytest.param(dav, id="webdav"), pytest.param(ssh, id="sftp"), pytest.param(smb, id="smb")]


@pytest.fixture(params=SERVERS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    shared = tmp_path / "shared"
    (shared / "unit").mkdir(parents=True)
    with ExitStack() as stack:
        yield request.param(tmp_path, stack, shared)


def test_an_archive_is_put_listed_fetched_and_removed(place: Place, tmp_path: Path) -> None:
    file, back, told = tmp_path / "here", tmp_path / "back", list[int]()
    content = os.urandom(2 * PIECE_BYTES + 7)
    file.write_bytes(content)
    with place.made(PASSWORD, "unit") as target:
        target.put(file, NAME, told.append)
        assert [path.name for path in (place.folder / "unit").iterdir()] == [NAME]
        assert (told[-1], told) == (len(content), sorted(told))
        (place.folder / "unit" / "folder").mkdir()
        assert target.sizes() == {NAME: len(content)}
        room = target.room()
        assert room is None or room > len(content)
        target.fetch(NAME, back, told.append)
        assert back.read_bytes() == content
        target.put(file, NAME, told.append)  # Again, as after a try whose end was not heard of.
        target.remove(NAME)
        target.remove(NAME)
        assert target.sizes() == {}


def test_a_wrong_password_and_a_missing_folder_are_told(place: Place) -> None:
    with (
        pytest.raises(TargetFailed, match="does not take this name and password"),
        place.made("not this one", "unit") as target,
    ):
        target.sizes()
    (place.folder / "file").touch()
    with pytest.raises(TargetFailed, match="has no such folder"), place.made(PASSWORD, "gone/far") as target:
        target.sizes()


@pytest.mark.proof
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a server a file of passwords of its own")
def test_openssh_lets_the_unit_in_by_the_right_password_alone(tmp_path: Path) -> None:
    (tmp_path / "here").write_bytes(b"archive")
    shared = tmp_path / "shared"
    shared.mkdir()
    with ssh_server(tmp_path, shadow_with(PASSWORD, tmp_path)) as port:

        def made(password: str) -> Sftp:
            return Sftp(f"127.0.0.1:{port}/{shared}", getpass.getuser(), password, {}, tmp_path / "own")

        with made(PASSWORD) as target:
            target.put(tmp_path / "here", NAME, lambda _done: None)
            assert target.sizes() == {NAME: 7}
        with pytest.raises(TargetFailed, match="does not take this name and password"), made("open sesam") as target:
            target.sizes()


@pytest.mark.parametrize("kind", ["webdav", "sftp", "smb"])
def test_a_server_that_is_not_there_is_told_at_once(kind: str, tmp_path: Path) -> None:
    at = f"127.0.0.1:{free_port()}"
    target: ArchivePlace = {
        "webdav": lambda: WebDav(f"https://{at}/", "", "", ""),
        "sftp": lambda: Sftp(f"{at}/x", "", "", {}, tmp_path / "own"),
        "smb": lambda: Smb(f"//{at}/x", "a", "b"),
    }[kind]()
    with pytest.raises(TargetFailed, match="cannot be reached"), target:
        pass


def test_a_certificate_that_nobody_vouches_for_gets_no_password(tmp_path: Path) -> None:
    with (
        dav_server(tmp_path, certificate(tmp_path)) as port,
        pytest.raises(TargetFailed, match="no certificate that this unit trusts"),
        WebDav(f"https://127.0.0.1:{port}/", USER, PASSWORD, ""),
    ):
        pass


def test_a_server_that_shows_another_key_gets_no_password(tmp_path: Path) -> None:
    keys: dict[str, str] = {}
    with ssh_server(tmp_path) as port:
        target = Sftp(f"127.0.0.1:{port}/x", getpass.getuser(), "", keys, tmp_path / "own")
        with pytest.raises(TargetFailed, match=r"Allow there this key: ssh-ed25519 AAAA\S+ copperdesk"), target:
            pass
        (shown,) = keys.values()
        assert shown.startswith("SHA256:")
        keys.update(dict.fromkeys(keys, "SHA256:another"))
        with pytest.raises(TargetFailed, match="another key than before"), target:
            pass
        assert list(keys.values()) == ["SHA256:another"]

"""Bundles: packed the same each time, and unpacked with suspicion."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest
import zstandard

from appliance.cli.main import main
from appliance.updating import bundle
from appliance.updating.refusal import UpdateRefused
from tests.updating.folders import program


def bytes_of(folder: Path) -> bytes:
    file = io.BytesIO()
    bundle.pack(folder, file)
    return file.getvalue()


def made(about: bytes, *members: tarfile.TarInfo) -> io.BytesIO:
    """A bundle that nobody of good will would make."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        first = tarfile.TarInfo("program.json")
        first.size = len(about)
        tar.addfile(first, io.BytesIO(about))
        for member in members:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
    return io.BytesIO(zstandard.compress(file.getvalue()))


def test_a_program_comes_out_as_it_went_in_and_gives_the_same_bytes_again(tmp_path: Path) -> None:
    packed = bytes_of(program(tmp_path / "a", "2.0"))
    assert bytes_of(program(tmp_path / "b", "2.0")) == packed
    assert bundle.about_bundle(io.BytesIO(packed)).version == "2.0"
    bundle.unpack(io.BytesIO(packed), tmp_path / "out")
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*"))
    assert names == ["bin", "bin/copperdesk", "lib", "lib/inner", "lib/inner/module.py", "program.json"]
    assert (tmp_path / "out/bin/copperdesk").stat().st_mode & 0o777 == 0o755
    assert bytes_of(tmp_path / "out") == packed


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_one_that_was_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    packed = bytes_of(program(tmp_path / "a", "2.0"))
    with pytest.raises(UpdateRefused):
        bundle.unpack(io.BytesIO(packed[: int(len(packed) * share)]), tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "kind", "size", "why"),
    [
        ("../outside", tarfile.REGTYPE, 1, "outside"),
        ("/tmp/outside", tarfile.REGTYPE, 1, "outside"),
        ("lib/../../outside", tarfile.REGTYPE, 1, "outside"),
        ("link", tarfile.SYMTYPE, 0, "neither"),
        ("link", tarfile.LNKTYPE, 0, "neither"),
        ("device", tarfile.CHRTYPE, 0, "neither"),
        ("pipe", tarfile.FIFOTYPE, 0, "neither"),
        ("program.json", tarfile.REGTYPE, 1, "damaged"),
        ("lib/data", tarfile.REGTYPE, 4_000_000, "larger"),
        ("lib/data", tarfile.REGTYPE, 1, "no program"),
    ],
)
def test_what_would_reach_out_or_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: bytes, size: int, why: str
) -> None:
    monkeypatch.setattr(bundle, "LARGEST_BYTES", 3_000_000)
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, size, "/etc/passwd"
    about = (program(tmp_path / "a", "2.0") / "program.json").read_bytes()
    with pytest.raises(UpdateRefused, match=why):
        bundle.unpack(made(about, member), tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def test_links_are_not_packed_and_other_files_are_no_bundle(tmp_path: Path) -> None:
    folder = program(tmp_path / "a", "2.0")
    (folder / "lib/link").symlink_to("/etc/passwd")
    with pytest.raises(UpdateRefused, match="neither"):
        bytes_of(folder)
    for content in (b"", b"PK\3\4", zstandard.compress(b"no tar file")):
        with pytest.raises(UpdateRefused):
            bundle.about_bundle(io.BytesIO(content))


def test_the_daemon_s_account_can_run_it_whatever_the_shell_of_root_keeps_to_itself(tmp_path: Path) -> None:
    """Else the image's program would have taken the call of its trial: it would have stayed, and never run."""
    packed = bytes_of(program(tmp_path / "a", "2.0"))
    before = os.umask(0o077)
    try:
        bundle.unpack(io.BytesIO(packed), tmp_path / "out")
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o055 for path in (tmp_path / "out/bin", tmp_path / "out/bin/copperdesk")} == {0o055}
    assert (tmp_path / "out/program.json").stat().st_mode & 0o044 == 0o044
    (tmp_path / "a/bin/copperdesk").chmod(0o644)
    with pytest.raises(UpdateRefused, match="no program that could be started"):
        bundle.unpack(io.BytesIO(bytes_of(tmp_path / "a")), tmp_path / "other")


def test_a_folder_without_a_program_costs_no_bundle_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "copperdesk-1.1.tar.zst"
    file.write_bytes(b"the last one")
    assert main(["update", "bundle", "--folder", str(tmp_path / "nowhere"), str(file)]) == 1
    assert file.read_bytes() == b"the last one"

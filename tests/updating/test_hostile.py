"""What somebody of ill will, or a power cut, may leave where root looks for a new version: all is left as it was."""

from __future__ import annotations

import io
import os
import random
import shutil
import tarfile
from collections import Counter, namedtuple
from pathlib import Path

import pytest
import zstandard

from appliance.machine.takenback import TakenBack
from appliance.updating import bundle, programs
from appliance.updating.folder import read_about
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import LONGEST_TEXT
from appliance.updating.state import Phase, read_state, running_version
from tests.updating.folders import PUBLIC, any_moment, program
from tests.updating.test_bundle import bytes_of, made
from tests.updating.test_programs import UnitFolders

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def unit(tmp_path: Path) -> UnitFolders:
    return UnitFolders(tmp_path)


def refused(unit: UnitFolders, file: Path) -> str:
    """Why a bundle is refused; nothing of it is left."""
    with pytest.raises(UpdateRefused) as error:
        unit.after_boot().install(file, [PUBLIC], any_moment)
    assert list(unit.versions.iterdir()) == []
    assert unit.would_run() == "image"
    return str(error.value)


def signature_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.minisig")


def test_what_is_no_file_is_not_read(unit: UnitFolders) -> None:
    file = unit.bundle("1.1")
    moved = shutil.copy(file, unit.stick / "elsewhere")
    file.unlink()
    os.mkfifo(file)
    assert "is no file" in refused(unit, file)
    file.unlink()
    file.symlink_to(moved)
    assert "cannot be read" in refused(unit, file)
    file.unlink()
    file.mkdir()
    assert "is no file" in refused(unit, file)
    assert "signature is missing" in refused(unit, Path())


def test_a_check_does_not_wait_for_a_pipe(unit: UnitFolders) -> None:
    file = unit.bundle("1.1")
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(UpdateRefused, match="is no file"):
        unit.after_boot().check(file, [PUBLIC])
    with pytest.raises(UpdateRefused, match="is no file"):
        unit.after_boot().check(Path(), [PUBLIC])


def test_neither_file_is_read_beyond_its_size(unit: UnitFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    file = unit.bundle("1.1")
    with signature_of(file).open("r+b") as sparse:
        sparse.truncate(LONGEST_TEXT + 1)
    assert "larger than it can be" in refused(unit, file)
    monkeypatch.setattr(programs, "LARGEST_BUNDLE", file.stat().st_size - 1)
    assert "larger than it can be" in refused(unit, file)


def test_a_signature_is_of_what_is_in_the_file_and_not_of_its_name(unit: UnitFolders) -> None:
    """Another name makes no other program; the signature of another program is of no use."""
    first, second = unit.bundle("1.1"), unit.bundle("1.2")
    shutil.copy(signature_of(first), signature_of(second))
    assert "changed" in refused(unit, second)
    renamed = unit.stick / "copperdesk-9.9.tar.zst"
    shutil.copy(first, renamed)
    shutil.copy(signature_of(first), signature_of(renamed))
    unit.after_boot().install(renamed, [PUBLIC], any_moment)
    assert unit.chosen() == "1.1"


def member(name: str, size: int = 0, **about: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size = size
    for field, value in about.items():
        setattr(made, field, value)
    return made


@pytest.mark.parametrize(
    "members",
    [
        [member("lib/one", 1), member("lib/one", 1)],
        [member("lib", 1), member("lib/one", 1)],
        [member("lib", 1), member("lib/deeper/one", 1)],
        [member("a" * 300, 1)],
        [member("lib/" + "deep/" * 900 + "one", 1)],
        [member("lib/one\x00two", 1)],
        [member(".", 0, type=tarfile.REGTYPE)],
        [member("lib/pipe", type=tarfile.FIFOTYPE)],
        [member("lib/disk", type=tarfile.BLKTYPE, devmajor=8)],
        [member("lib/link", type=tarfile.SYMTYPE, linkname="/etc"), member("lib/link/one", 1)],
        [member("lib/strange", type=b"Z")],
    ],
    ids=lambda members: members[-1].name[:12],
)
def test_no_member_makes_it_write_elsewhere_or_fail_in_another_way(
    tmp_path: Path, members: list[tarfile.TarInfo]
) -> None:
    about = (program(tmp_path / "a", "2.0") / "program.json").read_bytes()
    before = sorted(tmp_path.iterdir())
    with pytest.raises((UpdateRefused, OSError)):  # Installing makes a refusal of what the system says.
        bundle.unpack(made(about, *members), tmp_path / "out")
    assert sorted(tmp_path.iterdir()) == [*before, tmp_path / "out"]


def test_a_sparse_file_counts_by_the_room_it_wants(tmp_path: Path) -> None:
    sparse = member("lib/sparse")
    sparse.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(2**41)}
    sparse.pax_headers["GNU.sparse.name"], sparse.size = "lib/sparse", 1024
    about = (program(tmp_path / "a", "2.0") / "program.json").read_bytes()
    with pytest.raises(UpdateRefused):
        bundle.unpack(made(about, sparse), tmp_path / "out")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 4096


def test_whatever_bytes_a_tar_file_has_it_is_unpacked_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "sync_tree", lambda _: None)
    plain = zstandard.decompress(bytes_of(program(tmp_path / "a", "2.0")), max_output_size=10**6)
    chance, out, ends = random.Random(15), tmp_path / "out", Counter[str]()
    for _ in range(100):
        changed = bytearray(plain)
        for _change in range(chance.randint(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        header = chance.randrange(len(changed) // 512) * 512
        changed[header + 156] = chance.choice(b"01234567SLKxgXZ")  # What kind of member it is.
        changed[header + 148 : header + 156] = b" " * 8
        changed[header + 148 : header + 156] = b"%06o\0 " % sum(changed[header : header + 512])
        try:
            bundle.unpack(io.BytesIO(zstandard.compress(bytes(changed))), out)
            ends["unpacked"] += 1
        except (UpdateRefused, OSError) as error:
            ends[type(error).__name__] += 1
        shutil.rmtree(out)
    assert sum(ends.values()) == 100
    assert ends["UpdateRefused"] > 20
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    "told",
    [
        b"[" * 60_000,
        b"null",
        b"{}",
        b'{"version": "../../etc", "machine": "any", "python": "3.11", "data": 1}',
        b'{"version": "current", "machine": "any", "python": "3.11", "data": 1}',
        b'{"version": "1.1", "machine": "any", "python": "3.11", "data": true}',
        b'{"version": "1.1\\n", "machine": "any", "python": "3.11", "data": 1}',
    ],
)
def test_what_a_bundle_tells_of_itself_is_checked(told: bytes) -> None:
    with pytest.raises(UpdateRefused):
        read_about(told)


def test_messages_keep_room_on_the_disk(unit: UnitFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    free = bundle.ROOM_KEPT + 10
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(2 * free, free, free))
    assert "no room" in refused(unit, unit.bundle("1.1"))


def test_a_full_disk_is_told_and_nothing_is_left(unit: UnitFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    file = unit.bundle("1.1")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundle, "sync_tree", full)
    assert "No space left" in refused(unit, file)


def test_one_is_installed_at_a_time(unit: UnitFolders) -> None:
    second, told = unit.bundle("1.2"), []

    def another_one_comes() -> None:
        if not told:
            told.append("")
            return
        with pytest.raises(UpdateRefused) as error:
            unit.after_boot().install(second, [PUBLIC], any_moment)
        told.append(str(error.value))
        unit.after_boot().before_start()  # The daemon has crashed meanwhile: what is half unpacked stays.

    unit.after_boot().install(unit.bundle("1.1"), [PUBLIC], another_one_comes)
    assert told == ["", "a new version is being installed already"]
    assert unit.chosen() == "1.1"


def test_a_start_between_two_steps_of_an_installation_judges_nothing(
    unit: UnitFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = programs.point

    def the_daemon_has_crashed(link: Path, version: str) -> None:
        unit.after_boot().before_start()
        choose(link, version)

    monkeypatch.setattr(programs, "point", the_daemon_has_crashed)
    unit.install("1.1")
    assert (unit.state.phase, unit.chosen()) == (Phase.PENDING, "1.1")
    unit.after_boot().before_start()
    assert unit.state.phase is Phase.TRYING


def test_what_a_power_cut_has_left_half_unpacked_is_gone_at_the_next_start(
    unit: UnitFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = unit.bundle("1.1")
    with monkeypatch.context() as patched:
        patched.setattr(programs, "clear", lambda _: None)  # Nothing is cleaned up any more.
        patched.setattr(bundle, "sync_tree", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            unit.after_boot().install(file, [PUBLIC], any_moment)
    assert sorted(path.name for path in unit.versions.iterdir()) == [".incoming", ".unpacked"]
    unit.after_boot("second").before_start()
    assert list(unit.versions.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"phase": "unheard of"}', b"[" * 5000])
def test_a_damaged_state_leaves_the_image_s_program_and_can_be_got_over(unit: UnitFolders, content: bytes) -> None:
    unit.install("1.1")
    unit.after_boot().before_start()
    unit.after_boot().confirm("1.1")
    (unit.versions / "state.json").write_bytes(content)
    assert unit.would_run() == "image"
    unit.after_boot().before_start()
    state = unit.state
    assert (unit.would_run(), state.phase, state.version, state.reason) == (
        "image",
        Phase.REJECTED,
        "1.1",
        TakenBack.STATE_LOST,
    )
    unit.install("1.2")
    assert unit.would_run() == "1.2"


def test_a_damaged_state_where_no_version_is_chosen_is_forgotten(unit: UnitFolders) -> None:
    (unit.versions / "state.json").write_bytes(b"{")
    unit.after_boot().before_start()
    assert read_state(unit.versions) is None


def test_a_state_of_another_version_is_read(unit: UnitFolders) -> None:
    (unit.versions / "state.json").write_text(
        '{"phase": "rejected", "version": "1.1", "before": "", "reason": "it took no call", "new": 1}'
    )
    assert running_version(unit.versions).why == "it took no call"

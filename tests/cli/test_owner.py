"""Commands that root gives on a unit, whose data folder belongs to the daemon."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.cli import main as command_line

DAEMON = 23_456
"""The number of an account that this machine does not have."""
STORES = """\
import os, sys
from pathlib import Path
from appliance.cli.owner import become_owner_of
from appliance.store.atomic import AtomicFile
data = Path(sys.argv[1])
become_owner_of(data)
print(*os.getresuid(), *os.getresgid(), *os.getgroups())
AtomicFile(data / "office.json").write(b"{}")
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of the daemon's, where every account gets to."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Path(folder, "office")
        made.mkdir()
        os.chown(made, DAEMON, DAEMON)
        yield made


def stored(data: Path) -> tuple[int, list[str]]:
    """The exit code of what stores an office as root, and the numbers of whom it did it as."""
    done = subprocess.run([sys.executable, "-c", STORES, data], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout.split()


def test_root_works_there_as_the_daemon_for_good_and_no_link_misleads_it(data: Path) -> None:
    victim = data.parent / "of-root"
    victim.write_text("as it was")
    link = data / "office.json.part"
    link.symlink_to(victim)
    assert stored(data) == (1, [str(DAEMON)] * 6)
    assert victim.read_text() == "as it was"
    link.unlink(missing_ok=True)
    assert stored(data)[0] == 0
    assert [path.stat().st_uid for path in data.iterdir()] == [DAEMON]


@pytest.mark.parametrize(("words", "becomes"), [(["log"], True), (["update", "state"], False)])
def test_only_what_changes_the_machine_stays_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], becomes: bool
) -> None:
    became: list[Path] = []
    monkeypatch.setattr(command_line, "become_owner_of", became.append)
    command_line.main([*words, "--data", str(tmp_path)])
    assert became == [tmp_path] * becomes

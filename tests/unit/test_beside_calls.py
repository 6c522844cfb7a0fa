"""What works beside the calls can take neither their time nor the daemon's memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.besidecalls import NICE, OOM_SCORE_ADJUST, make_way
from appliance.prompts.languages import language
from appliance.prompts.synthesis import Synthesis, SynthesisFailed
from appliance.prompts.voice import Voice
from appliance.workgroup import WORKERS_SHARE, divide_workgroup, join_workers

ROOT = Path(__file__).resolve().parents[2]
ALONE = {
    "appliance/fax/workerprocess.py": "a fax on its way is sound of a call",
    "appliance/updating/chooser.py": "becomes the daemon",
}
"""Processes of the appliance that do not work beside the calls, and what they are."""

GREEDY = """
import json, os, resource
from appliance.besidecalls import stay_beside_calls
stay_beside_calls(memory=100 << 20, cpu_seconds=7, largest_file=5000)
try:
    taken = len(bytearray(200 << 20))
except MemoryError:
    taken = 0
limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]
print(json.dumps([taken, os.getpriority(os.PRIO_PROCESS, 0), int(open("/proc/self/oom_score_adj").read()), limits]))
"""


def test_memory_beyond_the_limit_is_refused_and_the_process_stands_behind_all_others() -> None:
    told = subprocess.run([sys.executable, "-c", GREEDY], capture_output=True, text=True, timeout=30, check=True)
    here = os.getpriority(os.PRIO_PROCESS, 0)
    assert json.loads(told.stdout) == [0, max(NICE, here), OOM_SCORE_ADJUST, [7, 5000, 0]]


def test_a_sandbox_that_refuses_a_lower_priority_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's does (SystemCallFilter=~@resources), and what hears for its telephone runs in it."""
    asked: list[int] = []

    def refused(_which: int, _who: int, nice: int) -> None:
        asked.append(nice)
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refused)
    monkeypatch.setattr(Path, "write_text", lambda *_args, **_named: 0)  # This process stays as it is.
    make_way()
    assert asked == [max(NICE, os.getpriority(os.PRIO_PROCESS, 0))]


def test_a_voice_that_takes_all_memory_fails_alone_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # It is a process of its own, which finds that voice there.
    greedy = Voice("piper", "greedy", "tests.unit.greedyvoice")
    with pytest.raises(SynthesisFailed, match="1 of 1 texts were not spoken: MemoryError"):
        list(Synthesis(language("en"), greedy).run({"One.": tmp_path / "1.wav"}))


def test_each_process_of_the_appliance_sets_its_limits() -> None:
    unlimited = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "appliance").rglob("*.py")
        if '__name__ == "__main__"' in (text := path.read_text(encoding="utf-8"))
        and "stay_beside_calls(" not in text
        and "make_way(" not in text
    }
    assert unlimited == ALONE.keys()


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of control groups, as files; the service's is delegated."""
    service = tmp_path / "system.slice/copperdesk.service"
    service.mkdir(parents=True)
    (tmp_path / "cgroup.controllers").write_text("cpu memory\n")
    (tmp_path / "told").write_text("1:name=systemd:/old\n0::/system.slice/copperdesk.service\n")

    def marked(path: Path, name: str) -> bytes:
        if path != service or name != "user.delegate":
            raise OSError
        return b"1"

    monkeypatch.setattr(os, "getxattr", marked)
    return tmp_path


def test_a_delegated_group_is_divided_and_workers_find_theirs(groups: Path) -> None:
    service, me = groups / "system.slice/copperdesk.service", str(os.getpid())
    assert divide_workgroup(groups, groups / "told")
    assert (service / "calls/cgroup.procs").read_text() == me
    assert (service / "cgroup.subtree_control").read_text() == "+memory"
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert int((service / "workers/memory.max").read_text()) == int(whole * WORKERS_SHARE)
    (groups / "told").write_text("0::/system.slice/copperdesk.service/calls\n")
    join_workers(groups, groups / "told")
    assert (service / "workers/cgroup.procs").read_text() == me


def test_a_group_that_is_not_delegated_is_left_alone(groups: Path) -> None:
    """Root may write all groups of a machine, and must not divide that of a log-in."""
    (groups / "user.slice").mkdir()
    (groups / "told").write_text("0::/user.slice\n")
    assert not divide_workgroup(groups, groups / "told")
    join_workers(groups, groups / "told")
    assert list((groups / "user.slice").iterdir()) == []


def test_where_the_kernel_has_no_memory_controller_the_daemon_starts_all_the_same(groups: Path) -> None:
    service = groups / "system.slice/copperdesk.service"
    (service / "cgroup.subtree_control").mkdir()  # Cannot be written.
    assert not divide_workgroup(groups, groups / "told")

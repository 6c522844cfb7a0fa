"""One daemon a data folder."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from appliance.control import AlreadyRunning, DataFolderLock

HOLD = """
import sys
from pathlib import Path
from appliance.control import DataFolderLock
with DataFolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_the_folder_is_made_and_the_lock_names_its_holder(tmp_path):
    folder = tmp_path / "new" / "data"
    with DataFolderLock(folder):
        assert (folder / "lock").read_text() == f"{os.getpid()}\n"


def test_a_second_daemon_is_refused_and_told_who_the_first_is(tmp_path):
    first = holder(tmp_path)
    with pytest.raises(AlreadyRunning) as caught, DataFolderLock(tmp_path):
        pass
    first.communicate("")
    assert caught.value.pid == first.pid
    assert f"process {first.pid}" in str(caught.value)


def test_the_folder_is_free_again_when_its_holder_was_killed(tmp_path):
    first = holder(tmp_path)
    first.kill()
    first.communicate()
    with DataFolderLock(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_the_folder_is_free_again_after_the_block(tmp_path):
    for _ in range(2):
        with DataFolderLock(tmp_path):
            pass


def test_a_holder_that_has_not_said_who_it_is_is_still_a_holder(tmp_path):
    with DataFolderLock(tmp_path):
        (tmp_path / "lock").write_text("")
        with pytest.raises(AlreadyRunning, match="just starting"), DataFolderLock(tmp_path):
            pass

"""What stands around the code: the list of the Makefile, the set-up, and the notice of what Copperdesk builds on."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

ROOT = Path(__file__).resolve().parent.parent


def requirements():
    with mock.patch("setuptools.setup") as setup, mock.patch.object(sys, "argv", ["setup.py"]):
        runpy.run_path(str(ROOT / "setup.py"))
    given = setup.call_args.kwargs
    listed = [*given["install_requires"], *(line for extra in given["extras_require"].values() for line in extra)]
    return [re.split(r"[<>=]", line)[0] for line in listed]


def debian_packages():
    lines = (ROOT / "image" / "packages.txt").read_text().splitlines()
    return [line.split(maxsplit=2) for line in lines if not line.startswith("#")]


def make(*arguments):
    return subprocess.run(["make", "-s", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_bare_make_lists_every_command_with_what_it_does():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = [line.split(maxsplit=2) for line in make().splitlines()]
    assert [command for _, command, _ in listed] == targets
    assert set(targets) >= {"setup", "run", "test", "check", "bench"}


@pytest.mark.parametrize("command", ["run", "test", "check", "bench"])
def test_every_command_does_its_own_set_up_first(command):
    assert make("-n", command).startswith("image/setup ")


def test_every_python_package_is_in_the_notice():
    notice = (ROOT / "NOTICE.md").read_text().lower()
    assert [name for name in requirements() if name.lower() not in notice] == []


def test_every_debian_package_is_in_the_notice_and_says_why_it_is_needed():
    notice = (ROOT / "NOTICE.md").read_text()
    assert [name for _, name, _ in debian_packages() if f"`{name}`" not in notice] == []
    assert {group for group, _, _ in debian_packages()} == {"python", "run", "test", "image"}


def set_up(folder, *, path):
    """Run the set-up in a folder that holds nothing but it, finding only the programs on this path."""
    (folder / "image").mkdir()
    for name in ("setup", "packages.txt"):
        (folder / "image" / name).write_bytes((ROOT / "image" / name).read_bytes())
    command = ["/bin/bash", "image/setup", "run"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PATH": str(path)})


def programs(folder, *real, **scripts):
    """A folder with these programs of this machine, and these scripts in place of others."""
    folder.mkdir()
    for name in real:
        found = next(place for place in ("/usr/bin", "/bin") if os.access(f"{place}/{name}", os.X_OK))
        (folder / name).symlink_to(f"{found}/{name}")
    for name, script in scripts.items():
        file = folder / name.replace("_", "-")
        file.write_text(f"#!/bin/bash\n{script}\n")
        file.chmod(0o755)
    return folder


SMALL = ("dirname", "grep", "cut", "paste", "env", "tr")


def test_without_apt_the_set_up_says_what_copperdesk_runs_on(tmp_path):
    done = set_up(tmp_path, path=programs(tmp_path / "bin", *SMALL, id="echo 0"))
    assert done.returncode == 1
    assert "This is not Debian" in done.stderr


def test_a_user_who_may_not_install_is_told_what_to_ask_for(tmp_path):
    path = programs(tmp_path / "bin", *SMALL, id="echo 1000", dpkg_query="exit 1", apt_get="exit 1")
    done = set_up(tmp_path, path=path)
    assert done.returncode == 1
    assert re.search(r"As root, run:\n +apt-get update && apt-get install -y .*libspandsp2", done.stderr)


def test_what_is_installed_and_why_is_said_and_a_failure_is_not_the_end_of_the_explanation(tmp_path):
    path = programs(tmp_path / "bin", *SMALL, id="echo 0", dpkg_query="exit 1", apt_get="exit 100")
    done = set_up(tmp_path, path=path)
    assert done.returncode == 1
    assert re.search(r"^  libspeexdsp1 +cancels echo", done.stdout, re.MULTILINE)
    assert "could not be installed" in done.stderr
    assert not (tmp_path / ".venv").exists()


def installed(*packages):
    """A dpkg-query that lists these. Each is a name and, behind it, what else the package provides."""
    lines = "\n".join(f"installed\t{package}" for package in packages)
    return f"cat <<'END'\n{lines}\nEND"


def test_a_package_that_has_another_name_in_debian_13_is_seen_by_what_it_provides(tmp_path):
    there = installed("libspandsp2t64, libspandsp2 (= 0.0.6+dfsg-2.2)", "libspeexdsp1, ")
    path = programs(tmp_path / "bin", *SMALL, "cat", id="echo 0", dpkg_query=there, apt_get="exit 100")
    done = set_up(tmp_path, path=path)
    wanted = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert "espeak-ng" in wanted
    assert not {"libspandsp2", "libspeexdsp1"} & set(wanted)


def test_with_nothing_missing_nothing_is_said_or_done(tmp_path):
    there = installed(*(f"{name}, " for _, name, _ in debian_packages()))
    path = programs(tmp_path / "bin", *SMALL, "cat", id="echo 0", dpkg_query=there, apt_get="exit 100")
    (tmp_path / "setup.py").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    stamp = tmp_path / ".venv" / "ready-run"
    stamp.touch()
    os.utime(stamp, (4e9, 4e9))  # newer than all it depends on
    done = set_up(tmp_path, path=path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def build_library(*arguments):
    """image/pjsua2, the builder of the SIP library."""
    command = [sys.executable, str(ROOT / "image" / "pjsua2"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def test_an_empty_cache_of_sip_libraries_is_no_reason_to_build_where_only_the_cache_was_asked_for(tmp_path):
    done = build_library("--cached", "--cache", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_is_not_there_is_said_in_words(tmp_path):
    done = build_library(tmp_path / "pjproject.tar.gz", "--cache", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"\nThere is no {tmp_path / 'pjproject.tar.gz'}.\n"


def test_the_help_of_the_library_s_builder_has_examples():
    assert "image/pjsua2 --arm64" in build_library("--help").stdout

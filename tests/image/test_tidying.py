"""What an image must not have, and the programs it is built from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from image.building import program
from image.building.program import prune
from image.building.steps import BuildSteps, BuildTrouble
from image.building.tidying import check_nobody_is_let_in, remove_from

ROOT = Path(__file__).resolve().parents[2]


def put(root, *empty, **texts):
    """Put files into a folder: empty ones, and /etc/shadow and others with their texts."""
    for name, text in {**dict.fromkeys(empty, ""), **texts}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def files(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())


def test_keys_and_logs_are_removed_and_the_folders_stay(tmp_path):
    kept = ["boot/firmware/vmlinuz-6.1", "etc/shadow", "etc/ssh/sshd_config", "usr/lib/udev/hwdb.bin"]
    put(tmp_path, *kept, "etc/ssh/ssh_host_rsa_key", "var/log/apt/term.log", "boot/vmlinuz-6.1", "etc/shadow-")
    put(tmp_path, "usr/lib/udev/hwdb.d/20-usb.hwdb")
    (tmp_path / "vmlinuz").symlink_to("boot/vmlinuz-6.1")
    remove_from(tmp_path)
    assert files(tmp_path) == kept
    assert (tmp_path / "var/log/apt").is_dir()


def test_radios_without_firmware_go_and_that_of_the_board_stays(tmp_path):
    drivers = "usr/lib/modules/6.1/kernel/"
    kept = [f"{drivers}{name}" for name in ("drivers/net/wireless/broadcom/brcmfmac.ko", "fs/vfat/vfat.ko")]
    kept += [f"{drivers}sound/soc/{name}" for name in ("bcm/snd-soc-bcm2835-i2s.ko", "snd-soc-core.ko")]
    kept += ["usr/lib/linux-image-6.1/broadcom/bcm2711-rpi-4-b.dtb"]
    put(tmp_path, *kept, f"{drivers}drivers/net/wireless/ath/ath.ko", f"{drivers}fs/xfs/xfs.ko")
    put(tmp_path, f"{drivers}sound/soc/tegra/snd-soc-tegra.ko", "usr/lib/linux-image-6.1/ti/am65.dtb")
    put(tmp_path, "usr/lib/raspi-firmware/start.elf")
    remove_from(tmp_path)
    assert files(tmp_path) == sorted(kept)


@pytest.mark.parametrize("password", ["", "$y$j9T$hash", "secret"])
def test_an_account_with_a_password_or_an_empty_one_ends_the_build(tmp_path, password):
    put(tmp_path, **{"etc/shadow": f"daemon:*:1::::::\nroot:{password}:20000:0:99999:7:::\n"})
    with pytest.raises(BuildTrouble, match="root would have a password"):
        check_nobody_is_let_in(tmp_path)


def test_a_key_of_somebody_ends_the_build(tmp_path):
    put(tmp_path, "root/.ssh/authorized_keys", **{"etc/shadow": "root:*:1::::::\n"})
    with pytest.raises(BuildTrouble, match="would let somebody in"):
        check_nobody_is_let_in(tmp_path)


def test_locked_accounts_are_let_pass(tmp_path):
    put(tmp_path, **{"etc/shadow": "root:*:1::::::\nsshd:!:1::::::\ncopperdesk:!*:1::::::\n"})
    check_nobody_is_let_in(tmp_path)


def test_what_no_office_loads_is_pruned_and_the_rest_stays(tmp_path):
    kept = ["piper/voice.py", "piper/tashkeel/__init__.py", "numpy/core.py", "onnxruntime/capi/state.so"]
    kept += [f"babel/locale-data/{name}.dat" for name in ("root", "de", "de_AT", "en")]
    gone = ["piper/hebrew/model.onnx", "piper/tashkeel/model.onnx", "numpy/lib/tests/test_a.py", "bin/flask"]
    gone += ["babel/locale-data/ja.dat", "babel/locale-data/den_CA.dat"]
    put(tmp_path, *kept, *gone, "onnxruntime/capi/libonnxruntime.so.1.32")
    prune(tmp_path)
    assert files(tmp_path) == sorted(kept)


def test_the_list_of_a_package_names_none_of_its_commands_which_differ_from_build_to_build(tmp_path):
    listed = "flask/app.py,sha256=a,1\nflask-3.dist-info/RECORD,,\n"
    put(tmp_path, **{"flask-3.dist-info/RECORD": f"../../bin/flask,sha256=x,200\n{listed}"})
    prune(tmp_path)
    assert (tmp_path / "flask-3.dist-info/RECORD").read_text() == listed


def test_a_step_is_told_with_its_time_and_a_failure_with_its_last_words(tmp_path, capsys):
    steps = BuildSteps(tmp_path / "log")
    with pytest.raises(BuildTrouble, match="no such key"), steps.step("asking"):
        steps.run(["sh", "-c", "echo no such key >&2; exit 1"])
    with steps.step("resting"):
        assert steps.run(["cat"], given="peace") == "peace"
    assert capsys.readouterr().out == "  asking … failed\n  resting … 0 s\n"
    assert "no such key" in (tmp_path / "log").read_text()


def test_the_help_has_examples_and_an_unknown_machine_is_said():
    done = subprocess.run([sys.executable, ROOT / "image/build", "--help"], capture_output=True, text=True)
    assert "make image ARCH=amd64" in done.stdout
    asked = subprocess.run([sys.executable, ROOT / "image/build", "--arch", "mips"], capture_output=True, text=True)
    assert "invalid choice: 'mips'" in asked.stderr


def test_the_program_of_an_image_has_all_parts_of_the_tree():
    assert [part for part in program.PARTS if not (ROOT / part).exists()] == []
    assert os.access(ROOT / "image/build", os.X_OK)

"""Our own files in the image, beside the partitions they name."""

from __future__ import annotations

from image.building.disk import LAYOUT
from image.building.layers import IMAGE

ROOTFS = IMAGE / "rootfs"


def mounts():
    lines = (ROOTFS / "etc/fstab").read_text().splitlines()
    return {words[0]: words[1:4] for line in lines if not line.startswith("#") and (words := line.split())}


def test_every_partition_has_its_place_and_no_other_is_asked_for():
    assert {source: target for source, (target, *_) in mounts().items()} == {
        "LABEL=copperdesk-root": "/",
        "LABEL=BOOTFS": "/boot/firmware",
        "LABEL=copperdesk": "/var/lib/copperdesk",
    }
    kinds = {source: kind for source, (_, kind, _) in mounts().items()}
    assert {f"LABEL={part.label}": part.kind for part in LAYOUT} == kinds


def test_the_boot_partition_is_not_written_and_the_data_partition_runs_no_program_of_root():
    assert mounts()["LABEL=BOOTFS"][2].startswith("ro,")
    assert {"nosuid", "nodev", "errors=remount-ro"} <= set(mounts()["LABEL=copperdesk"][2].split(","))


def test_the_root_partition_is_below_an_overlay_and_no_other_is():
    assert 'overlayroot="tmpfs:recurse=0"' in (ROOTFS / "etc/overlayroot.local.conf").read_text()


def test_a_raspberry_pi_finds_the_root_partition_by_its_name_wherever_it_starts_from():
    words = (IMAGE / "rootfs-arm64/boot/firmware/cmdline.txt").read_text().split()
    assert "root=LABEL=copperdesk-root" in words
    assert [word for word in words if word.startswith("cma=")] == []


def test_the_log_is_in_memory():
    assert "Storage=volatile" in (ROOTFS / "etc/systemd/journald.conf.d/copperdesk.conf").read_text()

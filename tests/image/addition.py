"""What a trial adds to the initial RAM disk: its programs, and a unit for `tests.image.agent`, put into /run before
systemd starts.

The image's own files stay as they are, byte for byte, and an image has no way in that a trial would need: the kernel
unpacks archives that follow one another (the kernel's Documentation/driver-api/early-userspace/buffer-format.rst), and
initramfs-tools runs the scripts listed in a stage's file ORDER (initramfs-tools(7)). The stage local-bottom comes
when the root partition is mounted; /run, a file system in memory, then goes over to the started system.
"""

from __future__ import annotations

from pathlib import Path

PORT = "copperdesk-test"
"""The name of the virtual serial port."""
STAGE = "scripts/local-bottom"

PLACE = "/run/copperdesk-test"
"""Where all of it is in the guest: a folder that `python3 -m tests.image.…` is run in."""
PROGRAMS = ("agent", "asking", "bringing", "callers", "kept", "listening")
"""What runs in the guest."""

UNIT = f"""\
[Unit]
Description=Takes the orders of make image-test
After=systemd-udevd.service

[Service]
ExecStartPre=-/sbin/modprobe virtio_console
ExecStartPre=/bin/sh -c 'until [ -e /dev/virtio-ports/{PORT} ]; do sleep 0.1; done'
WorkingDirectory={PLACE}
ExecStart=/usr/bin/python3 -m tests.image.agent /dev/virtio-ports/{PORT}
Restart=always
"""
SCRIPT = """\
#!/bin/sh
[ "$1" = prereqs ] && exit 0
mkdir -p /run/copperdesk-test/tests/image /run/systemd/system/multi-user.target.wants
for file in /copperdesk-test/*.py; do cat $file > /run/copperdesk-test/tests/image/${file##*/}; done
cat /copperdesk-test/copperdesk-test.service > /run/systemd/system/copperdesk-test.service
ln -s ../copperdesk-test.service /run/systemd/system/multi-user.target.wants/
"""
ORDER = f'/{STAGE}/copperdesk-test "$@"\n'

FOLDER, FILE, PROGRAM = 0o040755, 0o100644, 0o100755
"""Kinds and rights of what an archive holds, as stat(2) has them."""


def addition() -> bytes:
    """The archive, to be put behind an image's own."""
    programs = [Path(__file__).with_name(f"{name}.py") for name in PROGRAMS]
    return cpio(
        [
            ("copperdesk-test", FOLDER, b""),
            *((f"copperdesk-test/{file.name}", FILE, file.read_bytes()) for file in programs),
            ("copperdesk-test/copperdesk-test.service", FILE, UNIT.encode()),
            ("scripts", FOLDER, b""),
            (STAGE, FOLDER, b""),
            (f"{STAGE}/copperdesk-test", PROGRAM, SCRIPT.encode()),
            (f"{STAGE}/ORDER", FILE, ORDER.encode()),
        ]
    )


def joined(initrd: bytes, archive: bytes) -> bytes:
    """An initial RAM disk with a further archive behind it, which must begin at a multiple of four."""
    return initrd + bytes(-len(initrd) % 4) + archive


def cpio(entries: list[tuple[str, int, bytes]]) -> bytes:
    """An archive in the format "newc" of these names, modes and contents (cpio(5))."""
    parts = [_entry(number, *entry) for number, entry in enumerate([*entries, ("TRAILER!!!", 0, b"")], start=1)]
    return b"".join(parts)


def _entry(inode: int, name: str, mode: int, content: bytes) -> bytes:
    path = name.encode() + b"\0"
    links, owner, time, device = 1, 0, 0, 0
    fields = [inode, mode, owner, owner, links, time, len(content)]
    fields += [device, device, device, device, len(path), 0]
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + path
    return head + bytes(-len(head) % 4) + content + bytes(-len(content) % 4)

"""The kinds of machine that a trial runs on, and QEMU's words for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.image.addition import PORT

CPUS = 1
"""With two, QEMU 7.2 on a busy computer left one of them standing for minutes in the middle of a driver's start."""
MEMORY_MIB = 1024
"""A Raspberry Pi 3 and a Pi 4 have at least so much; a Zero 2 W has half of it."""
EMULATED = ("-accel", "tcg,thread=multi,tb-size=1024")
"""Both kinds are emulated, so that their times can be compared: KVM is not on every machine that builds images, cannot
run the processor of a Raspberry Pi on a PC, and inside another virtual machine did not even get to the kernel."""
DEFAULT_LINE = "root=LABEL=copperdesk-root ro quiet"
"""Where an image has no cmdline.txt, as one for a PC, whose boot loader has the line."""


@dataclass(frozen=True, slots=True)
class GuestKind:
    """A machine that QEMU makes."""

    arch: str
    """Debian's name of it."""
    program: str
    """QEMU's for it."""
    machine: tuple[str, ...]
    """Which of that program's machines, with which processor, and how it is run."""
    console: str
    """The kernel's name of its serial console."""
    patience: float
    """Its time-outs are so many times as long as those of a machine that runs at its own speed."""
    words: str = ""
    """What its kernel is told besides."""


NEHALEM = ("-M", "pc", "-cpu", "Nehalem")
"""A processor with all that Python's packages ask for (x86-64-v2), and without the wide vectors of later ones: QEMU 7.2
is new to those, and a program that used them ended with a segmentation fault."""
NO_TIMER_CHECK = "no_timer_check"
"""Or a PC's kernel gives up where its timer comes late, as on a busy computer (the kernel's admin-guide/
kernel-parameters.txt)."""
KINDS = {
    kind.arch: kind
    for kind in (
        GuestKind("amd64", "qemu-system-x86_64", (*NEHALEM, *EMULATED), "ttyS0", 10, NO_TIMER_CHECK),
        GuestKind("arm64", "qemu-system-aarch64", ("-M", "virt", "-cpu", "cortex-a72", *EMULATED), "ttyAMA0", 10),
    )
}


def kernel_line(image_line: str, kind: GuestKind, more: Iterable[str] = ()) -> str:
    """The kernel's command line: that of the image, but for the console, and for a root that is named by its SD card.

    more: further words. The machine has no SD card: its disk has another name, and the same label.
    """
    words = [word for word in image_line.split() if not word.startswith("console=")]
    words = ["root=LABEL=copperdesk-root" if word.startswith("root=/dev/") else word for word in words]
    return " ".join([f"console={kind.console}", *words, *kind.words.split(), *more])


def masks(services: Iterable[str]) -> tuple[str, ...]:
    """Words for the kernel's command line with which systemd leaves these out (kernel-command-line(7))."""
    return tuple(f"systemd.mask={service}.service" for service in services)


@dataclass(frozen=True, slots=True)
class Wiring:
    """What one machine is given."""

    card: Path
    """Its disk."""
    kernel: Path
    """The image's kernel."""
    initrd: Path
    """The image's initial RAM disk, with the trial's addition behind it."""
    line: str
    """The kernel's command line."""
    orders: Path
    """The socket of the virtual serial port that orders go through."""
    log: Path
    """Where what it writes on its console is kept."""
    ports: Mapping[int, int]
    """Ports of this machine that lead to ports of the guest."""
    stick: Path | None = None
    """What it has as a USB stick."""


def command(kind: GuestKind, wiring: Wiring) -> list[str]:
    """QEMU's command. What the guest flushes is on the disk: the cache holds nothing back that was flushed."""
    plugged = ["-drive", f"if=none,id=stick,file={wiring.stick},format=raw", "-device", "usb-storage,drive=stick"]
    forwarded = "".join(f",hostfwd=tcp:127.0.0.1:{here}-:{there}" for here, there in wiring.ports.items())
    return [
        *(kind.program, *kind.machine, "-smp", str(CPUS), "-m", str(MEMORY_MIB)),
        *("-kernel", str(wiring.kernel), "-initrd", str(wiring.initrd), "-append", wiring.line),
        *("-drive", f"if=none,id=card,file={wiring.card},format=raw,snapshot=off,cache=writeback"),
        *("-device", "virtio-blk-pci,drive=card"),
        *("-netdev", f"user,id=net{forwarded}", "-device", "virtio-net-pci,netdev=net"),
        *("-device", "virtio-serial-pci", "-chardev", f"socket,id=orders,path={wiring.orders},server=on,wait=off"),
        *("-device", f"virtserialport,chardev=orders,name={PORT}"),
        *("-device", "virtio-rng-pci", "-serial", f"file:{wiring.log}", "-display", "none", "-monitor", "none"),
        *("-device", "qemu-xhci", *(plugged if wiring.stick is not None else ())),
    ]

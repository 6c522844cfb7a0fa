"""The line card of any hardware with a DAHDI kernel driver: PCI Express cards, and USB channel banks.

`abi.py` has the numbers of the interface, `channel.py` does the system calls on one channel's device file, and
`reader.py` is the one thread that waits for all of them. `trunk.py` and `station.py` are the ports, over the half that
all cards share (`hw.port`); `card.py` puts them together and opens lost channels again. `machine.py` reads what the
kernel tells of the hardware, `found.py` says in words what is connected and what is wrong, and `systemconf.py` writes
the configuration of the kernel driver. docs/dahdi.md tells people about it.
"""

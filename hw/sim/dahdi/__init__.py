"""The stand-in of DAHDI hardware: device files that behave as the kernel's, with the simulated exchange behind them.

The files are in a real file system in user space (FUSE), so that a driver's open, read, write, poll and ioctl pass
through the kernel. `channel.py` has what all channels do, `trunk.py` and `station.py` what their signalling does,
after the kernel driver's own states; `devices.py` is the file system, `span.py` the card with its wires to the exchange
and what may happen to it. docs/dahdi.md says what the file system cannot pass on.
"""

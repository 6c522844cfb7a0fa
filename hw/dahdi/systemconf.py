"""Writes /etc/dahdi/system.conf for the channels found: the configuration that `dahdi_cfg` gives the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hw.dahdi.abi import ChannelParams

HEADER = """\
# Written by Copperdesk for the channels found. After a change of cards write it anew, and run dahdi_cfg.
# The signalling is named for the far end: fxs is a line to the exchange, fxo a telephone.
"""
ZONE = """
# The kernel rings nobody without a tone zone, whichever. Tones and ringing are Copperdesk's, by the office's country.
loadzone=us
defaultzone=us
"""


def system_conf(channels: Iterable[ChannelParams], canceller: str = "") -> str:
    """The file's text. canceller: the kernel's echo canceller, such as mg2, in place of Copperdesk's own.

    A canceller on a card itself is used without being named. Channels that are neither FXO nor FXS are left out.
    """
    channels = [channel for channel in channels if channel.to_exchange or channel.to_telephone]
    lines = [("fxsks", [one.channel for one in channels if one.to_exchange])]
    lines += [("fxoks", [one.channel for one in channels if not one.to_exchange])]
    if canceller:
        lines += [(f"echocanceller={canceller},", [one.channel for one in channels])]
    written = [name + ("" if name.endswith(",") else "=") + ranges(numbers) for name, numbers in lines if numbers]
    return HEADER + "".join(f"{line}\n" for line in written) + ZONE


def ranges(numbers: Sequence[int]) -> str:
    """Numbers as dahdi_cfg reads them: 1-4,7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

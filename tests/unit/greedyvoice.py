"""A natural voice that takes all memory while it is loaded, for tests of what limits it."""


def model_path() -> str:
    taken = []
    while True:
        taken.append(bytearray(50_000_000))


def config_path() -> str:
    raise AssertionError("the network is asked for first")

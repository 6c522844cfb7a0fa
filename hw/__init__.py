"""What is soldered or plugged in, and its fakes."""

import os

# numpy's linear algebra would start a thread for every core, for products of 160 numbers: slower, more memory, and
# sums in another order on every machine. It reads this when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

"""`python -m foerdercheck`, and what the script `foerdercheck` runs."""

import gc
import os
import sys
from contextlib import suppress


def start() -> None:
    """Run the program; Ctrl-C ends it without a trace also while it is loaded, which takes some tenths of a second."""
    gc.set_threshold(1_000_000, 20, 100)  # neither what is loaded nor results hold many cycles: collecting may be rare
    try:
        from foerdercheck.cli import main  # noqa: PLC0415 - what takes the time

        main()
    except KeyboardInterrupt:
        with suppress(OSError):
            os.write(2, b"foerdercheck: abgebrochen\n")
        sys.exit(130)


if __name__ == "__main__":
    start()

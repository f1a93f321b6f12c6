"""`python -m foerdercheck`."""

from foerdercheck.cli import main

main()

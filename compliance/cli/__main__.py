"""`python -m compliance.cli` is the `compliance` command, for processes that start each other."""

from compliance.cli import main

main()

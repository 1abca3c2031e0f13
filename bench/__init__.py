"""Figures of speed and size, as ratios taken in one run: `make bench`.

Every module has `main()`, which prints its figures. They never run with the tests:
a time depends on the machine and on who else uses it.
"""

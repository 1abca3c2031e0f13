"""How many examples the property tests try: few before every commit, more on demand.

`EXAMPLES=10 make test` tries ten times what each test names. Whether a smaller share
still notices the mistakes it should is weighed by `bench/mutants.py`.
"""

import os

_SHARE = float(os.environ.get("EXAMPLES", "0.4"))


def some(examples: int) -> int:
    """Return the number of examples to try where a test names so many; at least 5."""
    return max(5, round(examples * _SHARE))

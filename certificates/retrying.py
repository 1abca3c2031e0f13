"""When is a certificate tried again that could not be made? Plain Python.

Three things must not happen: that hopeless ones keep new ones waiting, that messages
pile up for one row, and that a task which kills its worker is handed out for ever.
"""

from datetime import timedelta

# The wait after the first failure, and by how much it grows with each further one.
FIRST_WAIT, GROWTH = timedelta(minutes=5), 4
LONGEST_WAIT = timedelta(days=1)
# So often a worker may begin without coming to an end: it was killed, not refused.
MOST_STARTS = 3
# A message is believed to be on its way for so long; then it expires, and the sweep
# may send another one.
PATIENCE = timedelta(minutes=4)
# Nobody works so long on one certificate: the worker was killed.
LONGEST_WORK = timedelta(seconds=90)
# The completion itself has sent a message, which the sweep does not repeat at once.
GRACE = timedelta(minutes=1)


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures: 5, 20, 80, 320 minutes, a day."""
    if failures < 1:
        return timedelta(0)
    # Beyond this the power only grows into an overflow.
    return min(FIRST_WAIT * GROWTH ** min(failures - 1, 8), LONGEST_WAIT)

"""How long something may take, whatever else runs on the machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Fail when the block has spent more of the processor.

    The bound tells a hostile input from a slow day: several times what the block
    takes, and far below what it took before it was mended.
    """
    began = time.process_time()
    yield
    spent = time.process_time() - began
    assert spent < seconds, f"{spent:.1f} s of processor time"

"""What one example of a property did is taken back before the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Take back every row written in this block, however the block is left.

    The examples of a property share the database of one test: without this, a later
    example meets the people of those before it.
    """
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)

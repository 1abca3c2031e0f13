"""Counts as parts of a larger statement."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query set has; with a slice of it, up to that many.

    Hand it a query set of one column without an order. Unlike `Count` it joins
    nothing to the statement that it stands in.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

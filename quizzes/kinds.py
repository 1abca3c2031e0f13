"""Kinds and fixed values that pure rules and stored rows share, without Django."""

# Days after completion on which a course is asked about again.
FOLLOW_UP_DAYS = (30, 90)
# Fewer people might be recognised by what is told of them (ARCHITECTURE §8).
FEWEST_PEOPLE = 5

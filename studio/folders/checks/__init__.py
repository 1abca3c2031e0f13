"""What makes a course folder fit to be taught, beyond being readable.

Every check is a module with `check(course)`, which yields problems with their file,
line and remedy; some have `check_between(courses)` for what only several courses
together can get wrong. `rules` lists them all.
"""

from studio.folders.checks.curriculum import Curriculum, read_curriculum
from studio.folders.checks.rules import find_faults, find_problems

__all__ = [
    "Curriculum",
    "find_faults",
    "find_problems",
    "read_curriculum",
]

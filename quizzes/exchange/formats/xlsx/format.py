"""Workbooks of questions, for people who write in Excel.

Everything is text: nothing in a cell is ever run. A formula is refused by its cell,
since only its last result would be read, and so is an error such as `#N/A`; the typed
text `#N/A` is text.
"""

from quizzes.exchange.formats.xlsx.reading import read
from quizzes.exchange.formats.xlsx.writing import render, template

__all__ = ["read", "render", "template"]

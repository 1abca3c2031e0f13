"""GIFT, Moodle's text format, with the corners that its own import knows.

https://docs.moodle.org/en/GIFT_format and `question/format/gift/format.php`. What GIFT
cannot say goes along in a comment, `// [melek:{…}]`, which Moodle skips
(`moodle/question.py`).
"""

from quizzes.exchange.formats.gift.reading import read
from quizzes.exchange.formats.gift.writing import render

__all__ = ["read", "render"]

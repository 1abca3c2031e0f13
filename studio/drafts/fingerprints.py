"""Hashes that change with any word: two authors must not overwrite each other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from courses.content_types import LessonContent, VersionContent
from quizzes.actions import QuizRulesContent


def lesson_fingerprint(content: LessonContent) -> str:
    """Return a hash of everything that an author writes about a lesson."""
    return _digest(asdict(content))


def draft_hash(
    content: VersionContent,
    question_hashes: Sequence[str],
    rules: Mapping[str, QuizRulesContent],
) -> str:
    """Return a hash of a draft, its quizzes' rules and its unpublished questions."""
    said = asdict(replace(content, content_hash=""))
    ruled = {key: asdict(row) for key, row in rules.items()}
    return _digest(
        {"version": said, "questions": list(question_hashes), "rules": ruled}
    )


def _digest(said: dict[str, Any]) -> str:
    canonical = json.dumps(said, sort_keys=True, default=str)
    return sha256(canonical.encode()).hexdigest()

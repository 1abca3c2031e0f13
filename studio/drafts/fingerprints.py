"""Hashes that change with any word: two authors must not overwrite each other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from courses.content_types import LessonContent, RequirementContent, VersionContent
from quizzes.actions import QuizPlan, QuizRulesContent


def lesson_fingerprint(content: LessonContent) -> str:
    """Return a hash of everything that an author writes about a lesson."""
    return _digest(asdict(content))


def draft_hash(
    content: VersionContent,
    question_hashes: Sequence[str],
    rules: Mapping[str, QuizRulesContent],
    plans: Mapping[str, QuizPlan],
) -> str:
    """Return a hash of a draft, its quizzes and its unpublished questions."""
    said = asdict(replace(content, content_hash=""))
    # Drafts that were approved before there were glossaries stay approved.
    if not content.glossary:
        del said["glossary"]
    ruled = {key: asdict(row) for key, row in rules.items()}
    planned = {key: asdict(plan) for key, plan in plans.items()}
    return _digest(
        {
            "version": said,
            "questions": list(question_hashes),
            "rules": ruled,
            "plans": planned,
        }
    )


def outline_fingerprint(content: VersionContent) -> str:
    """Return a hash of the outline: modules and lessons, their order and titles."""
    return _digest(
        {
            "outline": [
                [row.key, row.title, [[one.key, one.title] for one in row.lessons]]
                for row in content.modules
            ]
        }
    )


def settings_fingerprint(content: VersionContent) -> str:
    """Return a hash of what a course says of itself beside its lessons and quizzes."""
    said = asdict(replace(content, modules=(), requirements=(), content_hash=""))
    return _digest({key: _listed(value) for key, value in said.items()})


def plan_fingerprint(
    plan: QuizPlan | None, requirement: RequirementContent | None
) -> str:
    """Return a hash of a quiz with what it takes to pass it."""
    return _digest(
        {
            "plan": asdict(plan) if plan else None,
            "requirement": asdict(requirement) if requirement else None,
        }
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _digest(said: dict[str, Any]) -> str:
    canonical = json.dumps(said, sort_keys=True, default=str)
    return sha256(canonical.encode()).hexdigest()

"""Questions in Moodle's terms as ours.

With `extras` a question becomes what it was before it was exported; without, the
nearest of our types. Extras that no longer fit, because somebody edited the file,
are put aside and said so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.exchange import ReadItem
from quizzes.exchange.formats.keys import KeyMaker, is_question_key, key_of
from quizzes.exchange.formats.moodle.kinds import BY_KIND
from quizzes.exchange.formats.moodle.question import MoodleQuestion
from quizzes.exchange.formats.moodle.types import BY_TYPE, DoesNotFit
from quizzes.questions import tags
from quizzes.questions.composition import Composition, Expected
from quizzes.questions.content import QuestionContent

_CHANGED = (
    "Soal ini disunting di luar, sehingga sebagian keterangan dari situs ini tidak "
    "cocok lagi dan tidak dipakai. Periksa jenis soal dan kuncinya."
)


@dataclass
class Context:
    """What the format knows of a question besides its content."""

    line: int | None = None
    losses: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def from_moodle(moodle: MoodleQuestion, keys: KeyMaker, context: Context) -> ReadItem:
    """Return the question with what was lost and what is wrong with it."""
    losses = list(context.losses)
    content, has_own_keys = _content(moodle, losses)
    problems = list(context.problems)
    content = replace(content, key=_key(moodle, keys, losses, problems))
    problems += problems_of(content)
    return ReadItem(
        content,
        moodle.name or content.key,
        context.line,
        losses,
        list(dict.fromkeys(problems)),
        has_own_keys,
    )


def _content(moodle: MoodleQuestion, losses: list[str]) -> tuple[QuestionContent, bool]:
    extras = moodle.extras
    read = BY_TYPE.get(str(extras.get("type", "")))
    if read:
        try:
            content = read(moodle)
            return _with_extras(
                replace(
                    content,
                    scoring=str(extras.get("scoring", "")),
                    settings={**_settings(extras), **content.settings},
                ),
                moodle,
            ), True
        except DoesNotFit:
            losses.append(_CHANGED)
    return _with_extras(BY_KIND[moodle.kind](moodle, losses), moodle), False


def _settings(extras: Mapping[str, Any]) -> dict[str, Any]:
    settings = extras.get("settings")
    return dict(settings) if isinstance(settings, Mapping) else {}


def _with_extras(content: QuestionContent, moodle: MoodleQuestion) -> QuestionContent:
    """Put back what stands in no place of Moodle's."""
    extras = moodle.extras
    return replace(
        content,
        feedback=moodle.feedback,
        tags=tuple(tags.unique(moodle.tags)),
        objective_key=str(extras.get("objective", ""))[:40],
        level=str(extras.get("level", ""))[:2],
        pillar=str(extras.get("pillar", ""))[:8],
        source_keys=_texts(extras.get("sources")),
        checked_on=_day(extras.get("checked")),
        composition=Composition(
            _expected(extras.get("expected")),
            tuple(sorted(set(_texts(extras.get("enemies"))))),
        ),
    )


def _expected(value: Any) -> Expected | None:
    is_pair = isinstance(value, list) and len(value) == 2
    if not is_pair or not all(type(share) is int for share in value):
        return None
    return Expected(*value)


def _texts(value: Any) -> tuple[str, ...]:
    is_list = isinstance(value, list)
    return tuple(str(one)[:120] for one in value) if is_list else ()


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _key(
    moodle: MoodleQuestion, keys: KeyMaker, losses: list[str], problems: list[str]
) -> str:
    if not moodle.idnumber:
        return keys.make(moodle.name, moodle.stem)
    key = (
        moodle.idnumber if is_question_key(moodle.idnumber) else key_of(moodle.idnumber)
    )
    if not key:
        return keys.make(moodle.name, moodle.stem)
    if key != moodle.idnumber:
        losses.append(f"Id “{moodle.idnumber[:60]}” menjadi kunci “{key}”.")
    if not keys.own(key):
        problems.append(
            f"Kunci “{key}” muncul dua kali dalam berkas ini. Ganti salah satunya."
        )
    return key

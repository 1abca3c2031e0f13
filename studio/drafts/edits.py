"""Changes of an outline, plain Python: a version as values in, another one out.

Each raises LookupError for a module or lesson that is not there (any more).
"""

from collections.abc import Sequence
from dataclasses import replace

from courses.content_types import LessonContent, ModuleContent, VersionContent


def lessons_in(content: VersionContent) -> list[LessonContent]:
    """Return every lesson in order."""
    return [lesson for module in content.modules for lesson in module.lessons]


def add_module(content: VersionContent, key: str, title: str) -> VersionContent:
    """Put an empty module at the end."""
    return replace(content, modules=[*content.modules, ModuleContent(key, title, [])])


def rename_module(content: VersionContent, key: str, title: str) -> VersionContent:
    """Give a module another title."""
    place = _module_place(content, key)
    return _with_module(content, place, replace(content.modules[place], title=title))


def shift_module(content: VersionContent, key: str, steps: int) -> VersionContent:
    """Move a module up (-1) or down (1); at the edge it stays."""
    modules = list(content.modules)
    place = _module_place(content, key)
    module = modules.pop(place)
    modules.insert(max(0, place + steps), module)
    return replace(content, modules=modules)


def remove_module(content: VersionContent, key: str) -> VersionContent:
    """Take a module away. Raises ValueError while it has lessons."""
    place = _module_place(content, key)
    if content.modules[place].lessons:
        raise ValueError(key)
    modules = [*content.modules[:place], *content.modules[place + 1 :]]
    return replace(content, modules=modules)


def insert_lesson(
    content: VersionContent, module_key: str, place: int, lesson: LessonContent
) -> VersionContent:
    """Put a lesson into a module at a place from 0; beyond the end means there."""
    at = _module_place(content, module_key)
    module = content.modules[at]
    lessons = [*module.lessons[:place], lesson, *module.lessons[place:]]
    return _with_module(content, at, replace(module, lessons=lessons))


def remove_lesson(content: VersionContent, key: str) -> VersionContent:
    """Take a lesson away."""
    at, place = place_of(content, key)
    module = content.modules[at]
    lessons = [*module.lessons[:place], *module.lessons[place + 1 :]]
    return _with_module(content, at, replace(module, lessons=lessons))


def rename_lesson(content: VersionContent, key: str, title: str) -> VersionContent:
    """Give a lesson another title."""
    return _with_lesson(content, key, title=title)


def shift_lesson(content: VersionContent, key: str, steps: int) -> VersionContent:
    """Move a lesson up (-1) or down (1); at the edge of its module into the next."""
    at, place = place_of(content, key)
    lesson = content.modules[at].lessons[place]
    without = remove_lesson(content, key)
    if 0 <= place + steps <= len(without.modules[at].lessons):
        return insert_lesson(without, content.modules[at].key, place + steps, lesson)
    other = at + steps
    if not 0 <= other < len(content.modules):
        return content
    module = without.modules[other]
    return insert_lesson(
        without, module.key, len(module.lessons) if steps < 0 else 0, lesson
    )


def place_lesson(
    content: VersionContent, key: str, module_key: str, before: str = ""
) -> VersionContent:
    """Move a lesson into a module, before another lesson of it or to its end."""
    at, place = place_of(content, key)
    lesson = content.modules[at].lessons[place]
    if before == key:
        return content
    without = remove_lesson(content, key)
    module = without.modules[_module_place(without, module_key)]
    keys = [one.key for one in module.lessons]
    if before and before not in keys:
        raise LookupError(before)
    there = keys.index(before) if before else len(keys)
    return insert_lesson(without, module_key, there, lesson)


def copy_lesson(
    content: VersionContent, key: str, new_key: str, title: str
) -> VersionContent:
    """Put a copy of a lesson right behind it."""
    at, place = place_of(content, key)
    module = content.modules[at]
    copied = replace(module.lessons[place], key=new_key, title=title)
    return insert_lesson(content, module.key, place + 1, copied)


def set_minutes(content: VersionContent, minutes: Sequence[int]) -> VersionContent:
    """Give every lesson its minutes, in order."""
    left = iter(minutes)
    modules = [
        replace(
            module,
            lessons=[replace(one, minutes=next(left)) for one in module.lessons],
        )
        for module in content.modules
    ]
    return replace(content, modules=modules)


def shared_minutes(words: Sequence[int], whole: int) -> list[int]:
    """Share whole minutes among lessons by their words; each gets one at least.

    The largest remainders get what rounding leaves, so the sum is `whole` exactly, or
    one minute a lesson where that is more.
    """
    if not words:
        return []
    spare = max(0, whole - len(words))
    weights = [max(1, count) for count in words]
    total = sum(weights)
    shares = [divmod(spare * weight, total) for weight in weights]
    left = spare - sum(share for share, _rest in shares)
    order = sorted(range(len(words)), key=lambda n: (-shares[n][1], n))
    extra = set(order[:left])
    return [1 + share + (n in extra) for n, (share, _rest) in enumerate(shares)]


def place_of(content: VersionContent, key: str) -> tuple[int, int]:
    """Return the place of a lesson: of its module, and in it, both from 0."""
    for at, module in enumerate(content.modules):
        for place, lesson in enumerate(module.lessons):
            if lesson.key == key:
                return at, place
    raise LookupError(key)


def _module_place(content: VersionContent, key: str) -> int:
    for at, module in enumerate(content.modules):
        if module.key == key:
            return at
    raise LookupError(key)


def _with_module(
    content: VersionContent, at: int, module: ModuleContent
) -> VersionContent:
    modules = [*content.modules[:at], module, *content.modules[at + 1 :]]
    return replace(content, modules=modules)


def _with_lesson(content: VersionContent, key: str, *, title: str) -> VersionContent:
    at, place = place_of(content, key)
    module = content.modules[at]
    lesson = replace(module.lessons[place], title=title)
    lessons = [*module.lessons[:place], lesson, *module.lessons[place + 1 :]]
    return _with_module(content, at, replace(module, lessons=lessons))

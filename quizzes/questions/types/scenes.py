"""The scenes of a dialogue and the ways through them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from quizzes.questions.types.checking import is_option_key, repeated
from quizzes.questions.types.protocol import OptionView, QuestionView


@dataclass(frozen=True)
class Scene:
    """What the other one says (Markdown), and the replies there are."""

    key: str
    text: str
    replies: Sequence[OptionView]


def scenes_of(question: QuestionView) -> list[Scene]:
    """Return the scenes as written, the first begins; unreadable ones are left out."""
    replies: dict[str, list[OptionView]] = defaultdict(list)
    for option in question.options:
        replies[option.group].append(option)
    return [
        Scene(row["key"], row["text"], replies.get(row["key"], ()))
        for row in _rows(question.settings)
        if _is_scene(row)
    ]


def path(scenes: Sequence[Scene], chosen: Mapping[str, str]) -> list[OptionView]:
    """Return the replies met from the first scene on; `chosen` has one per scene.

    Ends where nothing was chosen, and before a scene is entered twice.
    """
    by_key = {scene.key: scene for scene in scenes}
    scene = scenes[0] if scenes else None
    taken: list[OptionView] = []
    while scene is not None:
        # Taken out, so that not even a circle goes on for ever.
        by_key.pop(scene.key, None)
        said = chosen.get(scene.key)
        reply = next((reply for reply in scene.replies if reply.key == said), None)
        if reply is None:
            break
        taken.append(reply)
        scene = by_key.get(reply.match)
    return taken


def best_worth(scenes: Sequence[Scene]) -> Decimal:
    """Return the largest sum any path from the first scene reaches; 0 in a circle."""
    by_key = {scene.key: scene for scene in scenes}
    try:
        order = _order(scenes)
    except CycleError:
        return Decimal(0)
    best: dict[str, Decimal] = {}
    for key in order:
        replies = by_key[key].replies
        sums = [r.fraction + best.get(r.match, Decimal(0)) for r in replies]
        best[key] = max(sums, default=Decimal(0))
    return best[scenes[0].key] if scenes else Decimal(0)


def scene_problems(question: QuestionView) -> Iterator[str]:
    """Refuse scenes that cannot be played from the first to an end."""
    scenes = scenes_of(question)
    if not scenes or len(scenes) < len(_rows(question.settings)):
        yield (
            "Ada adegan yang tidak terbaca atau belum ada adegan. "
            "Beri tiap adegan kode dan ucapan."
        )
    for key in repeated(scene.key for scene in scenes):
        yield f"Kode adegan “{key}” dipakai dua kali. Beri tiap adegan kode sendiri."
    for scene in scenes:
        yield from _one_problems(scene)
    yield from _reply_problems(question, scenes)
    yield from _way_problems(scenes)


def as_written(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings without the HTML that is stored next to a scene's text."""
    if not _rows(settings):
        return dict(settings)
    rows = [
        {name: value for name, value in row.items() if name != "html"}
        if isinstance(row, dict)
        else row
        for row in _rows(settings)
    ]
    return {**settings, "scenes": rows}


def _one_problems(scene: Scene) -> Iterator[str]:
    if not is_option_key(scene.key):
        yield (
            f"Kode adegan “{scene.key}” tidak dapat dipakai. "
            "Tulis 1 sampai 40 huruf, angka, atau tanda hubung."
        )
    if not scene.text.strip():
        yield f"Adegan “{scene.key}” masih kosong. Tulis ucapannya."
    if not scene.replies:
        yield f"Adegan “{scene.key}” belum punya tanggapan. Tambahkan tanggapan."


def _reply_problems(question: QuestionView, scenes: Sequence[Scene]) -> Iterator[str]:
    keys = {scene.key for scene in scenes}
    for reply in question.options:
        if reply.group not in keys:
            yield (
                f"Tanggapan “{reply.key}” berada di adegan yang tidak ada: "
                f"“{reply.group}”. Pindahkan ke salah satu adegan."
            )
        if reply.match and reply.match not in keys:
            yield (
                f"Tanggapan “{reply.key}” menuju adegan yang tidak ada: "
                f"“{reply.match}”. Pilih adegan lain, atau kosongkan untuk mengakhiri."
            )


def _way_problems(scenes: Sequence[Scene]) -> Iterator[str]:
    try:
        _order(scenes)
    except CycleError:
        yield "Ada adegan yang kembali ke dirinya. Putuskan putarannya."
        return
    reached = _reached(scenes)
    for scene in scenes:
        if scene.key not in reached:
            yield (
                f"Adegan “{scene.key}” tidak pernah tercapai. "
                "Arahkan sebuah tanggapan ke sana, atau hapus adegannya."
            )
    worths = [reply.fraction for scene in scenes for reply in scene.replies]
    if all(map(Decimal.is_finite, worths)) and scenes and best_worth(scenes) <= 0:
        yield "Tidak ada jalan yang bernilai. Beri nilai pada tanggapan yang baik."


def _order(scenes: Sequence[Scene]) -> list[str]:
    """Return the keys so that every scene stands behind those it leads to."""
    keys = {scene.key for scene in scenes}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for scene in scenes:
        sorter.add(scene.key, *(r.match for r in scene.replies if r.match in keys))
    return list(sorter.static_order())


def _reached(scenes: Sequence[Scene]) -> set[str]:
    by_key = {scene.key: scene for scene in scenes}
    open_keys = [scenes[0].key] if scenes else []
    reached: set[str] = set()
    while open_keys:
        key = open_keys.pop()
        if key in by_key and key not in reached:
            reached.add(key)
            open_keys += [reply.match for reply in by_key[key].replies]
    return reached


def _rows(settings: Mapping[str, Any]) -> list[Any]:
    rows = settings.get("scenes")
    return rows if isinstance(rows, list) else []


def _is_scene(row: Any) -> bool:
    return isinstance(row, dict) and all(
        isinstance(row.get(name), str) for name in ("key", "text")
    )

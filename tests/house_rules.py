"""What the house rules look for in a syntax tree; `test_conventions` says where.

Each finder judges text alone, so that spoiled examples can be shown to it
(`test_house_rules.py`).
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.db.models import Manager, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from tests.sources import ROOMS, nodes_in

# --- the clock ---------------------------------------------------------------------
_CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.core.signing.dumps",
    "django.core.signing.loads",
    "django.core.signing.TimestampSigner",
    "django.db.models.functions.Now",
    "django.utils.timezone.now",
    "time.ctime",
    "time.time",
    "time.time_ns",
}
# Handed a moment these turn it round; left alone they read the clock.
_CLOCKS_WITHOUT_A_MOMENT = {
    "django.utils.timezone.localdate",
    "django.utils.timezone.localtime",
    "time.gmtime",
    "time.localtime",
}


def clock_readings(tree: ast.Module) -> list[ast.AST]:
    """Return whatever reads the time of day, also as a default or under an alias.

    `time.monotonic` measures how long something took; it tells no time of day.
    """
    imported = _imported_names(tree)
    told = {
        id(node.func)
        for node in nodes_in(tree)
        if isinstance(node, ast.Call) and (node.args or node.keywords)
    }
    return [
        node
        for node in nodes_in(tree)
        if _is_filled_by_the_clock(node)
        or (name := _full_name(node, imported)) in _CLOCKS
        or (name in _CLOCKS_WITHOUT_A_MOMENT and id(node) not in told)
    ]


def _is_filled_by_the_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}


def _imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, as a full dotted name."""
    names: dict[str, str] = {}
    for node in nodes_in(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                names[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _full_name(node: ast.AST, imported: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return imported.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = _full_name(node.value, imported)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


# --- managers ----------------------------------------------------------------------
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
# What views hold beside rows; their verbs are no questions to the database.
_NO_ROWS = (
    BaseForm, HttpRequest, HttpResponse, Page, Paginator, SessionBase, UploadedFile,
    bytes, dict, list, set, str, tuple,
)  # fmt: skip


def manager_questions(tree: ast.Module) -> list[ast.AST]:
    """Return where a manager is asked: a model's own, or one of related rows.

    Related rows are found in two ways: a verb that only managers and querysets
    have, whoever is asked, also under another name; and any verb of theirs said to
    a name that leads to related rows (`course.versions.get`).
    """
    verbs, own_verbs, related = _verbs(), _verbs_of_rows_only(), related_names()
    modules = set(_imported_names(tree))
    found: list[ast.AST] = []
    for node in nodes_in(tree):
        match node:
            case ast.Attribute(attr=attr) if attr in _MANAGERS:
                found.append(node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if (
                name in modules
            ):
                continue
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr=rows), attr=verb)
            ):
                if verb in own_verbs or (rows in related and verb in verbs):
                    found.append(node)
            case ast.Call(func=ast.Attribute(attr=verb)) if verb in own_verbs:
                found.append(node)
    return found


@cache
def related_names() -> frozenset[str]:
    """Return every name that leads from a row of ours to a manager of other rows."""
    return frozenset(
        name
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields(include_hidden=True)
        if field.one_to_many or field.many_to_many
        for name in _names_of(field)
    )


def _names_of(field: Any) -> Iterator[str]:
    if field.auto_created and not field.concrete:
        yield field.get_accessor_name() or ""
    else:
        yield field.name


@cache
def _verbs() -> frozenset[str]:
    classes: list[type] = [Manager, QuerySet, *_querysets_of_ours()]
    return frozenset(
        name for one in classes for name in dir(one) if not name.startswith("_")
    ) | {"add", "clear", "remove", "set"}


@cache
def _verbs_of_rows_only() -> frozenset[str]:
    return _verbs() - {name for one in _NO_ROWS for name in dir(one)} - {"as_manager"}


def _querysets_of_ours() -> Iterator[type]:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            yield type(model._default_manager.get_queryset())


# --- states ------------------------------------------------------------------------
_CREATES = {"create", "get_or_create", "update_or_create"}
_SQL = re.compile(r"\bSET\b[^;]*\bstate\b\s*=", re.IGNORECASE)


@cache
def models_with_a_state() -> frozenset[str]:
    """Return the names of the models that have a state."""
    return frozenset(
        model.__name__
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if any(field.name == "state" for field in model._meta.fields)
    )


def state_changes(tree: ast.Module) -> list[tuple[ast.AST, frozenset[str]]]:
    """Return where a state is written, and the models whose state the value names.

    The value tells whose state it is (`Attempt.State.SUBMITTED`), not the variable
    that holds the row. A value that names none is returned with no model: nobody
    can say whose it is.
    """
    return [
        (node, _models_named(values))
        for node in nodes_in(tree)
        for values in _states_written(node)
    ]


def _states_written(node: ast.AST) -> Iterator[list[ast.AST]]:
    """Yield the values of each state that this node writes."""
    match node:
        case ast.Assign(targets=targets, value=value) if _names_a_state(targets):
            yield [value]
        case ast.AnnAssign(target=target, value=value) if _names_a_state([target]):
            yield [value] if value else []
        case ast.AugAssign(target=target, value=value) if _names_a_state([target]):
            yield [value]
        case ast.For(target=target) | ast.comprehension(target=target) if (
            _names_a_state([target])
        ):
            yield []
        case ast.Call():
            yield from _states_called(node)
        case ast.Constant(value=str(text)) if _SQL.search(text):
            yield []


def _names_a_state(targets: Iterable[ast.AST]) -> bool:
    return any(
        isinstance(part, ast.Attribute)
        and part.attr == "state"
        and isinstance(part.ctx, ast.Store)
        for target in targets
        for part in ast.walk(target)
    )


def _states_called(call: ast.Call) -> Iterator[list[ast.AST]]:
    verb = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    function = verb or (call.func.id if isinstance(call.func, ast.Name) else "")
    if function in {"setattr", "__setattr__"} and _says_state(call.args):
        yield list(call.args[-1:])
    elif function == "bulk_update" and _says_state(ast.walk(call)):
        yield []
    elif verb in {"update", *_CREATES} or function in models_with_a_state():
        yield from _states_in(call)


def _says_state(nodes: Iterable[ast.AST]) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == "state" for one in nodes)


def _states_in(call: ast.Call) -> Iterator[list[ast.AST]]:
    """Yield the states among the keywords, also inside `defaults={…}` and `**{…}`."""
    for keyword in call.keywords:
        if keyword.arg == "state":
            yield [keyword.value]
        elif isinstance(keyword.value, ast.Dict):
            for key, value in zip(
                keyword.value.keys, keyword.value.values, strict=True
            ):
                if key is not None and _says_state([key]):
                    yield [value]


def _models_named(values: Iterable[ast.AST]) -> frozenset[str]:
    return frozenset(
        owner
        for value in values
        for part in ast.walk(value)
        if isinstance(part, ast.Attribute) and part.attr == "State"
        for owner in [ast.unparse(part.value).rpartition(".")[2]]
        if owner in models_with_a_state()
    )


def unnamed_writes(tree: ast.Module) -> list[ast.AST]:
    """Return where columns are written whose names only running code knows."""
    return [
        node
        for node in nodes_in(tree)
        if isinstance(node, ast.Call)
        and (_sets_by_name(node) or _updates_by_name(node))
    ]


def _sets_by_name(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "setattr"
        and not isinstance(call.args[1], ast.Constant)
    )


def _updates_by_name(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "update"
        and any(
            keyword.arg is None and not isinstance(keyword.value, ast.Dict)
            for keyword in call.keywords
        )
    )


def hands_a_file_out(function: ast.FunctionDef) -> bool:
    """Say whether a function returns a file to keep, itself or through a helper."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    said = {node.value for node in ast.walk(function) if isinstance(node, ast.Constant)}
    helpers = {"FileResponse", "StreamingHttpResponse", "_download", "handed_over"}
    # The annotation of what is returned says the same as the call.
    return bool(names & helpers) or "Content-Disposition" in said

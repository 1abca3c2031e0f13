"""Which functions lock rows, whose rows, and how strongly: read from the code itself.

A lock is a call of `select_for_update`, or of `update_or_create`, which takes one. A
function locks when it holds such a call or calls a function that does; names are looked
up in the module that uses them, so that it does not matter what anything is called.
"""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from django.apps import apps

from tests.sources import ROOT, name_of, nodes_in, python_files, tree_of

_WORDS = ("select_for_update", "update_or_create")
PLAIN, NO_KEY = "FOR UPDATE", "FOR NO KEY UPDATE"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Lock:
    """A call that locks rows. `model` is "" where it cannot be read whose they are."""

    place: str
    function: str
    call: str
    model: str
    strength: str
    joins_others: bool


def _is_ours(path: Path) -> bool:
    return "migrations" not in path.parts


@cache
def locks() -> tuple[Lock, ...]:
    """Return every lock that the rooms take."""
    return tuple(
        _lock(path, function, call)
        for path in filter(_is_ours, python_files())
        for function, call in _locking_calls(path)
    )


def _locking_calls(path: Path) -> Iterator[tuple[Function, ast.Call]]:
    if not any(word in path.read_text("utf-8") for word in _WORDS):
        return
    for function in _functions(path):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _locks_rows(node):
                yield function, node


def _functions(path: Path) -> Iterator[Function]:
    for node in nodes_in(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _locks_rows(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _WORDS


def _lock(path: Path, function: Function, call: ast.Call) -> Lock:
    said = {word.arg: ast.unparse(word.value) for word in call.keywords}
    return Lock(
        place=f"{name_of(path)}:{call.lineno}",
        function=f"{name_of(path)}:{function.name}",
        call=ast.unparse(call.func).rpartition(".")[2],
        model=_model(call, function),
        strength=NO_KEY if said.get("no_key") == "True" else PLAIN,
        joins_others="of" not in said and _is_joined(call, function),
    )


def _model(node: ast.expr, function: Function) -> str:
    """Return the model whose manager a chain of calls begins with."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node.value).rpartition(".")[2]
            if node.attr == "objects" and name in _models():
                return name
            node = node.value
        else:
            node = node.func
    if not isinstance(node, ast.Name):
        return ""
    for value in _values_of(node.id, function):
        if found := _model(value, function):
            return found
    return _annotated(node.id, function)


@cache
def _models() -> frozenset[str]:
    return frozenset(model.__name__ for model in apps.get_models())


def _values_of(name: str, function: Function) -> Iterator[ast.expr]:
    """Yield what a local name is set to, but for what is made of itself."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            targets = {one.id for one in node.targets if isinstance(one, ast.Name)}
            inside = {one.id for one in ast.walk(node.value) if _is_name(one)}
            if name in targets and name not in inside:
                yield node.value


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def _annotated(name: str, function: Function) -> str:
    """Return the model of a parameter that is a `QuerySet[Model]`."""
    for argument in (*function.args.args, *function.args.kwonlyargs):
        if argument.arg == name and argument.annotation is not None:
            said = ast.unparse(argument.annotation).strip("'\"")
            inside = said.removeprefix("QuerySet[").partition("]")[0].partition(",")[0]
            return inside if inside in _models() else ""
    return ""


def _is_joined(call: ast.Call, function: Function) -> bool:
    """Say whether the statement around a lock joins rows that would be locked too."""
    around = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.stmt)
        and node.lineno <= call.lineno <= (node.end_lineno or 0)
    ]
    model = _model(call, function)
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "select_related")
        or (isinstance(node, ast.keyword) and _reaches_further(model, node.arg or ""))
        for node in ast.walk(around[-1])
    )


def _reaches_further(model: str, said: str) -> bool:
    """Say whether a keyword of a filter speaks of the rows that a row refers to."""
    name, _sep, rest = said.partition("__")
    relations = {
        field.name
        for one in apps.get_models()
        if one.__name__ == model
        for field in one._meta.get_fields()
        if field.is_relation
    }
    return name in relations and rest not in {"", "in", "isnull", "pk", "pk__in"}


# --- who locks ---------------------------------------------------------------------
@cache
def locking_functions() -> frozenset[tuple[str, str]]:
    """Return (module, name) of every function that locks or calls one that does."""
    calls = {_key(path, fn): _called(path, fn) for path, fn in _all_functions()}
    found = {_key(path, fn) for path, fn in _all_functions() if _holds_a_lock(fn)}
    while more := {key for key, called in calls.items() if called & found} - found:
        found |= more
    return frozenset(found)


def bare_transactions() -> list[str]:
    """Return the functions that lock in a transaction that is tried only once."""
    return [
        f"{name_of(path)}:{part.lineno} {fn.name}"
        for path, fn in _all_functions()
        for part in _transactions(fn)
        if _holds_a_lock(part) or _called(path, part) & locking_functions()
    ]


@cache
def _all_functions() -> tuple[tuple[Path, Function], ...]:
    paths = filter(_is_ours, python_files())
    return tuple((path, fn) for path in paths for fn in _functions(path))


def _holds_a_lock(part: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and _locks_rows(node) for node in ast.walk(part)
    )


def _transactions(function: Function) -> Iterator[Function | ast.With]:
    """Yield the function when it is one transaction, and the blocks in it that are."""
    if any(map(_is_atomic, function.decorator_list)):
        yield function
    for node in ast.walk(function):
        if isinstance(node, ast.With) and any(
            _is_atomic(item.context_expr) for item in node.items
        ):
            yield node


def _is_atomic(said: ast.expr) -> bool:
    return "atomic" in ast.unparse(said).partition("(")[0].split(".")


def _key(path: Path, function: Function) -> tuple[str, str]:
    return _module_name(path), function.name


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _called(path: Path, part: ast.AST) -> set[tuple[str, str]]:
    """Return (module, name) of the functions that a piece of a module calls."""
    module = importlib.import_module(_module_name(path))
    found = set()
    for node in ast.walk(part):
        if isinstance(node, ast.Call):
            thing = _thing(node.func, module)
            if isinstance(thing, FunctionType):
                found.add((thing.__module__, thing.__name__))
    return found


def _thing(node: ast.expr, module: ModuleType) -> Any:
    """Return what a name, or an attribute of an imported module, stands for."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        owner = _thing(node.value, module)
        if isinstance(owner, ModuleType):
            return getattr(owner, node.attr, None)
    return None

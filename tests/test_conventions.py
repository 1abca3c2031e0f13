"""House rules that a linter does not know. Each failure says what to do instead."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

from elearning.celery import app as celery_app
from tests import house_rules, locks_in_code, sources
from tests.every_case import every_case
from tests.exemptions import (
    ALLAUTH_VIEWS,
    HANDED_OUT_WITHOUT_RECORD,
    READS_THE_CLOCK,
    STATE_OWNERS,
    WRITES_BY_NAME,
)
from tests.sources import ROOMS, ROOT, name_of, nodes_in, tree_of

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_TASK = 5
_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|mnt)/[\w.-]+")
_HANDLER = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)


def fail_if(found: list[str], remedy: str) -> None:
    """Fail with every finding and what to do instead."""
    assert not found, f"{remedy}\n  " + "\n  ".join(found)


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in nodes_in(tree_of(path)) if isinstance(node, ast.Call))


def _place(path: Path, node: ast.AST) -> str:
    return f"{name_of(path)}:{getattr(node, 'lineno', 0)}"


def _is_in(path: Path, room_folder: str) -> bool:
    """Say whether a file is a room's `views.py`, or lies in its `views/`."""
    inside = path.relative_to(ROOT).parts[1:]
    return room_folder in inside or f"{room_folder}.py" in inside


# --- templates ---------------------------------------------------------------------
@every_case("path", sources.template_files(), ids=name_of)
def test_every_template_compiles(path):
    folder = next(p for p in path.parents if p.name == "templates")

    get_template(path.relative_to(folder).as_posix())


def test_a_template_that_extends_begins_with_extends():
    found = [
        name_of(path)
        for path in sources.template_files()
        if "{% extends" in path.read_text("utf-8")
        and not path.read_text("utf-8").startswith("{% extends")
    ]

    fail_if(found, "Put {% extends %} first: Django refuses it after anything else.")


def test_row_numbers_in_attributes_are_no_numbers_for_people():
    """A thousand is written 1.000 for people, and no form would take that back."""
    pattern = re.compile(r'="[^"]*\{\{ *(?:\w+\.)*pk *\}\}')
    found = [
        name_of(path)
        for path in sources.template_files()
        if pattern.search(path.read_text("utf-8"))
    ]

    fail_if(found, 'Write {{ row.pk|stringformat:"d" }} in an attribute.')


def test_templates_hold_nothing_that_the_content_security_policy_blocks():
    found = []
    for path in sources.template_files():
        html = _COMMENT.sub("", path.read_text("utf-8"))
        if path.suffix != ".html":
            continue
        found += [
            f"{name_of(path)}: {what}"
            for what, is_there in (
                ("style=", bool(_STYLE.search(html))),
                ("<style>", bool(_STYLE_ELEMENT.search(html))),
                ("on…=", bool(_HANDLER.search(html))),
                ("data:", bool(re.search(r"=[\"']data:", html))),
                ("script body", _has_inline_script(html)),
            )
            if is_there
        ]

    fail_if(found, "The policy blocks this: use a class, or static/js with data-….")


def _has_inline_script(html: str) -> bool:
    return any(
        "src=" not in attributes or body.strip()
        for attributes, body in _SCRIPT.findall(html)
        if "application/json" not in attributes
    )


def test_built_styles_hold_no_data_addresses():
    found = [
        name_of(path)
        for path in (ROOT / "static" / "css").rglob("*.css")
        if "data:" in path.read_text("utf-8")
    ]

    fail_if(found, "The policy allows images from 'self' only: use lib/icons.py.")


# --- rooms and names ---------------------------------------------------------------
def test_every_room_has_a_readme():
    found = [room for room in ROOMS if not (ROOT / room / "README.md").exists()]

    fail_if(found, "Write README.md: purpose, words, invariants, the doors in.")


def test_nobody_imports_what_a_library_keeps_to_itself():
    found = [
        f"{_place(path, node)} {module}"
        for path in sources.python_files(*ROOMS)
        for node in nodes_in(tree_of(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for module in [
            *(alias.name for alias in node.names),
            getattr(node, "module", None) or "",
        ]
        if "internal" in module.split(".")
    ]

    fail_if(found, "Use what the library offers: the rest changes without a word.")


def test_no_module_has_a_vague_name():
    found = [
        name_of(path)
        for path in sources.python_files(*ROOMS, "tests", "bench")
        if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES
    ]

    fail_if(found, "Name the module by its subject.")


def test_identifiers_are_american():
    found = [
        f"{_place(path, node)} {name}"
        for path in sources.python_files(*ROOMS, "tests", "bench")
        for node, name in _identifiers(path)
        if "enrolment" in name.lower()
    ]
    found += [
        name_of(path)
        for path in (*sources.python_files(), *sources.template_files())
        if "enrolment" in path.name.lower()
    ]

    fail_if(found, "Identifiers are American: enrollment. Screens are Indonesian.")


def _identifiers(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in nodes_in(tree_of(path)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                # A test's name is a sentence, not an identifier.
                if not name.startswith("test_"):
                    yield node, name
            case ast.keyword(arg=str(name)):
                yield node, name


def test_files_name_no_path_of_a_machine():
    found = [
        f"{name_of(path)}:{number}: {match.group()}"
        for path in sources.text_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := _MACHINE_PATH.search(line))
    ]

    fail_if(found, "Use a path relative to the project, or a setting.")


# --- where things may happen -------------------------------------------------------
def test_views_ask_no_manager():
    """Neither a model's own nor one of related rows (`course.versions.get`)."""
    found = [
        _place(path, node)
        for path in sources.python_files()
        if _is_in(path, "views")
        for node in house_rules.manager_questions(tree_of(path))
    ]

    fail_if(found, "Views fetch through selectors, fetching.py or accounts.access.")


def test_actions_queue_on_commit_only():
    found = [
        _place(path, call)
        for path in sources.python_files()
        if _is_in(path, "actions")
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"delay", "apply_async", "delay_on_commit"}
    ]

    fail_if(found, "Use lib.queueing.queue_on_commit: it never fails the request.")


def test_rules_are_handed_the_time():
    found = [
        _place(path, node)
        for path in sources.python_files()
        if not _is_an_edge(path) and name_of(path) not in READS_THE_CLOCK
        for node in house_rules.clock_readings(tree_of(path))
    ]

    fail_if(found, "Take `now` as an argument; views, tasks and commands fetch it.")


def _is_an_edge(path: Path) -> bool:
    """Say whether requests, messages or an operator come in here."""
    edges = ("views", "tasks", "management", "migrations")
    return any(_is_in(path, edge) for edge in edges)


def test_whoever_may_read_the_clock_does():
    _fail_if_idle(READS_THE_CLOCK, house_rules.clock_readings)


def _fail_if_idle(
    exemptions: Iterable[str], finder: Callable[[ast.Module], list[Any]]
) -> None:
    """Fail for every exemption whose file is gone or needs none."""
    found = [
        name
        for name in exemptions
        if not (ROOT / name).is_file() or not finder(tree_of(ROOT / name))
    ]

    fail_if(found, "These exemptions excuse nothing: delete them, or follow the move.")


def test_there_is_one_signal_sent_once_and_connected_once():
    signals = {
        target.id: name_of(path)
        for path in sources.python_files()
        for node in nodes_in(tree_of(path))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).split(".")[-1] == "Signal"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    uses = [
        (call.func.attr, name_of(path))
        for path in sources.python_files()
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in signals
    ]

    assert signals == {"enrollment_completed": "courses/signals.py"}, (
        "A second signal needs a decision record: call the action instead."
    )
    assert sorted(uses) == [
        ("connect", "certificates/receivers.py"),
        ("send", "courses/actions/progress.py"),
    ], "The one signal is sent by one function and connected in one place."


def test_nobody_listens_to_signals_of_django():
    found = [
        _place(path, node)
        for path in sources.python_files()
        for node in nodes_in(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("django", "allauth"))
        and (node.module or "").endswith("signals")
    ]

    fail_if(found, "Call the action: hidden work cannot be read.")


def test_states_change_in_the_module_that_owns_them():
    """The value says whose state it is, whatever the row is called."""
    found = [
        f"{_place(path, node)} {', '.join(models) or 'of whom?'}"
        for path, node, models in _state_changes()
        if not models or any(STATE_OWNERS[one] != name_of(path) for one in models)
    ]

    fail_if(
        found,
        "Call the action of the module that owns the state, and write the value as "
        "Model.State.NAME. Owners: "
        + ", ".join(f"{model} {owner}" for model, owner in STATE_OWNERS.items()),
    )


def test_an_attempt_is_handed_in_by_one_module():
    handed_in = {
        name_of(path)
        for path, node, _models in _state_changes()
        if "Attempt.State.SUBMITTED" in ast.unparse(node)
    }

    assert handed_in == {STATE_OWNERS["Attempt"]}, "Call submit_attempt of quizzes."


def _state_changes() -> Iterator[tuple[Path, ast.AST, list[str]]]:
    for path in sources.python_files():
        if not _is_in(path, "migrations"):
            for node, models in house_rules.state_changes(tree_of(path)):
                yield path, node, sorted(models)


def test_every_state_has_an_owner_that_changes_it():
    changed = {
        (model, name_of(path))
        for path, _node, models in _state_changes()
        for model in models
    }

    assert set(STATE_OWNERS) == house_rules.models_with_a_state()
    assert changed == set(STATE_OWNERS.items()), "An owner that owns nothing goes."


def test_columns_are_written_by_their_names():
    found = [
        _place(path, node)
        for path in sources.python_files()
        if name_of(path) not in WRITES_BY_NAME
        for node in house_rules.unnamed_writes(tree_of(path))
    ]

    fail_if(found, "Name the columns: nobody sees a state in setattr(row, name, …).")
    _fail_if_idle(WRITES_BY_NAME, house_rules.unnamed_writes)


# --- views and tasks ---------------------------------------------------------------
def test_every_address_is_stamped():
    found = [
        f"{name} ({pattern.pattern})"
        for name, pattern in sources.url_patterns()
        if not hasattr(pattern.callback, "access") and name not in ALLAUTH_VIEWS
    ]

    fail_if(found, "Stamp the view: @public, @signed_in or @requires(capability).")


def test_the_list_of_unstamped_views_holds_allauths_only():
    listed = {
        name: pattern.callback.__module__.partition(".")[0]
        for name, pattern in sources.url_patterns()
        if name in ALLAUTH_VIEWS
    }

    assert set(listed) == ALLAUTH_VIEWS
    assert set(listed.values()) == {"allauth"}


def test_every_download_is_recorded():
    """A file that holds somebody's data, or keys, leaves the site with a record."""
    found = [
        _place(path, node)
        for path in sources.python_files()
        if _is_in(path, "views")
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
        and house_rules.hands_a_file_out(node)
        and f"{name_of(path)}:{node.name}" not in HANDED_OUT_WITHOUT_RECORD
        and "audit.record(" not in ast.unparse(node)
    ]

    fail_if(found, "Call accounts.audit.record before the file leaves.")


def test_error_pages_are_stamped():
    resolver = get_resolver()
    handlers = [resolver.resolve_error_handler(code) for code in (400, 403, 404, 500)]

    assert [getattr(view, "access", None) for view in handlers] == ["public"] * 4


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _pattern in sources.url_patterns()]

    assert len(names) == len(set(names))


def test_task_bodies_are_short():
    found = [
        f"{_place(path, node)} {node.name}"
        for path in sources.python_files()
        if path.stem == "tasks" or path.parent.name == "tasks"
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
        and any(".task(" in ast.unparse(mark) for mark in node.decorator_list)
        and len(node.body) - bool(ast.get_docstring(node)) > LONGEST_TASK
    ]

    fail_if(found, "A task calls one action with ids; move the rest into the action.")


def test_no_task_looks_back_over_a_span_of_time():
    found = [
        f"{room}/tasks.py"
        for room in ROOMS
        if (path := ROOT / room / "tasks.py").exists()
        and "timedelta" in path.read_text("utf-8")
    ]

    fail_if(found, "Ask for what is not done yet, however long beat was down.")


def test_every_scheduled_task_exists_and_takes_no_arguments():
    celery_app.loader.import_default_modules()

    for name, entry in celery_app.conf.beat_schedule.items():
        assert entry["task"] in celery_app.tasks, f"{name}: register the task."
        assert not entry.get("kwargs"), f"{name}: a sweep finds its own rows."


def test_what_sweeps_send_expires():
    celery_app.loader.import_default_modules()
    sent = {
        f"{path.parent.name}.{call.func.value.id}"
        for path in sources.python_files()
        if path.stem == "tasks"
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "delay"
        and isinstance(call.func.value, ast.Name)
    }
    found = [name for name in sorted(sent) if not celery_app.tasks[name].expires]

    fail_if(found, "Say expires=…: the next sweep asks again, older messages pile up.")


def test_every_sweep_is_scheduled():
    celery_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    sweeps = {
        name
        for name, task in celery_app.tasks.items()
        # Former names have a dot more and wait for old messages only.
        if name.count(".") == 1
        and name.split(".")[0] in ROOMS
        and not inspect.signature(task.run).parameters
    }

    assert sweeps == scheduled, "Nothing calls this task: schedule it, or delete it."


# --- locks (docs/locking.md) -------------------------------------------------------
def test_a_course_is_locked_only_there():
    found = [
        lock.place
        for lock in locks_in_code.locks()
        if lock.model == "Course"
        and lock.function != "courses/actions/locks.py:lock_course"
    ]

    fail_if(found, "Call courses.actions.lock_course; its docstring says why.")


def test_locks_leave_the_key_free():
    found = [
        lock.place
        for lock in locks_in_code.locks()
        if lock.call == "select_for_update" and lock.strength == locks_in_code.PLAIN
    ]

    fail_if(found, "Say no_key=True: whoever refers to the row at commit would wait.")


def test_every_lock_says_whose_rows_it_takes():
    found = [
        lock.place
        for lock in locks_in_code.locks()
        if lock.call == "select_for_update" and (not lock.model or lock.joins_others)
    ]

    fail_if(
        found,
        "Begin with Model.objects, or take a QuerySet[Model]; say of=('self',) where "
        "rows are joined, or they are locked too.",
    )


def test_the_page_on_locking_names_every_lock_and_its_strength():
    page = (ROOT / "docs" / "locking.md").read_text("utf-8")
    written = {
        (model, strength)
        for model, cell in re.findall(r"^\| `(\w+)` \| ([^|]*) \|", page, re.MULTILINE)
        for strength in re.findall(r"FOR (?:NO KEY )?UPDATE", cell)
    }
    taken = {(lock.model, lock.strength) for lock in locks_in_code.locks()}

    assert written == taken, "Bring the table of docs/locking.md up to date."


def test_verbs_that_lock_are_done_again_where_they_are_given_up():
    found = locks_in_code.bare_transactions()

    fail_if(found, "Decorate with lib.transactions.atomic_with_retry, once, outermost.")


def test_what_happens_on_commit_cannot_fail_the_verb():
    """Or a verb that has committed would be done again."""
    found = [
        _place(path, call)
        for path in sources.python_files()
        if name_of(path) != "lib/queueing.py"
        for call in _calls(path)
        if ast.unparse(call.func).rpartition(".")[2] == "on_commit"
    ]

    fail_if(found, "Use lib.queueing.queue_on_commit.")


# --- models and migrations ---------------------------------------------------------
def test_every_model_says_what_personal_data_it_holds():
    found = [
        model._meta.label
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if "Personal data:" not in (model.__doc__ or "")
    ]

    fail_if(
        found,
        "End the docstring with 'Personal data: none.', or what, why and "
        "how it is erased.",
    )


def test_migrations_import_nothing_of_ours_but_fields_and_operations():
    found = [
        f"{_place(path, node)} {module}"
        for path in sources.python_files()
        if path.parent.name == "migrations"
        for node in nodes_in(tree_of(path))
        for module in _imported(node)
        if module.split(".")[0] in ROOMS and module not in {"lib.fields", "lib.beside"}
    ]

    fail_if(found, "Use apps.get_model: a migration must outlive the code.")


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
    return []


def test_migrations_have_telling_names():
    found = [
        name_of(path)
        for path in sources.python_files()
        if path.parent.name == "migrations" and "_auto_" in path.stem
    ]

    fail_if(found, "Give the migration a telling name.")


def test_the_rooms_are_the_installed_apps():
    ours = {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}

    assert ours == set(ROOMS)


def test_properties_that_share_rows_take_back_each_example():
    shares = "HealthCheck." + "function_scoped_fixture"
    files = [
        path for path in sources.python_files("tests") if shares in path.read_text()
    ]

    assert files
    fail_if(
        [name_of(path) for path in files if "with undone():" not in path.read_text()],
        "Take each example back with tests.undone.",
    )

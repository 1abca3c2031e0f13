"""What a migration may not do while the release before it still serves."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from lib.beside import AddIndexBeside
from lib.migration_rules import find_migration_problems
from tests.every_case import every_case

INDEX = models.Index(fields=["name"], name="by_name")
CHECK = models.CheckConstraint(condition=models.Q(name="x"), name="is_x")


def rules(*operations, **said) -> list[str]:
    """Return which rules a migration of a room with one table breaks."""
    name = models.CharField(max_length=40, null=True)
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", name)]
    state = ProjectState()
    state.add_model(ModelState("room", "Row", fields))
    migration = migrations.Migration("0002_x", "room")
    migration.operations = list(operations)
    for key, value in said.items():
        setattr(migration, key, value)
    found = find_migration_problems(migration, state, version=(0, 2, 0))
    return [problem.rule for problem in found]


def added(field):
    return migrations.AddField("row", "more", field)


def altered(field):
    return migrations.AlterField("row", "name", field)


NOTHING = migrations.RunPython(migrations.RunPython.noop)


@every_case(
    ("operation", "broken"),
    [
        (added(models.IntegerField(default=1)), ["not_null"]),
        (added(models.IntegerField(null=True)), []),
        (added(models.IntegerField(default=1, db_default=1)), []),
        (added(models.IntegerField(null=True, db_index=True)), ["index"]),
        (added(models.ForeignKey("room.Row", models.CASCADE, null=True)), ["index"]),
        (
            added(
                models.ForeignKey("room.Row", models.CASCADE, null=True, db_index=False)
            ),
            [],
        ),
        (altered(models.CharField(max_length=40)), ["not_null"]),
        (altered(models.CharField(max_length=20, null=True)), ["type"]),
        (altered(models.IntegerField(null=True)), ["type"]),
        (altered(models.CharField(max_length=80, null=True)), []),
        (migrations.AddIndex("row", INDEX), ["index"]),
        (AddIndexBeside("row", INDEX), ["index"]),
        (migrations.AddConstraint("row", CHECK), ["constraint"]),
        (AddConstraintNotValid("row", CHECK), []),
        (migrations.RenameField("row", "name", "other"), ["rename"]),
        (migrations.RenameModel("Row", "Other"), ["rename"]),
        (migrations.AlterModelTable("row", "other"), ["rename"]),
        (migrations.RemoveField("row", "name"), ["drop"]),
        (migrations.DeleteModel("Row"), ["drop"]),
        (NOTHING, []),
    ],
)
def test_what_old_code_or_a_large_table_does_not_survive(operation, broken):
    assert rules(operation) == broken


def test_an_index_beside_the_writers_needs_no_transaction():
    assert rules(AddIndexBeside("row", INDEX), atomic=False) == []


def test_a_table_made_in_the_same_migration_is_empty():
    fields = [("id", models.BigAutoField(primary_key=True))]
    new = migrations.CreateModel("New", fields)

    assert rules(new, migrations.AddIndex("new", models.Index("id", name="i"))) == []


def test_what_no_release_reads_any_more_may_go():
    gone = migrations.RemoveField("row", "name")

    assert rules(gone, unused_since="0.2.0") == []
    assert rules(gone, unused_since="0.3.0") == ["drop"]


def test_data_and_tables_are_changed_apart():
    column = added(models.IntegerField(null=True))

    assert rules(column, NOTHING) == ["data_beside_schema"]
    assert rules(column, NOTHING, atomic=False) == []

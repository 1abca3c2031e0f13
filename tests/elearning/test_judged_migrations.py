"""Migrations that are not released yet disturb no site that runs."""

from elearning import judged_migrations as judged


def test_no_migration_disturbs_a_site_that_runs():
    found = [
        f"{app}.{name} [{problem.rule}] {problem.about} -> {problem.remedy}"
        for app, name, problems in judged.judged_migrations()
        for problem in problems
    ]

    assert found == []


def test_the_rules_find_what_came_before_them(monkeypatch):
    monkeypatch.setattr(judged, "JUDGED_FROM", dict.fromkeys(judged.JUDGED_FROM, 1))

    rules = {
        problem.rule
        for _app, _name, problems in judged.judged_migrations()
        for problem in problems
    }

    assert {"not_null", "index"} <= rules

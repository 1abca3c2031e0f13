"""Questions from files into a bank: planned, whole or not at all, once."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts.models import AuditRecord
from quizzes import actions
from quizzes.bank.composition import compositions_of
from quizzes.bank.stored import content_of
from quizzes.exceptions import ImportRefused, NoPaperLeft
from quizzes.exchange import actions as exchange_actions
from quizzes.exchange.banks import contents_of, export_bank, plan_import
from quizzes.exchange.formats import FORMATS, WRITABLE
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions.composition import Composition, Expected
from tests.queries import queries_in
from tests.quizzes.exchange.formats.comparing import said
from tests.quizzes.exchange.formats.test_moodle_xml import PNG, picture, read
from tests.quizzes.questions.examples import ALL


@pytest.fixture
def bank(world, now) -> QuestionBank:
    return actions.open_bank(
        key="bank", title="Bank", use="graded", course=None, unit=world.agency, now=now
    )


def gift(text: str):
    return FORMATS["gift"].read(text.encode())


@pytest.fixture
def take_in(bank, now):
    """Return a function that imports a reading into the bank."""

    def do(reading, **over):
        said = {"confirmed": plan_import(bank, reading).digest, "by": None, "now": now}
        return actions.import_questions(bank=bank, reading=reading, **{**said, **over})

    return do


def newest(bank, key: str):
    version = QuestionVersion.objects.filter(question__bank=bank, question__key=key)
    return content_of(version.order_by("-number").first())


def kinds(bank, reading) -> list[str]:
    return [item.kind for item in plan_import(bank, reading).items]


@pytest.mark.parametrize("format", ["yaml", "xlsx", "moodlexml", "gift"])
def test_every_type_is_stored_exported_and_unchanged(bank, take_in, format):
    rendering = FORMATS[format].render(ALL, lambda _path: None)

    take_in(FORMATS[format].read(rendering.data))

    stored = {content.key: said(content) for content in contents_of(bank)}
    assert stored == {question.key: said(question) for question in ALL}
    again = FORMATS[format].read(export_bank(bank, FORMATS[format]).data)
    assert set(kinds(bank, again)) == {"unchanged"}


def test_imported_questions_are_drafts_and_audited_once(bank, take_in):
    reading = gift("// [id:satu]\nA?{=a ~b}\n\n// [id:dua]\nB?{=a ~b}")

    take_in(reading)
    take_in(reading)

    assert {q.state for q in bank.questions.all()} == {Question.State.DRAFT}
    assert QuestionVersion.objects.filter(question__bank=bank).count() == 2
    records = AuditRecord.objects.filter(verb="quizzes.questions.imported")
    assert [record.detail["new"] for record in records] == [2]


def test_one_refused_question_keeps_all_out(bank, take_in):
    reading = gift("// [id:satu]\nA?{=a ~b}\n\nCeritakan.{}")

    with pytest.raises(ImportRefused) as refusal:
        take_in(reading)

    assert refusal.value.code == "has_refused"
    assert not bank.questions.exists()


def test_the_good_ones_alone(bank, take_in):
    plan = take_in(gift("// [id:satu]\nA?{=a ~b}\n\nCeritakan.{}"), only_good=True)

    assert plan.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert [q.key for q in bank.questions.all()] == ["satu"]


def test_a_failure_in_the_middle_stores_nothing(bank, take_in, monkeypatch):
    real = exchange_actions.write_question

    def fails(*, content, **rest):
        if content.key == "dua":
            raise RuntimeError
        return real(content=content, **rest)

    monkeypatch.setattr(exchange_actions, "write_question", fails)

    with pytest.raises(RuntimeError):
        take_in(gift("// [id:satu]\nA?{=a ~b}\n\n// [id:dua]\nB?{=a ~b}"))

    assert not bank.questions.exists()


def test_what_was_not_confirmed_is_refused(bank, take_in):
    with pytest.raises(ImportRefused) as refusal:
        take_in(gift("A?{=a ~b}"), confirmed="x")

    assert refusal.value.code == "changed_since"


def test_a_changed_question_keeps_what_the_file_does_not_say(bank, take_in, now):
    before = replace(ALL[0], tags=("otp",), pillar="aman")
    actions.write_question(bank=bank, content=before, by=None, now=now)
    text = f"// [id:{before.key}]\n[markdown]Siapa yang Anda telepon?{{"
    text += "\n~Baru\n~" + "\n=".join([before.options[1].text, before.options[0].text])

    plan = take_in(gift(text + "\n}"))

    after = newest(bank, before.key)
    assert plan.items[0].changes == ("pertanyaan", "pilihan", "pembahasan")
    assert (after.objective_key, after.level, after.pillar) == ("t1", "C3", "aman")
    assert list(after.tags) == ["otp"]
    # The same words keep their keys, new words get one that was never used.
    assert [option.key for option in after.options] == ["a", "kirim", "telepon"]


def test_another_type_under_the_same_key_is_refused(bank, take_in):
    take_in(gift("// [id:satu]\nA?{=a ~b}"))

    plan = plan_import(bank, gift("// [id:satu]\nA?{#5}"))

    assert plan.items[0].kind == "refused"
    assert "sudah dipakai soal jenis" in plan.items[0].reasons[0]


def test_a_retired_question_does_not_come_back(bank, take_in, now):
    take_in(gift("// [id:satu]\nA?{=a ~b}"))
    question = bank.questions.get()
    actions.retire_question(question_id=question.pk, by=None, now=now)

    plan = plan_import(bank, gift("// [id:satu]\nB?{=a ~b}"))

    assert "sudah ditarik" in plan.items[0].reasons[0]
    assert contents_of(bank) == []


def test_pictures_are_stored_and_served(bank, take_in, client):
    reading = read('<img src="@@PLUGINFILE@@/a.png" alt="Titik">', picture(PNG))
    (path,) = reading.images

    try:
        take_in(reading)

        html = QuestionVersion.objects.get(question__bank=bank).stem_html
        assert f'src="/{path}"' in html
        answer = client.get(f"/{path}")
        assert answer.content == PNG
        assert answer["Content-Type"] == "image/png"
        assert "sandbox" in answer["Content-Security-Policy"]
        exported = export_bank(bank, FORMATS["moodlexml"])
        assert FORMATS["moodlexml"].read(exported.data).images == reading.images
    finally:
        default_storage.delete(f"question-images/{path.rpartition('/')[2]}")


def test_a_picture_that_nobody_has_is_refused(bank):
    text = f"[markdown]![x](gambar/soal/{'0' * 64}.png) Apa?{{=a ~b}}"

    plan = plan_import(bank, gift(text))

    assert plan.items[0].kind == "refused"
    assert "tidak ada di situs ini" in plan.items[0].reasons[0]


def test_planning_asks_as_much_for_many_as_for_few(bank, take_in):
    def many(number):
        return gift("\n\n".join(f"// [id:s{n}]\nA?{{=a ~b}}" for n in range(number)))

    take_in(many(3))
    few = queries_in(lambda: plan_import(bank, many(3)))
    take_in(many(30))

    assert queries_in(lambda: plan_import(bank, many(30))) == few


@pytest.fixture
def run(tmp_path, bank):
    """Return a function that imports a file by the command."""

    def call(content: str, *options: str) -> str:
        path = tmp_path / "soal.txt"
        path.write_text(content, "utf-8")
        output = StringIO()
        call_command(
            *("import_questions", str(path), "--bank", bank.key, *options),
            stdout=output,
            stderr=output,
        )
        return output.getvalue()

    return call


def test_the_command_tries_without_storing(run, bank):
    printed = run("Apa?{=a ~b}", "--dry-run")

    assert "Baru: 1" in printed
    assert not bank.questions.exists()


def test_the_command_imports(run, bank):
    assert "Impor selesai." in run("Apa?{=a ~b}", "--format", "gift")
    assert bank.questions.count() == 1


def test_the_command_names_line_and_reason_and_stores_nothing(run, bank, capsys):
    with pytest.raises(CommandError, match="1 soal bermasalah"):
        run("Apa?{=a ~b}\n\nCeritakan.{}")

    assert not bank.questions.exists()
    assert "Ditolak: 1" in run("Apa?{=a ~b}\n\nCeritakan.{}", "--only-good")
    assert bank.questions.count() == 1


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("halo", (), "tidak dikenali"),
        ("<quiz", (), "XML rusak"),
        ("Apa?{=a ~b}", ("--bank", "lain"), "tidak ditemukan"),
    ],
)
def test_the_command_refuses_kindly(run, content, options, message):
    with pytest.raises(CommandError, match=message):
        run(content, *options)


def test_the_command_does_not_read_fifty_megabytes(run, tmp_path, bank):
    path = tmp_path / "besar.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(CommandError, match="lebih besar dari 10 MB"):
        call_command("import_questions", str(path), "--bank", bank.key)


@pytest.mark.parametrize("format", WRITABLE)
def test_the_command_exports_every_format(run, bank, tmp_path, format):
    run("// [id:satu]\nApa?{=a ~b}")
    path, output = tmp_path / "keluar", StringIO()

    call_command(
        *("export_questions", "--bank", bank.key, "--format", format),
        *("--output", str(path)),
        stdout=output,
        stderr=output,
    )

    assert f"ditulis ke {path}" in output.getvalue()
    if format == "qti21":
        assert path.read_bytes().startswith(b"PK")
    else:
        assert len(FORMATS[format].read(path.read_bytes()).items) == 1


def test_the_command_says_what_an_export_loses(run, bank, tmp_path):
    run("// [id:angka]\nBerapa?{#5}")
    output = StringIO()

    call_command(
        *("export_questions", "--bank", bank.key, "--format", "aiken"),
        *("--output", str(tmp_path / "keluar")),
        stdout=output,
        stderr=output,
    )

    assert "Tidak ikut: angka: Soal ini tidak ditulis" in output.getvalue()


# --- what counts when papers are composed -------------------------------------------
def loose(key: str, *lines: str) -> str:
    """Return a question of a YAML file with these lines more."""
    return (
        f"  - key: {key}\n    type: single_choice\n    stem: {key}?\n"
        + "".join(f"    {line}\n" for line in lines)
        + "    options:\n      - {key: a, text: Ya, correct: true}\n"
        "      - {key: b, text: Tidak}\n"
    )


def yaml_of(*questions: str):
    return FORMATS["yaml"].read(("questions:\n" + "".join(questions)).encode())


def test_enemies_and_expected_difficulty_come_with_the_file_and_stay(bank, take_in):
    take_in(yaml_of(loose("satu", "enemies: [dua]"), loose("dua")))
    take_in(
        yaml_of(
            loose("tiga", "enemies: [satu]", "expected: {untrained: 10, trained: 20}")
        )
    )
    take_in(gift("// [id:satu]\nLain?{=a ~b}"))

    assert compositions_of(bank) == {
        "satu": Composition(None, ("dua", "tiga")),
        "dua": Composition(None, ("satu",)),
        "tiga": Composition(Expected(10, 20), ("satu",)),
    }
    again = FORMATS["yaml"].read(export_bank(bank, FORMATS["yaml"]).data)
    assert set(kinds(bank, again)) == {"unchanged"}
    assert {c.key: c.composition for c in contents_of(bank)} == compositions_of(bank)


def test_enemies_alone_are_a_change_without_a_new_wording(bank, take_in):
    take_in(yaml_of(loose("satu"), loose("dua")))
    plan = take_in(yaml_of(loose("satu", "enemies: [dua]")))

    (item,) = plan.items
    assert (item.kind, len(item.changes)) == ("changed", 1)
    assert QuestionVersion.objects.filter(question__bank=bank).count() == 2
    assert compositions_of(bank)["dua"].enemies == ("satu",)


def test_an_enemy_that_is_nowhere_is_refused(bank, take_in):
    plan = plan_import(bank, yaml_of(loose("satu", "enemies: [hilang]")))

    (item,) = plan.items
    assert item.kind == "refused"
    assert "“hilang”" in item.reasons[0]


def test_a_withdrawn_enemy_is_not_exported(bank, take_in, now):
    take_in(yaml_of(loose("satu", "enemies: [dua]"), loose("dua")))
    actions.retire_question(
        question_id=bank.questions.get(key="dua").pk, by=None, now=now
    )

    assert [content.composition for content in contents_of(bank)] == [Composition()]


def test_enemies_that_empty_a_quiz_people_take_are_refused(course, now):
    """Twelve questions of which four are drawn, and all of them enemies."""
    bank = QuestionBank.objects.get(course=course, use="graded")
    keys = [question.key for question in bank.questions.all()]
    text = "".join(
        loose(key, f"enemies: [{', '.join(one for one in keys if one != key)}]")
        for key in keys
    )
    reading = yaml_of(text)

    with pytest.raises(NoPaperLeft, match="no_paper") as refusal:
        actions.import_questions(
            bank=bank,
            reading=reading,
            confirmed=plan_import(bank, reading).digest,
            by=None,
            now=now,
        )

    assert "paling banyak 1 dapat berdiri bersama" in refusal.value.message
    assert compositions_of(bank)[keys[0]].enemies == ()

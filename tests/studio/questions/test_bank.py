"""Finding questions, changing several at once, their twins, uses and history."""

from dataclasses import replace

import pytest

from accounts.models import AuditRecord
from lib.word_diff import pieces_between
from quizzes import actions as quizzes_actions
from quizzes.bank.stored import content_of
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions.content import OptionContent
from studio.questions.diff import changes_between
from studio.questions.history import history_of
from tests.factories import make_course, make_question
from tests.queries import assert_same_queries
from tests.quizzes.questions.examples import EXAMPLES

LIST = "/studio/kursus-kecil/soal/"
BULK = f"{LIST}sekaligus/"
EDIT = f"{LIST}kursus-kecil-posttest/post-1/"


@pytest.fixture
def bank(course) -> QuestionBank:
    return QuestionBank.objects.get(key="kursus-kecil-posttest")


@pytest.fixture
def write(bank, now):
    """Return a function that stores a question of the course."""

    def send(key: str, **over: object) -> QuestionVersion:
        content = make_question(key, **{"stem": f"Tentang {key}, apa?", **over})
        return quizzes_actions.write_question(
            bank=bank, content=content, by=None, now=now
        )

    return send


@pytest.fixture
def publish_all(course, now):
    return lambda: quizzes_actions.make_ready(course=course, by=None, now=now)


def pk_of(key: str) -> int:
    return Question.objects.get(key=key).pk


def keys_on(author, query: str) -> list[str]:
    rows = author.get(f"{LIST}?{query}").context["rows"].object_list
    return [row.key for row in rows]


def tags_of(key: str) -> list[str]:
    return QuestionVersion.objects.filter(question__key=key).latest("number").tags


# --- the list ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("cari=gerhana", ["pilihan"]),
        ("cari=purnama", ["tertanda"]),
        ("cari=tentang+tertanda", ["tertanda"]),
        ("jenis=matching", ["alat-dan-tugas"]),
        ("tanda=bulan+purnama", ["tertanda"]),
        ("tanda=b%C3%A9ta", ["aksen"]),
        ("tanda=bulan", ["alat-dan-tugas", "aksen", "pilihan", "tertanda"]),
        ("pilar=aman", ["pilihan"]),
    ],
)
def test_the_list_finds_by_words_of_options_tags_type_and_pillar(
    author, write, bank, now, query, keys
):
    write("aksen", tags=("béta",))
    write("pilihan", pillar="aman", options=options("Gerhana"))
    write("tertanda", tags=("bulan purnama", "loket"))
    quizzes_actions.write_question(
        bank=bank, content=EXAMPLES["matching"], by=None, now=now
    )
    found = keys_on(author, f"{query}&status=draft")
    assert sorted(found) == sorted(keys)


def options(first: str) -> list[OptionContent]:
    made = make_question("x").options
    return [replace(made[0], text=first), *made[1:]]


def test_a_pillar_that_is_the_courses_is_found(author, course):
    assert len(keys_on(author, "pilar=cakap")) == 6
    assert keys_on(author, "pilar=budaya") == []


def test_twins_are_flagged_on_the_list_and_in_the_editor(author, draft, write):
    stem = "Apa langkah pertama saat akun surel dinas Anda dibobol orang?"
    write("satu", stem=stem)
    write("dua", stem=stem.replace("orang", "seseorang").upper())
    write("tiga", stem="Berapa lama arsip rapat disimpan?")
    rows = author.get(LIST).context["rows"].object_list
    assert {row.key: row.twins for row in rows if row.twins} == {"satu": 1, "dua": 1}
    assert keys_on(author, "status=duplicate") == ["dua", "satu"]
    page = author.get(f"{LIST}kursus-kecil-posttest/satu/")
    assert [twin.key for twin in page.context["page"].twins] == ["dua"]
    assert "Ada soal yang hampir sama." in page.text
    assert not author.get(EDIT).context["page"].twins


def test_a_withdrawn_question_is_nobodys_twin(author, write, publish_all, now):
    for key in ("satu", "dua"):
        write(key, stem="Apa yang paling dahulu dilakukan petugas loket ini?")
    publish_all()
    assert keys_on(author, "status=duplicate") == ["dua", "satu"]
    quizzes_actions.retire_question(question_id=pk_of("dua"), by=None, now=now)
    assert keys_on(author, "status=duplicate") == []


def test_the_list_needs_as_many_queries_for_thirty_as_for_three(author, write):
    made = iter(range(1000))

    def grow(count: int) -> None:
        for _ in range(count):
            write(f"soal-{next(made)}", tags=("loket",))

    assert_same_queries(author, LIST, grow)


# --- several at once ---------------------------------------------------------------
def test_tagging_asks_first_then_writes_drafts_and_can_be_undone(author, draft):
    said = {"perintah": "tandai", "tanda": " Kata  Sandi ", "soal": [pk_of("post-1")]}
    page = author.post(BULK, said)
    assert "Beri tanda “kata sandi” pada 1 soal?" in page.text
    assert tags_of("post-1") == []
    done = author.post(BULK, {**said, "lanjut": "1"}, follow=True)
    assert "pilih lagi lalu Hapus tanda" in done.text
    assert tags_of("post-1") == ["kata sandi"]
    version = QuestionVersion.objects.filter(question__key="post-1").latest("number")
    assert (version.number, version.state) == (2, "draft")
    again = author.post(BULK, said)
    assert "Sudah punya tanda ini." in again.text
    author.post(BULK, {**said, "perintah": "hapus-tanda", "lanjut": "1"})
    assert tags_of("post-1") == []
    records = AuditRecord.objects.filter(verb="studio.questions.changed")
    assert [(row.detail["command"], row.detail["count"]) for row in records] == [
        ("tandai", 1),
        ("hapus-tanda", 1),
    ]


def test_objective_level_and_date_are_set_at_once_after_a_look(author, draft, write):
    for number in range(30):
        write(f"impor-{number:02}", tags=("impor",), level="", checked_on=None)
    said = {
        "perintah": "atur",
        "tujuan-baru": "t1",
        "tingkat-baru": "C3",
        "diperiksa": "2026-11-30",
        "semua": "1",
        "saringan": "tanda=impor&halaman=2",
    }
    page = author.post(BULK, said)
    assert "Atur 30 soal?" in page.text
    assert "Senin, 30 November 2026" in page.text
    chosen = [str(step.question.pk) for step in page.context["todo"]]
    confirmed = {**said, "soal": chosen, "lanjut": "1"}
    done = author.post(BULK, confirmed, follow=True)
    assert "30 soal diatur sebagai draf." in done.text
    newest = QuestionVersion.objects.filter(question__key="impor-07").latest("number")
    assert (newest.objective_key, newest.level) == ("t1", "C3")
    assert newest.checked_on.isoformat() == "2026-11-30"
    assert newest.tags == ["impor"]


def test_what_is_not_said_stays_and_nothing_to_set_is_told(author, draft):
    said = {"perintah": "atur", "tingkat-baru": "C4", "soal": [pk_of("post-1")]}
    author.post(BULK, {**said, "lanjut": "1"})
    newest = QuestionVersion.objects.filter(question__key="post-1").latest("number")
    assert (newest.objective_key, newest.level) == ("t1", "C4")
    again = author.post(BULK, said)
    assert "Sudah begitu." in again.text
    nothing = {"perintah": "atur", "soal": [pk_of("post-1")]}
    told = author.post(BULK, nothing, follow=True)
    assert "Pilih tujuan, tingkat, atau tanggalnya" in told.text


def test_without_a_draft_nothing_is_tagged(author, course):
    said = {"perintah": "tandai", "tanda": "loket", "soal": [pk_of("post-1")]}
    assert "Buka draf kursus ini lebih dulu." in author.post(BULK, said).text
    author.post(BULK, {**said, "lanjut": "1"})
    assert tags_of("post-1") == []


def test_questions_are_withdrawn_as_far_as_the_quiz_allows_and_come_back(
    author, course
):
    keys = ["post-1", "post-2", "post-3", "pre-1"]
    said = {"perintah": "tarik", "soal": [pk_of(key) for key in keys]}
    page = author.post(BULK, said)
    assert [step.question.key for step in page.context["todo"]] == ["post-1"]
    assert "perlu 2 soal t1 (C1, C2)" in page.text
    assert "selalu muncul di kuis" in page.text
    done = author.post(BULK, {**said, "lanjut": "1"}, follow=True)
    assert "1 soal ditarik." in done.text
    assert "3 soal tetap seperti semula" in done.text
    assert keys_on(author, "status=retired") == ["post-1"]
    back = {"perintah": "kembalikan", "soal": [pk_of("post-1")], "lanjut": "1"}
    assert "dapat muncul lagi" in author.post(BULK, back, follow=True).text
    assert Question.objects.get(key="post-1").state == "ready"


def test_a_withdrawn_question_offers_its_return(author, course, now):
    quizzes_actions.retire_question(question_id=pk_of("post-1"), by=None, now=now)
    page = author.get(EDIT)
    assert "Kembalikan soal ini…" in page.text
    assert "Simpan soal" not in page.text


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"soal": []}, "Belum ada soal yang dipilih."),
        ({"soal": ["999999"]}, "999999"),
        ({"soal": ["x"]}, "x"),
        ({"perintah": ""}, "Pilih dulu apa yang akan dilakukan."),
        ({"perintah": "hapus"}, "hapus"),
        ({"tanda": ""}, "Tulis satu tanda"),
        ({"tanda": "a, b"}, "Tulis satu tanda"),
        ({"tanda": "a" * 41}, "terlalu panjang"),
    ],
)
def test_bad_commands_are_told_and_change_nothing(author, draft, over, message):
    said = {"perintah": "tandai", "tanda": "loket", "soal": [pk_of("post-1")]}
    response = author.post(BULK, {**said, **over, "lanjut": "1"}, follow=True)
    assert message in response.text
    assert tags_of("post-1") == []


def test_a_refused_command_keeps_what_was_ticked_typed_and_filtered(author, draft):
    pk = pk_of("post-1")
    said = {"perintah": "tandai", "tanda": "a, b", "soal": [pk]}
    said["saringan"] = "status=published\r\nX-A: b"

    page = author.post(BULK, said, follow=True)

    assert f'name="soal" value="{pk}" checked' in page.text
    assert page.text.count(" checked") == 1
    assert 'name="tanda" value="a, b"' in page.text
    assert page.request["QUERY_STRING"].startswith("status=published%0D%0AX-A")


def test_questions_of_another_course_are_not_touched(author, course, world, now):
    other = make_other_course(world, now)
    said = {"perintah": "tarik", "soal": [other.pk], "lanjut": "1"}
    author.post(BULK, said)
    other.refresh_from_db()
    assert other.state == "ready"


def make_other_course(world, now) -> Question:
    make_course(unit=world.agency, now=now, key="lain", pool=12)
    return Question.objects.get(key="lain-posttest-1")


# --- where it is used --------------------------------------------------------------
@pytest.mark.parametrize(
    ("bank_key", "key", "words"),
    [
        ("posttest", "post-1", ["Post-test, dapat terambil acak"]),
        ("pretest", "pre-1", ["Pre-test, selalu muncul"]),
        ("practice", "cek-1", ["Pelajaran 1.1, Pelajaran satu"]),
    ],
)
def test_the_editor_says_where_a_question_is_used(author, course, bank_key, key, words):
    page = author.get(f"{LIST}kursus-kecil-{bank_key}/{key}/")
    found = [use.words for use in page.context["page"].uses]
    assert found[: len(words)] == words


# --- history -----------------------------------------------------------------------
def test_the_history_shows_what_changed_word_by_word(author, write, publish_all):
    write("soal", stem="Apa langkah pertama Anda?")
    publish_all()
    write("soal", stem="Apa langkah kedua Anda?", level="C3", tags=("loket",))
    newest, first = history_of(Question.objects.get(key="soal"))
    assert (newest.number, newest.is_draft, first.is_draft) == (2, True, False)
    changed = {change.part: change.pieces for change in newest.changes}
    assert list(changed) == ["Pertanyaan", "Tingkat", "Tanda"]
    assert [(piece.kind, piece.text) for piece in changed["Pertanyaan"]] == [
        ("same", "Apa langkah "),
        ("removed", "pertama"),
        ("added", "kedua"),
        ("same", " Anda?"),
    ]
    page = author.get(f"{LIST}kursus-kecil-posttest/soal/riwayat/")
    assert "<del>" in page.text
    assert "Versi 2" in page.text


def test_a_comparison_names_rows_by_their_keys():
    before = EXAMPLES["dialogue"]
    scenes = [
        {**before.settings["scenes"][0], "text": "“Lama sekali.”"},
        *before.settings["scenes"][1:],
    ]
    after = replace(before, settings={"scenes": scenes}, options=before.options[:-1])
    parts = [change.part for change in changes_between(before, after)]
    assert parts[0] == "Adegan “awal”"
    assert set(parts[1:]) == {
        f"Baris “{before.options[-1].key}”{what}"
        for what in ("", ", urutan", ", nilai", ", alasan", ", kelompok")
    }


def test_pieces_hold_both_texts():
    pieces = pieces_between("satu dua  tiga", "satu empat tiga lima")
    old = "".join(piece.text for piece in pieces if piece.kind != "added")
    new = "".join(piece.text for piece in pieces if piece.kind != "removed")
    assert (old, new) == ("satu dua  tiga", "satu empat tiga lima")


def test_the_history_needs_as_many_queries_for_thirty_as_for_three(
    author, write, publish_all
):
    def grow(count: int) -> None:
        for _ in range(count):
            number = QuestionVersion.objects.filter(question__key="soal").count()
            write("soal", stem=f"Bunyi nomor {number}?")
            publish_all()

    grow(1)
    assert_same_queries(author, f"{LIST}kursus-kecil-posttest/soal/riwayat/", grow)


def test_what_is_stored_reads_back_as_it_was_written(bank, now):
    for content in EXAMPLES.values():
        version = quizzes_actions.write_question(
            bank=bank, content=content, by=None, now=now
        )
        found = QuestionVersion.objects.prefetch_related("options").get(pk=version.pk)
        assert (
            content_of(found).digest()
            == replace(content, options=tuple(content.options)).digest()
        )


def test_others_may_look_but_not_change(client_as, course):
    said = {"perintah": "tarik", "soal": [pk_of("post-1")], "lanjut": "1"}
    assert client_as("reviewer").post(BULK, said).status_code == 403
    page = client_as("reviewer").get(LIST)
    assert page.status_code == 200
    assert "Ubah soal yang dipilih" not in page.text
    assert client_as("reviewer").get(f"{EDIT}riwayat/").status_code == 200
    assert client_as("learner").get(f"{EDIT}riwayat/").status_code == 403

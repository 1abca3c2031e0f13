"""Two authors on one lesson: who, when, what differs, and three ways on."""

from datetime import timedelta

import time_machine

URL = "/studio/kursus-kecil/pelajaran/satu/"


def test_a_conflict_names_the_colleague_the_time_and_every_word(
    author, client_as, draft, lesson_data, now
):
    mine = lesson_data(text="Satu surat, satu nomor.")
    with time_machine.travel(now, tick=False):
        client_as("admin").post(URL, lesson_data(text="Satu surat, dua nomor."))
        response = author.post(URL, mine)
    assert response.status_code == 409
    assert "sudah diubah Admin Contoh pada" in response.text
    [change] = response.context["differences"]
    said = [(piece.kind, piece.text) for piece in change.pieces]
    assert said == [
        ("same", "Satu surat, "),
        ("removed", "dua"),
        ("added", "satu"),
        ("same", " nomor."),
    ]
    for choice in ("Simpan naskah saya", "Pakai yang tersimpan", "Gabungkan sendiri"):
        assert choice in response.text


def test_a_conflict_of_another_day_names_the_day(
    author, client_as, draft, lesson_data, now
):
    mine = lesson_data(text="Tulisan saya.")
    with time_machine.travel(now, tick=False):
        client_as("admin").post(URL, lesson_data(text="Tulisan rekan."))
    with time_machine.travel(now + timedelta(days=1), tick=False):
        response = author.post(URL, mine)
    assert " 2026 " in response.context["refusal"].message

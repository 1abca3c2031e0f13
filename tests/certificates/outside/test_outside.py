"""Certificates from elsewhere: handed in once, decided once, JP taken back."""

import io
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts import actions as accounts_actions
from certificates import jobs
from certificates.exceptions import OutsideNotAccepted
from certificates.models import OutsideCertificate, OutsideDecision, OutsideNotice
from certificates.outside import actions, papers, telling
from certificates.outside.actions import OutsideContent
from certificates.outside.papers import Paper, keep_paper
from courses.jp import earned_jp
from courses.jp_years import jp_year
from courses.models import JpEntry
from tests.queries import assert_same_queries

YEAR = jp_year(date(2026, 11, 21), agreement_since=None)
LIST = reverse("certificates:outside_list")
ADD = reverse("certificates:outside_add")
QUEUE = reverse("certificates:outside_queue")


@pytest.fixture
def hr(world):
    """HR of the office."""
    return world.people["hr"]


@pytest.fixture
def client(client_as):
    """HR, signed in."""
    return client_as("hr")


def picture(colour="red", kind="PNG", size=(40, 30)) -> bytes:
    """Return a picture, with a place where it was taken."""
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA"
    Image.new("RGB", size, colour).save(made, kind, exif=exif)
    return made.getvalue()


def paper(number: int = 1) -> Paper:
    """Return what stands for a kept paper."""
    return Paper(f"{number:064x}", "pdf", 5)


def hand_in(person, now, **over):
    """Hand in a certificate."""
    said = {
        "title": "Bimtek Arsip",
        "organiser": "ANRI",
        "number": "12/A",
        "started_on": date(2026, 3, 2),
        "ended_on": date(2026, 3, 4),
        "claimed_jp": 12,
    }
    kept = over.pop("paper", paper())
    token = over.pop("token", None) or uuid4()
    return actions.hand_in(
        person=person,
        content=OutsideContent(**{**said, **over}),
        paper=kept,
        token=token,
        now=now,
    )


def accept(row, by, now, jp=10, seen=None):
    """Recognise it."""
    seen = row.round if seen is None else seen
    return actions.accept_outside(
        outside_id=row.pk, jp=jp, round_seen=seen, by=by, now=now
    )


def refuse(row, by, now, reason="Tidak terbaca", seen=None):
    """Refuse it."""
    seen = row.round if seen is None else seen
    return actions.refuse_outside(
        outside_id=row.pk, reason=reason, round_seen=seen, by=by, now=now
    )


def reopen(row, by, now, reason="Salah hitung", seen=None):
    """Look at it again."""
    seen = row.round if seen is None else seen
    return actions.reopen_outside(
        outside_id=row.pk, reason=reason, round_seen=seen, by=by, now=now
    )


def text(response) -> str:
    """Return the page without its line breaks."""
    return " ".join(response.content.decode().split())


# --- handing in ----------------------------------------------------------------------
def test_one_form_hands_in_once(learner, now):
    token = uuid4()

    assert hand_in(learner, now, token=token) == hand_in(learner, now, token=token)
    assert OutsideCertificate.objects.count() == 1


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"ended_on": date(2026, 3, 1)}, "dates_reversed"),
        ({"ended_on": date(2026, 11, 22)}, "not_over"),
        ({"started_on": date(1999, 12, 31)}, "too_old"),
        ({"claimed_jp": 0}, "jp_out_of_bounds"),
        ({"claimed_jp": 501}, "jp_out_of_bounds"),
    ],
)
def test_what_cannot_be_is_refused(learner, now, over, code):
    with pytest.raises(OutsideNotAccepted) as refused:
        hand_in(learner, now, **over)

    assert refused.value.code == code


def test_a_paper_counts_once_until_it_is_refused(learner, hr, now):
    first = hand_in(learner, now)
    with pytest.raises(OutsideNotAccepted) as known:
        hand_in(learner, now)
    refuse(first, hr, now)
    second = hand_in(learner, now)
    first.refresh_from_db()
    with pytest.raises(OutsideNotAccepted) as again:
        reopen(first, hr, now)

    assert known.value.code == "known_paper"
    assert again.value.code == "handed_in_again"
    assert second.state == "waiting"


def test_not_more_wait_than_somebody_can_look_at(learner, now, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    hand_in(learner, now)

    with pytest.raises(OutsideNotAccepted) as refused:
        hand_in(learner, now, paper=paper(2))

    assert refused.value.code == "too_many"


# --- deciding ------------------------------------------------------------------------
def test_what_is_recognised_enters_the_log_once(learner, hr, now):
    row = hand_in(learner, now)

    assert accept(row, hr, now)
    assert not accept(row, hr, now, seen=0)

    entry = JpEntry.objects.get(person=learner)
    assert (entry.jp, entry.year, entry.title) == (10, 2026, "Bimtek Arsip")
    assert entry.earned_on == date(2026, 3, 4)
    assert entry.cause == f"outside:{row.pk}:1"


def test_what_is_taken_back_is_a_further_entry(learner, hr, now):
    row = hand_in(learner, now, ended_on=date(2026, 3, 4))
    accept(row, hr, now)
    row.refresh_from_db()
    assert reopen(row, hr, now)
    assert not reopen(row, hr, now)
    assert earned_jp(learner, YEAR) == 0
    row.refresh_from_db()
    accept(row, hr, now, jp=4)

    assert earned_jp(learner, YEAR) == 4
    entries = JpEntry.objects.filter(person=learner).order_by("pk")
    assert [one.jp for one in entries] == [10, -10, 4]
    verdicts = OutsideDecision.objects.order_by("round")
    assert [one.verdict for one in verdicts] == ["accepted", "reopened", "accepted"]


def test_of_two_decisions_one_counts(learner, hr, world, now):
    row = hand_in(learner, now)
    other = world.people["admin"]
    refuse(row, other, now)

    with pytest.raises(OutsideNotAccepted) as meanwhile:
        accept(row, hr, now, seen=0)

    assert meanwhile.value.code == "decided_meanwhile"
    assert not JpEntry.objects.filter(person=learner).exists()


def test_nobody_decides_about_her_own_nor_without_a_reason(learner, hr, now):
    own = hand_in(hr, now, paper=paper(2))
    row = hand_in(learner, now)

    with pytest.raises(OutsideNotAccepted) as mine:
        accept(own, hr, now)
    with pytest.raises(OutsideNotAccepted) as groundless:
        refuse(row, hr, now, reason="  ")

    assert (mine.value.code, groundless.value.code) == ("own", "no_reason")


def test_what_is_decided_is_not_withdrawn(learner, hr, now):
    kept, taken = hand_in(learner, now), hand_in(learner, now, paper=paper(2))
    accept(kept, hr, now)

    def withdraw(row):
        return actions.withdraw_outside(outside_id=row.pk, by=learner, now=now)

    assert withdraw(taken)
    assert not withdraw(taken)
    with pytest.raises(OutsideNotAccepted):
        withdraw(kept)


# --- telling -------------------------------------------------------------------------
def test_she_is_told_once_also_by_the_sweep(
    learner, hr, now, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    learner.email = "sari@contoh.example"
    learner.save(update_fields=["email"])
    row = hand_in(learner, now)
    with django_capture_on_commit_callbacks() as queued:
        refuse(row, hr, now)
    assert len(queued) == 1
    asked = []
    monkeypatch.setattr(
        type(jobs.TELL_OUTSIDE_DECISION),
        "send",
        lambda job, expires, **said: asked.append(said["decision_id"]),
    )

    assert telling.ask_for_untold() == 1
    assert telling.tell_decision(decision_id=asked[0], now=now)
    assert not telling.tell_decision(decision_id=asked[0], now=now)

    assert telling.ask_for_untold() == 0
    (mail,) = mailoutbox
    assert "Tidak terbaca" in mail.body
    assert mail.to == ["sari@contoh.example"]


def test_whoever_has_no_address_is_not_asked_for_for_ever(learner, hr, now, mailoutbox):
    row = hand_in(learner, now)
    accept(row, hr, now)
    decision = OutsideDecision.objects.get()

    assert not telling.tell_decision(decision_id=decision.pk, now=now)

    assert not OutsideNotice.objects.get().is_mailed
    assert mailoutbox == []


# --- papers --------------------------------------------------------------------------
def test_a_photograph_loses_what_the_camera_wrote(db):
    kept = keep_paper(picture(kind="JPEG"))

    with default_storage.open(f"outside-certificates/{kept.sha256}.jpg") as file:
        stored = file.read()
    assert b"RAHASIA" not in stored
    assert kept.byte_size == len(stored)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7 x"],
)
def test_what_is_no_paper_is_refused(db, data):
    with pytest.raises(OutsideNotAccepted):
        keep_paper(data)


def test_a_paper_that_nobody_names_goes_after_a_day(learner, now):
    kept = keep_paper(picture())
    stored = f"outside-certificates/{kept.sha256}.png"
    row = hand_in(learner, now, paper=kept)
    later = now + timedelta(days=400)
    papers.delete_unnamed(now=later)
    assert default_storage.exists(stored)

    accounts_actions.anonymise_person(
        person=learner, by=learner, now=now, reason="Permintaan"
    )

    # Younger than a day: its form may still be on the way.
    papers.delete_unnamed(now=now - timedelta(days=400))
    assert default_storage.exists(stored)
    assert papers.delete_unnamed(now=later) >= 1
    assert not default_storage.exists(stored)
    row.refresh_from_db()
    assert (row.number, row.sha256) == ("", "")


# --- pages ---------------------------------------------------------------------------
def form(**over):
    """Return what the form says."""
    said = {
        "token": str(uuid4()),
        "nama": "Bimtek Arsip",
        "penyelenggara": "ANRI",
        "mulai": "2026-03-02",
        "selesai": "2026-03-04",
        "jp": "12",
        "berkas": SimpleUploadedFile("foto.exe", picture()),
    }
    return {**said, **over}


def test_it_is_handed_in_seen_and_withdrawn(client_as, learner):
    mine = client_as("learner")

    answer = mine.post(ADD, form(), follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert "Menunggu diperiksa" in text(answer)
    row = OutsideCertificate.objects.get()
    seen = mine.get(reverse("certificates:outside_file", args=[row.key]))
    assert seen["Content-Type"] == "image/png"
    assert "sandbox" in seen["Content-Security-Policy"]
    mine.post(reverse("certificates:outside_withdraw", args=[row.key]))
    assert "Dibatalkan" in text(mine.get(LIST))


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"berkas": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}, "PDF ini tidak utuh"),
        ({"berkas": SimpleUploadedFile("a.pdf", b"")}, "kosong"),
        ({"selesai": "2026-12-24"}, "belum selesai"),
        ({"jp": "0"}, "jp"),
        ({"nama": "漢字"}, "tidak dikenal"),
    ],
)
def test_what_is_wrong_is_told_on_the_form(client_as, learner, over, told):
    page = text(client_as("learner").post(ADD, form(**over)))

    assert told in page
    assert "is-invalid" in page or "alert" in page
    assert not OutsideCertificate.objects.exists()


def review(row: OutsideCertificate) -> str:
    """Return the address of the decision."""
    return reverse("certificates:outside_review", args=[row.key])


def test_hr_decides_from_her_queue(client, learner, now):
    row = hand_in(learner, now)
    assert review(row) in text(client.get(QUEUE))

    said = {"putaran": "0", "jp": "9", "keputusan": "akui"}
    for _twice in range(2):
        client.post(review(row), said)

    assert earned_jp(learner, YEAR) == 9
    assert review(row) not in text(client.get(QUEUE))
    assert "9 JP diakui" in text(client.get(f"{QUEUE}?status=diakui"))
    client.post(
        review(row), {"putaran": "1", "keputusan": "buka", "alasan": "Salah hitung"}
    )
    page = text(client.get(review(row)))
    assert "Salah hitung" in page
    assert earned_jp(learner, YEAR) == 0
    empty = text(client.post(review(row), {"putaran": "2", "keputusan": "tolak"}))
    assert "Alasan masih kosong" in empty


def test_the_same_paper_of_another_person_is_told(client, learner, hr, now):
    hand_in(hr, now)
    row = hand_in(learner, now)

    page = text(client.get(review(row)))

    assert "Berkas yang persis sama ada pada 1 pengajuan lain" in page


def test_others_papers_are_nobodys_business(client, client_as, world, now):
    row = hand_in(world.outsider, now)
    paper_url = reverse("certificates:outside_file", args=[row.key])

    assert client.get(review(row)).status_code == 404
    for role in ("hr", "learner", "author"):
        assert client_as(role).get(paper_url).status_code == 404


@pytest.mark.parametrize("address", [QUEUE, LIST])
def test_lists_ask_as_much_for_many(client_as, learner, hr, now, address, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 400)
    made = iter(range(1, 400))

    def grow(count):
        for number in [next(made) for _ in range(count)]:
            row = hand_in(learner, now, paper=paper(number), token=UUID(int=number))
            refuse(row, hr, now)
            hand_in(learner, now, paper=paper(number))

    assert_same_queries(
        client_as("hr" if address == QUEUE else "learner"), address, grow
    )

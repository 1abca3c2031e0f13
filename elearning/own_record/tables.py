"""Which rows of which tables are about a person, and what of them she is handed.

Marks of single answers are left out: they would tell the key before it may be seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from accounts.models import User


@dataclass(frozen=True)
class CopiedTable:
    """Rows whose `owner` leads to the person, and their columns."""

    name: str
    model: str
    owner: str
    columns: tuple[str, ...]

    def rows(self, user: User) -> Iterator[dict[str, Any]]:
        """Yield her rows, the oldest first."""
        model = apps.get_model(self.model)
        hers = model._default_manager.filter(**{self.owner: user.pk}).order_by("pk")
        yield from hers.values(*self.columns)


def _table(name: str, model: str, owner: str, columns: str) -> CopiedTable:
    return CopiedTable(name, model, owner, tuple(columns.split()))


_PLACE = "enrollment__course__key enrollment__cycle"
_ATTEMPT = "attempt__quiz_key attempt__number"
TABLES = (
    _table(
        "orang",
        "accounts.User",
        "pk",
        "identity_kind nip email name title_prefix title_suffix salutation gender "
        "employment_status golongan jabatan_kind jabatan jenjang eselon agency_name "
        "jabatan_starts_on status_starts_on time_zone unit__name is_active created_at "
        "restricted_at",
    ),
    _table(
        "nomor_pegawai",
        "accounts.PersonIdentifier",
        "person",
        "kind value starts_on",
    ),
    _table(
        "perubahan_data",
        "accounts.PersonDetail",
        "person",
        "field value starts_on recorded_at is_assumed",
    ),
    _table(
        "unit_kerja",
        "accounts.UnitMembership",
        "person",
        "unit__name starts_on recorded_at",
    ),
    _table(
        "peran",
        "accounts.RoleAssignment",
        "person",
        "unit__name role starts_at ends_at reason",
    ),
    _table(
        "pemberitahuan",
        "accounts.Notice",
        "person",
        "kind text url told_at read_at",
    ),
    _table("pemberitahuan_tidak_dipilih", "accounts.SilencedKind", "person", "kind"),
    _table("surel_harian", "accounts.DailyMail", "person", "day sent_at"),
    _table("surel", "account.EmailAddress", "user", "email verified primary"),
    _table(
        "langkah_kedua", "mfa.Authenticator", "user", "type created_at last_used_at"
    ),
    _table(
        "sesi", "accounts.KnownSession", "person", "browser is_by_agency signed_in_at"
    ),
    _table("catatan_keamanan", "accounts.AuditRecord", "actor_id", "at verb"),
    _table(
        "kursus",
        "courses.Enrollment",
        "person",
        "course__key version__number cycle state started_at last_seen_at progress "
        "completed_at final_percent",
    ),
    _table(
        "pelajaran_selesai",
        "courses.LessonCompletion",
        "enrollment__person",
        f"{_PLACE} lesson_key completed_at",
    ),
    _table(
        "tempat_baca",
        "courses.ReadingPlace",
        "enrollment__person",
        f"{_PLACE} lesson_key part_key moved_at",
    ),
    _table(
        "bagian_baru_dibaca",
        "courses.NewPartReading",
        "enrollment__person",
        f"{_PLACE} part__lesson_key part__part_key read_at",
    ),
    _table(
        "nilai",
        "courses.GradeEntry",
        "enrollment__person",
        f"{_PLACE} item_key percent recorded_at",
    ),
    _table(
        "nilai_kursus",
        "courses.CourseGrade",
        "enrollment__person",
        f"{_PLACE} percent recorded_at",
    ),
    _table(
        "jp",
        "courses.JpEntry",
        "person",
        f"{_PLACE} version__title title jp earned_on year recorded_at",
    ),
    _table(
        "sertifikat_luar",
        "certificates.OutsideCertificate",
        "person",
        "title organiser number started_on ended_on claimed_jp handed_in_at state",
    ),
    _table(
        "putusan_sertifikat_luar",
        "certificates.OutsideDecision",
        "outside__person",
        "outside__title round verdict jp reason decided_at",
    ),
    _table(
        "penugasan_bernama",
        "courses.OrderPerson",
        "person",
        "order__course__key order__created_at order__cancelled_at",
    ),
    _table(
        "tenggat_diperpanjang",
        "courses.DeadlineExtension",
        "person",
        "order__course__key due_on reason given_at",
    ),
    _table(
        "pengingat",
        "courses.Reminder",
        "person",
        "order__course__key due_on step day",
    ),
    _table(
        "surel_pengingat", "courses.ReminderMail", "person", "day state tries ended_at"
    ),
    _table(
        "percobaan",
        "quizzes.Attempt",
        "person",
        "quiz_key number state started_at deadline_at extra_seconds submitted_at "
        "was_overdue max_points percent pass_mark is_counted",
    ),
    _table(
        "soal_percobaan",
        "quizzes.AttemptItem",
        "attempt__person",
        f"{_ATTEMPT} position question_version__question__key",
    ),
    _table(
        "kunjungan_percobaan",
        "quizzes.AttemptVisit",
        "attempt__person",
        f"{_ATTEMPT} device seen_at",
    ),
    _table(
        "jawaban",
        "quizzes.ResponseSave",
        "attempt__person",
        f"{_ATTEMPT} item__position device sequence value flagged offset_ms "
        "received_at is_late counts",
    ),
    _table(
        "kelonggaran",
        "quizzes.Accommodation",
        "person",
        "course__key quiz_key extra_seconds extra_percent extra_attempts reason "
        "granted_at",
    ),
    _table(
        "latihan",
        "quizzes.PracticeResponse",
        "person",
        "question__key value fraction answered_at",
    ),
    _table(
        "kartu_ulangan",
        "quizzes.ReviewCard",
        "person",
        "question__key due_at stability difficulty answered_at answers",
    ),
    _table("soal_diulang", "quizzes.ReviewMiss", "person", "question__key noted_at"),
    _table(
        "tanya_kembali",
        "quizzes.FollowUp",
        "person",
        f"{_PLACE} day due_at closes_at answered_at percent",
    ),
    _table(
        "pilihan_ulangan",
        "quizzes.ReviewPreference",
        "person",
        "is_off rests_until changed_at",
    ),
    _table("nilai_diperbaiki", "quizzes.RepairNotice", "person", "told_at read_at"),
    _table(
        "sertifikat",
        "certificates.Certificate",
        "person",
        "number code issued_at data reason",
    ),
    _table(
        "surel_sertifikat",
        "certificates.CertificateMail",
        "certificate__person",
        "certificate__number sent_at",
    ),
    _table(
        "sertifikat_dicabut",
        "certificates.Revocation",
        "certificate__person",
        "certificate__number reason revoked_at",
    ),
    _table(
        "perbaikan_sertifikat",
        "certificates.Correction",
        "certificate__person",
        "certificate__number kind reason asked_at decision decided_at",
    ),
    _table(
        "unduhan_laporan",
        "reports.ExportJob",
        "asked_by",
        "report format asked_at finished_at",
    ),
    _table(
        "tampilan_laporan",
        "reports.SavedView",
        "owner",
        "report name shared_on__name every created_at deleted_at",
    ),
    _table(
        "langganan_tampilan",
        "reports.ViewSubscriber",
        "person",
        "view__name since",
    ),
    _table(
        "surel_berkas",
        "reports.FileMail",
        "export__asked_by",
        "export__report made_at state ended_at",
    ),
    _table(
        "dilaporkan_ke_siasn",
        "reports.SiasnItem",
        "enrollment__person",
        f"{_PLACE} certificate__number attempt batch__made_at",
    ),
    _table(
        "jawaban_siasn",
        "reports.SiasnAnswer",
        "item__enrollment__person",
        "item__certificate__number rw_kursus_id reason answered_at",
    ),
    _table("surel_penyusun", "courses.AuthorMail", "person", "key sent_at"),
    _table(
        "impor_pegawai",
        "accounts.PeopleDraft",
        "owner",
        "filename stored_at state row_count figures",
    ),
    _table(
        "naskah_diketik",
        "courses.LessonWriting",
        "author",
        "course__key lesson_key title summary text written_at closed_at",
    ),
    _table(
        "catatan",
        "courses.PartNote",
        "person",
        "course__key lesson_key part_key text is_bookmarked changed_at",
    ),
    # That she answered, not what: nothing leads from one to the other.
    _table(
        "evaluasi_diisi",
        "courses.EvaluationGiven",
        "enrollment__person",
        _PLACE,
    ),
    _table(
        "pertanyaan",
        "courses.Inquiry",
        "person",
        "kind course__key lesson_key part_key bank_key question_key text asked_at "
        "state answer is_public public_text changed_at",
    ),
    _table(
        "rencana_tindak",
        "courses.ActionPlan",
        "enrollment__person",
        f"{_PLACE} text outcome written_at changed_at asked_at",
    ),
    _table(
        "permintaan_data",
        "accounts.DataRequest",
        "person",
        "kind words asked_at due_at state answer decided_at",
    ),
    _table(
        "penghapusan_terjadwal",
        "accounts.PlannedErasure",
        "person",
        "cause planned_at erase_at",
    ),
    _table("alamat_kalender", "courses.CalendarFeed", "person", "made_at"),
    _table(
        "tenggat_di_kalender",
        "courses.CalendarEntry",
        "person",
        "course__key due_on sequence is_cancelled changed_at",
    ),
    _table("kolom_diingat", "quizzes.ColumnChoice", "person", "headings chosen_at"),
)

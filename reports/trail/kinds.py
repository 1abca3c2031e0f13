"""Every kind of event on the trail, by its verb: its group, and what it is called.

A verb that is written somewhere and is not here fails a test, and so does one that is
here and written nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventGroup:
    """Kinds of events that are looked for together."""

    slug: str
    title: str | Promise
    kinds: Mapping[str, str | Promise]


GROUPS = (
    EventGroup(
        "masuk",
        _("Masuk dan keluar"),
        {
            "accounts.sign_in.succeeded": _("Masuk"),
            "accounts.sign_in.failed": _("Gagal masuk"),
            "accounts.sign_in.delayed": _("Harus menunggu setelah gagal masuk"),
            "accounts.sign_in.ended": _("Keluar"),
            "accounts.sessions.ended": _("Mengeluarkan perangkat lain"),
            "accounts.sso.linked": _("Menautkan akun instansi"),
            "accounts.sso.unlinked": _("Melepas tautan akun instansi"),
            "accounts.sso.sessions_ended": _("Keluar karena keluar dari akun instansi"),
            "accounts.sso.refused": _("Ditolak masuk lewat akun instansi"),
        },
    ),
    EventGroup(
        "sandi",
        _("Kata sandi dan langkah kedua"),
        {
            "accounts.password.reset_asked": _("Meminta tautan kata sandi"),
            "accounts.password.reset": _("Membuat kata sandi lewat tautan"),
            "accounts.password.changed": _("Mengubah kata sandi"),
            "accounts.password.set": _("Membuat kata sandi"),
            "accounts.person.password_set": _("Memberi kata sandi"),
            "accounts.second_factor.activated": _("Mengaktifkan langkah kedua"),
            "accounts.second_factor.deactivated": _("Mematikan langkah kedua"),
            "accounts.passkey.added": _("Menambahkan kunci sandi"),
            "accounts.passkey.renamed": _("Mengganti nama kunci sandi"),
            "accounts.passkey.removed": _("Menghapus kunci sandi"),
            "accounts.recovery_codes.renewed": _("Membuat kode cadangan baru"),
            "accounts.recovery_codes.shown": _("Melihat kode cadangan"),
            "accounts.recovery_codes.downloaded": _("Mengunduh kode cadangan"),
        },
    ),
    EventGroup(
        "peran",
        _("Peran"),
        {
            "accounts.role.assigned": _("Memberi peran"),
            "accounts.role.revoked": _("Mencabut peran"),
        },
    ),
    EventGroup(
        "pegawai",
        _("Data pegawai dan unit"),
        {
            "accounts.person.created": _("Menambahkan pegawai"),
            "accounts.person.updated": _("Mengubah data pegawai"),
            "accounts.person.number_changed": _("Mengganti NIP"),
            "accounts.person.number_corrected": _("Membetulkan NIP"),
            "accounts.person.moved": _("Memindahkan pegawai"),
            "accounts.moves.redated": _("Membetulkan tanggal pindah"),
            "accounts.person.activated": _("Mengaktifkan akun"),
            "accounts.person.deactivated": _("Menonaktifkan akun"),
            "accounts.person.invited": _("Mengirim undangan"),
            "accounts.person.preferences_changed": _("Mengubah cara disapa"),
            "accounts.person.anonymised": _("Menghapus identitas"),
            "accounts.import.applied": _("Menerapkan impor pegawai"),
            "accounts.unit.placed": _("Menempatkan unit"),
            "accounts.unit.updated": _("Mengubah data unit"),
            "accounts.unit.closed": _("Menutup unit"),
            "accounts.unit.reopened": _("Membuka unit lagi"),
        },
    ),
    EventGroup(
        "dilihat",
        _("Data pribadi dilihat atau diunduh"),
        {
            "accounts.person.viewed": _("Melihat data seorang pegawai"),
            "accounts.access.traced": _("Menelusuri apa yang dilihat suatu akun"),
            "accounts.findings.downloaded": _("Mengunduh temuan impor pegawai"),
            "elearning.record.downloaded": _("Mengunduh catatan belajarnya"),
            "elearning.data.downloaded": _("Mengunduh semua datanya"),
            "reports.export.asked": _("Meminta berkas laporan"),
            "reports.export.made": _("Berkas laporan selesai dibuat"),
            "reports.export.failed": _("Berkas laporan gagal dibuat"),
            "reports.export.asked_again": _("Meminta lagi berkas laporan"),
            "reports.export.stopped": _("Membatalkan berkas laporan"),
            "reports.export.downloaded": _("Mengunduh berkas laporan"),
            "reports.export.deleted": _("Berkas laporan dihapus"),
            "reports.view.saved": _("Menyimpan tampilan laporan"),
            "reports.view.changed": _("Mengubah tampilan laporan"),
            "reports.view.deleted": _("Menghapus tampilan laporan"),
            "reports.view.restored": _("Mengembalikan tampilan laporan"),
            "reports.view.subscribed": _("Berlangganan berkas tampilan"),
            "reports.view.unsubscribed": _("Berhenti berlangganan berkas tampilan"),
            "reports.view.paused": _("Jadwal tampilan dihentikan sementara"),
            "reports.siasn.sent": _("Membuat berkas untuk SIASN"),
            "reports.siasn.answered": _("Mencatat jawaban SIASN"),
            "certificates.certificate.downloaded": _("Mengunduh sertifikat"),
            "certificates.outside.seen": _("Membuka berkas sertifikat luar"),
        },
    ),
    EventGroup(
        "permintaan",
        _("Permintaan data pribadi"),
        {
            "accounts.data_request.asked": _("Mengajukan permintaan data"),
            "accounts.data_request.accepted": _("Mengabulkan permintaan data"),
            "accounts.data_request.refused": _("Menolak permintaan data"),
            "accounts.data_request.withdrawn": _("Membatalkan permintaan data"),
            "accounts.restriction.begun": _("Pemrosesan data dibatasi"),
            "accounts.restriction.ended": _("Mencabut pembatasan"),
            "accounts.erasure.planned": _("Penghapusan identitas dijadwalkan"),
        },
    ),
    EventGroup(
        "sertifikat",
        _("Sertifikat"),
        {
            "certificates.certificate.issued": _("Sertifikat terbit"),
            "certificates.certificate.revoked": _("Mencabut sertifikat"),
            "certificates.correction.asked": _("Meminta perbaikan sertifikat"),
            "certificates.correction.confirmed": _("Menyetujui perbaikan sertifikat"),
            "certificates.correction.declined": _("Menolak perbaikan sertifikat"),
            "certificates.correction.withdrawn": _("Membatalkan perbaikan sertifikat"),
            "certificates.work.hastened": _("Menerbitkan ulang yang tertunda"),
            "certificates.numbers.continued": _("Melanjutkan penomoran"),
            "certificates.outside.handed_in": _("Mengajukan sertifikat luar"),
            "certificates.outside.accepted": _("Mengakui sertifikat luar"),
            "certificates.outside.refused": _("Menolak sertifikat luar"),
            "certificates.outside.reopened": _("Memeriksa lagi sertifikat luar"),
            "certificates.outside.withdrawn": _("Membatalkan sertifikat luar"),
        },
    ),
    EventGroup(
        "nilai",
        _("Kuis dan nilai"),
        {
            "quizzes.attempt.started": _("Memulai kuis"),
            "quizzes.attempt.submitted": _("Mengumpulkan kuis"),
            "quizzes.attempt.closed": _("Kuis ditutup"),
            "quizzes.attempt.extended": _("Waktu kuis ditambah"),
            "quizzes.attempt.raised": _("Nilai kuis naik"),
            "quizzes.attempt.restored": _("Nilai kuis dipulihkan"),
            "quizzes.late_answers.accepted": _("Menerima jawaban terlambat"),
            "quizzes.question.repaired": _("Memperbaiki soal dan nilainya"),
            "quizzes.accommodation.granted": _("Memberi kelonggaran"),
            "quizzes.accommodation.revoked": _("Mencabut kelonggaran"),
            "quizzes.follow_up.opened": _("Tanya kembali dibuka"),
            "quizzes.review_preference.changed": _("Mengubah pilihan Ulangan"),
        },
    ),
    EventGroup(
        "belajar",
        _("Belajar dan penugasan"),
        {
            "courses.enrollment.started": _("Mulai mengikuti kursus"),
            "courses.enrollment.completed": _("Menyelesaikan kursus"),
            "courses.enrollment.withdrawn": _("Berhenti mengikuti kursus"),
            "courses.lesson.completed": _("Menyelesaikan pelajaran"),
            "courses.new_parts.read": _("Membaca bagian baru"),
            "courses.calendar.made": _("Membuat alamat kalender"),
            "courses.calendar.ended": _("Menghentikan alamat kalender"),
            "courses.assignment.given": _("Memberi penugasan"),
            "courses.assignment.extended": _("Memperpanjang tenggat"),
            "courses.assignment.cancelled": _("Membatalkan penugasan"),
            "courses.assignment.undone": _("Menarik penugasan"),
            "courses.assignment.reopened": _("Membuka lagi penugasan"),
            "courses.reminder.asked_again": _("Meminta pengingat dikirim lagi"),
            "courses.outage.declared": _("Mencatat gangguan"),
            "courses.holiday.changed": _("Mengubah hari libur"),
            "courses.program.saved": _("Menyimpan program"),
            "courses.program.archived": _("Mengarsipkan program"),
            "courses.people_group.saved": _("Menyimpan kelompok"),
            "courses.people_group.archived": _("Mengarsipkan kelompok"),
        },
    ),
    EventGroup(
        "kursus",
        _("Isi kursus dan soal"),
        {
            "courses.course.created": _("Membuat kursus"),
            "courses.course.deleted": _("Menghapus kursus"),
            "courses.course.downloaded": _("Mengunduh kursus"),
            "courses.version.drafted": _("Membuat draf kursus"),
            "courses.version.discarded": _("Membuang draf kursus"),
            "courses.version.published": _("Menerbitkan kursus"),
            "courses.draft.changed": _("Mengubah draf kursus"),
            "courses.lesson.written": _("Menulis pelajaran"),
            "courses.file.added": _("Menambahkan berkas kursus"),
            "courses.file.described": _("Menerangkan berkas kursus"),
            "courses.file.removed": _("Menghapus berkas kursus"),
            "courses.publication.planned": _("Menjadwalkan terbitan"),
            "courses.publication.published": _("Terbitan terjadwal terbit"),
            "courses.publication.stopped": _("Terbitan terjadwal tidak jadi"),
            "courses.publication.cancelled": _("Membatalkan jadwal terbitan"),
            "courses.review.asked": _("Meminta tinjauan"),
            "courses.review.approved": _("Menyetujui draf"),
            "courses.review.changes": _("Meminta perbaikan draf"),
            "courses.review.withdrawn": _("Menarik permintaan tinjauan"),
            "courses.inquiry.answered": _("Menjawab pertanyaan peserta"),
            "courses.inquiry.closed": _("Menutup pertanyaan peserta"),
            "courses.evaluation.rewritten": _("Mengubah formulir evaluasi"),
            "courses.course.shared": _("Membagikan kursus"),
            "courses.course.referred": _("Memakai kursus unit lain"),
            "quizzes.bank.shared": _("Membagikan bank soal"),
            "quizzes.bank.referred": _("Memakai bank soal kursus lain"),
            "quizzes.bank.followed": _("Mengambil versi baru bank rujukan"),
            "quizzes.bank.made": _("Membuat bank soal"),
            "quizzes.bank.renamed": _("Mengganti nama bank soal"),
            "quizzes.bank.deleted": _("Menghapus bank soal"),
            "quizzes.condition.set": _("Mengubah syarat kuis"),
            "quizzes.rules.drafted": _("Mengubah aturan kuis"),
            "quizzes.plan.drafted": _("Mengubah isi kuis"),
            "quizzes.plan.dropped": _("Menghapus isi kuis"),
            "quizzes.question.written": _("Menulis soal"),
            "quizzes.question.composed": _("Menyusun soal"),
            "quizzes.question.retired": _("Menarik soal"),
            "quizzes.question.restored": _("Memakai lagi soal"),
            "quizzes.questions.made_ready": _("Menyiapkan soal untuk terbit"),
            "quizzes.questions.imported": _("Mengimpor soal"),
            "quizzes.questions.downloaded": _("Mengunduh soal dan kuncinya"),
            "quizzes.question_drafts.discarded": _("Membuang draf soal"),
            "quizzes.findings.downloaded": _("Mengunduh temuan impor soal"),
            "quizzes.analysis.downloaded": _("Mengunduh analisis soal"),
            "studio.questions.changed": _("Mengubah banyak soal"),
        },
    ),
    EventGroup(
        "situs",
        _("Situs"),
        {
            "elearning.site.restored": _("Situs dipulihkan dari cadangan"),
            "elearning.demo.seeded": _("Mengisi instansi contoh"),
            "elearning.demo.removed": _("Menghapus instansi contoh"),
            "elearning.task.retried": _("Mengulangi tugas yang gagal"),
            "elearning.task.set_aside": _("Menyisihkan tugas yang gagal"),
        },
    ),
)
KINDS: Mapping[str, str | Promise] = {
    verb: words for group in GROUPS for verb, words in group.kinds.items()
}


def verbs_of(slug: str) -> tuple[str, ...]:
    """Return the verbs of a group; none for a word that is no group."""
    return next((tuple(group.kinds) for group in GROUPS if group.slug == slug), ())


def kind_in_words(verb: str) -> str:
    """Return what a kind of event is called; its verb where it is not known here."""
    return str(KINDS.get(verb, verb))

"""Help for authors: ten short pages, each with a picture, linked where it is needed.

Pictures are made by `python -m tests.e2e.help_pictures` from the running site.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class HelpPage:
    """One page: steps in order, then what is good to know.

    `alt` says what the picture shows; the picture is `static/help/<slug>.webp`.
    """

    slug: str
    title: Words
    lead: Words
    alt: Words
    steps: tuple[Words, ...]
    notes: tuple[Words, ...] = ()

    @property
    def picture(self) -> str:
        """The picture's path below the static files."""
        return f"help/{self.slug}.webp"


PAGES = (
    HelpPage(
        slug="mulai",
        title=_("Membuat kursus"),
        lead=_("Kursus baru dimulai kosong, dari templat, atau sebagai salinan."),
        alt=_("Daftar kursus di Studio dengan kolom cari dan tombol Kursus baru"),
        steps=(
            _("Buka Studio, lalu pilih Kursus baru."),
            _("Pilih cara mulai: kosong, templat 2 JP, atau salinan kursus lain."),
            _(
                "Isi judul, unit, pilar, dan JP. Tulis tujuan belajar dengan kata "
                "kerja."
            ),
            _("Simpan. Drafnya terbuka dan belum terlihat oleh peserta."),
        ),
        notes=(
            _("Kolom cari di daftar kursus menemukan judul, kode, dan nama unit."),
            _(
                "1 JP adalah 45 menit. Jumlah menit pelajaran, kuis, dan rencana "
                "tindak "
                "harus sama dengan JP × 45."
            ),
        ),
    ),
    HelpPage(
        slug="kerangka",
        title=_("Menyusun kerangka"),
        lead=_("Modul dan pelajaran ditambah, dipindah, disalin, dan ditarik di sini."),
        alt=_("Kerangka kursus: modul dengan pelajaran, tombol naik dan turun"),
        steps=(
            _("Tulis judul pelajaran di bawah modulnya, lalu tekan Pelajaran."),
            _("Seret pelajaran dengan pegangannya, atau pakai tombol naik dan turun."),
            _(
                "Pensil di samping judul membuka pilihan lain: ganti judul, pindah "
                "modul, "
                "salin, tarik."
            ),
            _("Bagi menit menurut naskah bila jumlah menit belum cocok."),
        ),
        notes=(_("Pelajaran yang ditarik dapat dikembalikan selama drafnya ada."),),
    ),
    HelpPage(
        slug="menulis",
        title=_("Menulis pelajaran"),
        lead=_("Naskah ditulis dalam Markdown, pratinjaunya selebar HP."),
        alt=_("Halaman menulis: kerangka, naskah, dan pratinjau di HP"),
        steps=(
            _("Mulai setiap bagian dengan ## dan judulnya."),
            _("Tulis pendek: satu paragraf, satu gagasan."),
            _("Pakai tombol + Kasus dan + Cek untuk kotak kasus dan soal latihan."),
            _("Perbarui pratinjau, perbaiki yang ditandai, lalu Simpan."),
        ),
        notes=(
            _("Naskah boleh disimpan walau masih ada masalah; terbitnya tidak."),
            _(
                "Bila rekan menyimpan lebih dulu, naskah Anda tetap utuh dan Anda "
                "memilih sendiri apa yang dipakai."
            ),
        ),
    ),
    HelpPage(
        slug="gambar",
        title=_("Gambar dan sumber"),
        lead=_("Setiap gambar punya kata-kata, setiap kutipan punya sumber."),
        alt=_("Pengaturan kursus: daftar sumber dengan kunci, teks, dan tautan"),
        steps=(
            _("Unggah di halaman gambar dan berkas, atau seret ke kotak tulis."),
            _("Di naskah tertulis ![isi gambar dalam kata-kata](images/nama.svg)."),
            _("Tulis isi gambarnya, bukan “gambar 1”: pembaca layar membacakannya."),
            _("Catat sumber di pengaturan kursus, lalu rujuk dengan [^kunci]."),
        ),
        notes=(
            _(
                "Gambar atau sumber yang hilang menghalangi terbit dan disebut "
                "barisnya."
            ),
        ),
    ),
    HelpPage(
        slug="soal",
        title=_("Menulis soal"),
        lead=_("Satu soal, satu tujuan, dan alasan untuk setiap pilihan."),
        alt=_("Penyunting soal dengan pilihan, alasan, dan pratinjau"),
        steps=(
            _("Buka bank soal, pilih Soal baru, lalu jenisnya."),
            _("Tulis pertanyaan dari keadaan nyata di kantor."),
            _("Tandai jawaban yang tepat, dan tulis alasan setiap pilihan."),
            _("Pilih tujuan dan tingkatnya, isi tanggal periksa, lalu simpan."),
        ),
        notes=(_("Jawaban peserta tersimpan bersama versi soal yang dikerjakannya."),),
    ),
    HelpPage(
        slug="impor",
        title=_("Memasukkan berkas soal"),
        lead=_("Soal dari Word, Excel, CSV, atau QTI dilihat utuh sebelum disimpan."),
        alt=_("Halaman impor soal: pilih bank, format, dan berkas"),
        steps=(
            _("Buka bank soal, lalu Impor."),
            _("Pilih bank tujuan dan berkasnya."),
            _("Tabel: cocokkan kolomnya. Pilihan Anda diingat."),
            _("Periksa pratinjau: yang ditolak disebut baris dan sebabnya."),
            _("Terapkan. Soal masuk sebagai draf."),
        ),
        notes=(
            _("Tujuan, tingkat, dan tanggal dapat diisi sekaligus dari daftar soal."),
        ),
    ),
    HelpPage(
        slug="kuis",
        title=_("Menyusun kuis"),
        lead=_("Kuis menyebut soalnya, atau mengundinya menurut tujuan dan tingkat."),
        alt=_("Isi kuis: baris undian dengan sisa soal di bank"),
        steps=(
            _("Di kerangka, pilih Isi kuis."),
            _(
                "Tambahkan baris: soal tertentu, atau undian menurut tujuan dan "
                "tingkat."
            ),
            _("Perhatikan sisa soal di samping setiap baris."),
            _("Atur nilai lulus, waktu, dan kesempatan. Coba sebagai peserta."),
        ),
        notes=(_("Mencoba tidak meninggalkan jejak pada catatan siapa pun."),),
    ),
    HelpPage(
        slug="tinjauan",
        title=_("Meminta dan memberi tinjauan"),
        lead=_("Orang kedua membaca draf sebelum terbit."),
        alt=_("Halaman tinjauan: yang berubah, komentar, dan putusan"),
        steps=(
            _(
                "Penyusun: di kerangka pilih Tinjauan, tulis pesan, lalu Minta "
                "tinjauan."
            ),
            _("Penelaah: buka Tinjauan di menu Studio; yang paling lama di atas."),
            _(
                "Baca setiap pelajaran di samping yang terbit, beri komentar pada "
                "bagiannya."
            ),
            _("Setujui draf, atau minta perbaikan dengan kata-kata yang jelas."),
        ),
        notes=(
            _(
                "Persetujuan berlaku hanya untuk keadaan yang ditinjau. Draf yang "
                "berubah perlu ditinjau lagi."
            ),
            _(
                "Tidak ada yang menyetujui draf yang ia minta tinjau atau ikut ia "
                "tulis."
            ),
            _("Kabar tinjauan juga datang lewat surel, paling banyak sekali sehari."),
        ),
    ),
    HelpPage(
        slug="menerbitkan",
        title=_("Menerbitkan"),
        lead=_(
            "Pilih jenis perubahan dengan jujur: ia menentukan nasib yang sedang "
            "belajar."
        ),
        alt=_("Halaman terbitkan: jenis perubahan, bagian baru, dan waktu terbit"),
        steps=(
            _("Benahi dulu yang menghalangi; daftarnya di atas."),
            _("Perbaikan kata: isi dan syarat tetap, semua orang melihat versi baru."),
            _(
                "Bagian wajib baru: tandai bagiannya. Yang sudah membaca pelajarannya "
                "diminta membaca bagian itu, juga yang sudah selesai."
            ),
            _("Siklus baru: pendaftar berikutnya mulai dari awal."),
            _("Terbitkan sekarang, atau jadwalkan dengan tanggal dan jam."),
        ),
        notes=(
            _(
                "Jadwal memeriksa ulang saat waktunya tiba. Bila terhalang, draf tetap "
                "draf dan Anda diberi tahu."
            ),
            _("Kata-kata beberapa pelajaran dapat diterbitkan sendiri."),
        ),
    ),
    HelpPage(
        slug="riwayat",
        title=_("Riwayat dan mengembalikan"),
        lead=_("Setiap simpanan dan setiap terbitan tetap ada."),
        alt=_("Dua naskah berdampingan dengan kata yang ditambah dan dihapus"),
        steps=(
            _("Di halaman menulis, pilih Riwayat."),
            _("Pilih Lihat perubahannya, atau bandingkan dua naskah mana pun."),
            _(
                "Pakai lagi naskah lama. Itu menambah satu simpanan, jadi bisa "
                "diurungkan."
            ),
            _("Kursus yang keliru terbit: buka Versi terbit, lalu Terbitkan lagi."),
        ),
        notes=(
            _("Versi lama terbit lagi sebagai versi baru; draf Anda tidak berubah."),
        ),
    ),
)
BY_SLUG = {page.slug: page for page in PAGES}

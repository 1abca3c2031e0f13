"""The terms of the site: what every course may use. Plain Python.

In words of our own; where a law coins a term, in its sense (DOMAIN.md §1, §3, §5, §6,
§8 and §9).
"""

from functools import lru_cache

from courses.content_types import GlossaryEntry
from courses.glossary.lines import read_entries_of

_MEANINGS = {
    "3T": "Tertinggal, terdepan, dan terluar: wilayah yang layanan dasarnya, termasuk "
    "sinyal, masih terbatas.",
    "AI": "Kecerdasan artifisial: program yang mengenali pola dari banyak contoh, lalu "
    "menyusun teks, gambar, atau perkiraan. Hasilnya tetap perlu Anda periksa.",
    "APK": "Berkas pemasang aplikasi Android. Dari luar toko resmi, isinya bisa apa "
    "saja.",
    "BerAKHLAK": "Nilai dasar ASN: berorientasi pelayanan, akuntabel, kompeten, "
    "harmonis, loyal, adaptif, dan kolaboratif.",
    "BSrE": "Balai Besar Sertifikasi Elektronik di BSSN, penerbit sertifikat untuk "
    "tanda tangan elektronik instansi pemerintah.",
    "Data pribadi": "Data tentang seseorang yang dapat dikenali, sendiri atau "
    "digabung dengan data lain. UU 27/2022 membaginya menjadi umum dan spesifik.",
    "Frasa sandi": "Kata sandi yang tersusun dari beberapa kata. Panjang, sulit "
    "ditebak, tetapi mudah Anda ingat.",
    "Hoaks": "Kabar yang isinya tidak benar tetapi dibuat seolah-olah benar.",
    "JP": "Jam pelajaran, satuan pengembangan kompetensi. Di sini 1 JP sama dengan 45 "
    "menit belajar.",
    "MFA": "Autentikasi multifaktor: selain kata sandi, Anda membuktikan diri dengan "
    "satu hal lagi, misalnya kode dari ponsel. Disebut juga verifikasi dua langkah.",
    "NIK": "Nomor Induk Kependudukan, 16 angka di KTP. Berlaku seumur hidup dan "
    "termasuk data pribadi.",
    "NIP": "Nomor Induk Pegawai, 18 angka. Memuat tanggal lahir, jadi perlakukan "
    "sebagai data pribadi.",
    "OTP": "Kata sandi sekali pakai, biasanya enam angka. Tidak pernah diberikan "
    "kepada orang lain, siapa pun yang meminta.",
    "Pengelabuan": "Pesan yang menyamar sebagai pihak tepercaya supaya Anda "
    "menyerahkan kata sandi, kode, atau uang. Dalam bahasa Inggris: phishing.",
    "PPID": "Pejabat Pengelola Informasi dan Dokumentasi: pintu resmi permohonan "
    "informasi publik di setiap badan publik.",
    "Rekayasa sosial": "Menipu lewat orangnya, bukan lewat mesinnya: membuat orang "
    "takut, tergesa, atau percaya sampai ia sendiri membuka pintu.",
    "Satu Data Indonesia": "Kebijakan tata kelola data pemerintah (Perpres 39/2019): "
    "data mengikuti standar, punya metadata, bisa dibagipakaikan, dan memakai kode "
    "referensi yang sama.",
    "SIASN": "Sistem Informasi ASN milik BKN, tempat data kepegawaian ASN dicatat "
    "secara nasional.",
    "SKP": "Sasaran Kinerja Pegawai: hasil kerja yang disepakati dengan atasan, "
    "beserta ukurannya.",
    "SPBE": "Sistem Pemerintahan Berbasis Elektronik: penyelenggaraan pemerintahan "
    "yang memakai teknologi informasi untuk memberi layanan.",
    "Tautan": "Bagian teks atau gambar yang membuka laman lain bila ditekan.",
    "TTE": "Tanda tangan elektronik: data yang melekat pada dokumen dan membuktikan "
    "siapa penanda tangannya serta bahwa isinya tidak berubah. Gambar tanda tangan "
    "bukan TTE.",
    "VPN": "Sambungan tertutup lewat internet ke jaringan kantor, seolah-olah Anda "
    "berada di kantor.",
    "WFH": "Work from home, bekerja dari rumah. Dalam aturan ASN termasuk kerja "
    "fleksibel menurut lokasi.",
}
HOUSE_ENTRIES = tuple(GlossaryEntry(*pair) for pair in _MEANINGS.items())


@lru_cache(maxsize=256)
def course_entries(lines: str) -> tuple[GlossaryEntry, ...]:
    """Return a course's entries, then those of the site that it does not explain."""
    entries = read_entries_of(lines)
    own = {entry.term.casefold() for entry in entries}
    house = (entry for entry in HOUSE_ENTRIES if entry.term.casefold() not in own)
    return (*entries, *house)

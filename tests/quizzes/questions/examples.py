"""One worked example of every question type, and one more for each marking rule.

`EXAMPLES` holds one per type under the type's default rule, `ALL` every one.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from quizzes.questions.content import OptionContent, QuestionContent

ONE, NONE, HALF = Decimal(1), Decimal(0), Decimal("0.5")


def _question(key: str, type: str, stem: str, **over: Any) -> QuestionContent:
    content = {"objective_key": "t1", "level": "C3", **over}
    return QuestionContent(key=key, type=type, stem=stem, **content)


def _points(points: int) -> Decimal:
    """Return a worth of 0 to 5 as a fraction."""
    return Decimal(points) / 5


_SINGLE_CHOICE = _question(
    "pesan-dari-atasan",
    "single_choice",
    "Nomor baru mengaku kepala dinas Anda dan meminta kode OTP. "
    "Apa yang Anda lakukan lebih dulu?",
    feedback="Kode OTP tidak pernah diminta oleh orang lain, siapa pun dia.",
    options=[
        OptionContent(
            "telepon",
            "Menelepon beliau lewat nomor yang sudah Anda simpan",
            ONE,
            "Tepat. Jalur yang sudah dikenal memastikan siapa yang meminta.",
        ),
        OptionContent(
            "kirim",
            "Mengirim kodenya karena beliau atasan Anda",
            NONE,
            "Kode OTP membuka akun Anda. Pastikan dulu siapa yang meminta.",
        ),
        OptionContent(
            "balas",
            "Membalas pesan itu dan meminta fotonya",
            NONE,
            "Foto mudah diambil dari internet, jadi belum membuktikan apa pun.",
        ),
        OptionContent(
            "diam",
            "Menghapus pesan itu tanpa memberi tahu siapa pun",
            NONE,
            "Rekan Anda mungkin menerima pesan yang sama. Laporkan ke tim keamanan.",
        ),
    ],
)

_MULTIPLE_RESPONSE = _question(
    "data-yang-disamarkan",
    "multiple_response",
    "Anda meringkas surat pengaduan warga dengan kecerdasan artifisial. "
    "Data mana yang perlu disamarkan lebih dulu?",
    feedback="Samarkan semua data yang menunjuk pada satu orang.",
    options=[
        OptionContent("nik", "NIK pelapor", ONE, "NIK menunjuk tepat satu orang."),
        OptionContent(
            "telepon", "Nomor telepon pelapor", ONE, "Nomor ini milik satu orang."
        ),
        OptionContent(
            "alamat", "Alamat rumah pelapor", ONE, "Alamat menunjuk pada penghuninya."
        ),
        OptionContent(
            "topik",
            "Topik pengaduan: jalan berlubang",
            NONE,
            "Topik tidak menunjuk orang dan dibutuhkan untuk ringkasan.",
        ),
        OptionContent(
            "dinas",
            "Nama dinas yang berwenang",
            NONE,
            "Nama dinas adalah informasi publik.",
        ),
    ],
)

_MULTIPLE_RESPONSE_ALL = replace(
    _MULTIPLE_RESPONSE, key="data-yang-disamarkan-utuh", scoring="all_or_nothing"
)

_MULTIPLE_RESPONSE_FRACTIONS = replace(
    _MULTIPLE_RESPONSE,
    key="data-yang-disamarkan-bobot",
    scoring="fractions",
    options=[
        replace(option, fraction=Decimal(fraction))
        for option, fraction in zip(
            _MULTIPLE_RESPONSE.options,
            ("0.5", "0.25", "0.25", "-0.5", "-0.25"),
            strict=True,
        )
    ],
)

_MULTIPLE_RESPONSE_NONE = _question(
    "boleh-dibagikan",
    "multiple_response",
    "Mana yang boleh Anda bagikan di grup percakapan kantor?",
    feedback="Ketiganya membuka akun atau data orang lain.",
    options=[
        OptionContent(
            "sandi", "Kata sandi akun bersama", NONE, "Kata sandi tidak dibagikan."
        ),
        OptionContent("otp", "Kode OTP rekan Anda", NONE, "OTP hanya bagi pemiliknya."),
        OptionContent(
            "ktp", "Foto KTP warga", NONE, "Foto KTP adalah data pribadi warga."
        ),
    ],
)

_TRUE_FALSE_SET = _question(
    "sandi-yang-kuat",
    "true_false_set",
    "Tentukan benar atau salah tiap pernyataan tentang kata sandi.",
    feedback="Panjang dan berbeda di tiap akun lebih penting daripada rumit.",
    options=[
        OptionContent(
            "panjang",
            "Frasa empat kata lebih kuat daripada delapan huruf acak.",
            ONE,
            "Benar. Panjang lebih menentukan daripada kerumitan.",
        ),
        OptionContent(
            "sama",
            "Satu kata sandi yang kuat cukup untuk semua akun.",
            NONE,
            "Salah. Satu kebocoran akan membuka semuanya.",
        ),
        OptionContent(
            "pengelola",
            "Pengelola kata sandi membantu memakai kata sandi yang berbeda.",
            ONE,
            "Benar. Anda cukup mengingat satu kata sandi utama.",
        ),
        OptionContent(
            "catatan",
            "Kata sandi boleh ditempel di layar jika ruangan dikunci.",
            NONE,
            "Salah. Tamu dan petugas lain tetap dapat membacanya.",
        ),
    ],
)

_MATCHING = _question(
    "alat-dan-tugas",
    "matching",
    "Pasangkan tiap tugas dengan alat yang paling cocok.",
    feedback="Pilih alat menurut hasil yang dibutuhkan, bukan menurut kebiasaan.",
    options=[
        OptionContent(
            "hitung",
            "Menjumlahkan belanja 12 bulan",
            feedback="Lembar kerja menghitung ulang saat angkanya berubah.",
            group="row",
            match="lembar",
        ),
        OptionContent(
            "banding",
            "Membandingkan realisasi dengan pagu",
            feedback="Selisih per baris dihitung dengan rumus di lembar kerja.",
            group="row",
            match="lembar",
        ),
        OptionContent(
            "notula",
            "Menyusun notula bersama rekan",
            feedback="Dokumen bersama menyimpan suntingan semua orang.",
            group="row",
            match="dokumen",
        ),
        OptionContent("lembar", "Lembar kerja", group="choice"),
        OptionContent("dokumen", "Dokumen bersama", group="choice"),
        OptionContent("salindia", "Salindia", group="choice"),
    ],
)

_ORDERING = _question(
    "menangani-kebocoran",
    "ordering",
    "Urutkan langkah saat akun surel dinas Anda dibobol.",
    feedback="Hentikan dulu kerugiannya, baru periksa dan laporkan.",
    options=[
        OptionContent(
            "putus", "Keluarkan semua perangkat dari akun", feedback="Ini yang pertama."
        ),
        OptionContent(
            "sandi", "Ganti kata sandi", feedback="Setelah penyusup dikeluarkan."
        ),
        OptionContent(
            "lapor",
            "Lapor ke tim tanggap insiden",
            feedback="Tim membantu memeriksa akibatnya.",
        ),
        OptionContent(
            "kabari",
            "Kabari penerima surel palsu",
            feedback="Terakhir, setelah isinya diketahui.",
        ),
    ],
)

_SHORT_TEXT = _question(
    "singkatan-spbe",
    "short_text",
    "Apa singkatan dari Sistem Pemerintahan Berbasis Elektronik?",
    feedback="SPBE diatur dalam Perpres 95 Tahun 2018.",
    options=[
        OptionContent("spbe", "SPBE", ONE, "Tepat."),
        OptionContent(
            "egov",
            "e-government",
            HALF,
            "Artinya dekat, tetapi yang diminta singkatan dalam peraturan.",
        ),
    ],
)

_SHORT_TEXT_WILDCARD = replace(
    _SHORT_TEXT,
    key="verifikasi-dua-langkah",
    scoring="wildcard",
    stem="Pengaman apa yang meminta kode setelah kata sandi?",
    feedback="Verifikasi dua langkah menahan penyusup yang sudah tahu kata sandi.",
    options=[
        OptionContent("dua", "verifikasi dua*", ONE, "Tepat."),
        OptionContent("2fa", "*2FA*", ONE, "Tepat, itulah singkatannya."),
        OptionContent("otp", "*OTP*", HALF, "OTP adalah kodenya, bukan pengamannya."),
    ],
)

_NUMERIC = _question(
    "rata-rata-pengaduan",
    "numeric",
    "Dalam lima hari masuk 8, 12, 9, 7, dan 12 pengaduan. Berapa rata-rata per hari?",
    feedback="Jumlahnya 48, dibagi 5 hari.",
    settings={"unit": "pengaduan"},
    options=[
        OptionContent("tepat", "9.6", ONE, "Tepat: 48 dibagi 5.", match="0"),
        OptionContent(
            "bulat", "9.6", HALF, "Hampir. Jangan dibulatkan dulu.", match="0.5"
        ),
        OptionContent(
            "jumlah", "48", NONE, "Itu jumlahnya. Bagi dengan 5 hari.", match="0"
        ),
    ],
)

_NUMERIC_PERCENT = replace(
    _NUMERIC,
    key="perkiraan-pemilih",
    stem="Kira-kira berapa 19% dari 12.500 pegawai?",
    feedback="12.500 × 19 / 100 = 2.375.",
    settings={"unit": "orang"},
    options=[
        OptionContent("tepat", "2375", ONE, "Tepat atau cukup dekat.", match="5%")
    ],
)

_SITUATIONAL = _question(
    "rekan-membagikan-hoaks",
    "situational",
    "Rekan senior membagikan kabar yang belum tentu benar di grup dinas. "
    "Apa yang paling baik Anda lakukan?",
    feedback="Menjaga rekan dan menjaga kebenaran dapat berjalan bersama.",
    options=[
        OptionContent(
            "pribadi",
            "Mengirim hasil pemeriksaan fakta kepadanya secara pribadi",
            _points(5),
            "Rekan dapat memperbaiki sendiri tanpa dipermalukan.",
        ),
        OptionContent(
            "grup",
            "Menulis di grup bahwa kabarnya belum diperiksa, dengan tautan",
            _points(4),
            "Kabar cepat diluruskan, tetapi rekan bisa merasa ditegur.",
        ),
        OptionContent(
            "admin",
            "Meminta admin grup menghapus pesan itu",
            _points(2),
            "Pesannya hilang, tetapi rekan tidak tahu sebabnya.",
        ),
        OptionContent(
            "abai",
            "Membiarkannya karena bukan urusan Anda",
            _points(0),
            "Kabar keliru akan terus menyebar dari grup dinas.",
        ),
    ],
)

_GAP_SELECT = _question(
    "balasan-permohonan",
    "gap_select",
    "Permohonan informasi dijawab paling lambat [[sepuluh]] hari kerja dan dapat "
    "diperpanjang [[tujuh]] hari kerja. Jawabannya disampaikan oleh [[ppid]].",
    feedback="Tenggat ini ada di UU 14 Tahun 2008 tentang Keterbukaan Informasi.",
    options=[
        OptionContent("sepuluh", "10", feedback="Tenggat pertama.", group="hari"),
        OptionContent("tujuh", "7", feedback="Tambahan waktunya.", group="hari"),
        OptionContent(
            "tiga-puluh", "30", feedback="Ini tenggat keberatan.", group="hari"
        ),
        OptionContent("ppid", "PPID", feedback="Pejabat pengelola.", group="siapa"),
        OptionContent(
            "humas", "humas", feedback="Humas membantu, PPID menjawab.", group="siapa"
        ),
    ],
)

_MARK_TEXT = _question(
    "tanda-penipuan",
    "mark_text",
    "Tandai bagian yang mencurigakan.\n\n"
    "Dari: [[pengirim]]\n\n"
    "[[sapaan]] akun Anda akan [[ancaman]]. Buka [[tautan]] untuk memperbarui data. "
    "Pertanyaan dapat disampaikan lewat [[loket]].",
    feedback="Alamat, desakan waktu, dan tautan adalah tanda yang paling sering.",
    options=[
        OptionContent(
            "pengirim",
            "admin@bkn-layanan.example",
            ONE,
            "Alamat ini tidak berakhir dengan go.id.",
        ),
        OptionContent(
            "sapaan", "Bapak/Ibu,", NONE, "Sapaan ini wajar dalam surel dinas."
        ),
        OptionContent(
            "ancaman", "dihapus dalam 1 jam", ONE, "Desakan waktu membuat panik."
        ),
        OptionContent(
            "tautan", "bit.example/asn", ONE, "Tautan pendek menyembunyikan tujuan."
        ),
        OptionContent("loket", "loket kepegawaian", NONE, "Ini jalur yang resmi."),
    ],
)

_MARK_TEXT_ALL = replace(
    _MARK_TEXT, key="tanda-penipuan-utuh", scoring="all_or_nothing"
)

_DIALOGUE = _question(
    "warga-marah",
    "dialogue",
    "Seorang warga datang ke loket karena permohonannya tertunda. Tanggapi dia.",
    feedback="Dengarkan dulu, periksa datanya, lalu beri kepastian.",
    settings={
        "scenes": [
            {"key": "awal", "text": "“Sudah tiga minggu saya menunggu!”"},
            {"key": "reda", "text": "“Baik, jadi apa yang kurang?”"},
            {"key": "kesal", "text": "“Anda tidak mendengarkan saya.”"},
        ]
    },
    options=[
        OptionContent(
            "dengar",
            "“Saya paham. Boleh saya periksa nomor permohonannya?”",
            ONE,
            "Warga merasa didengar dan Anda mendapat datanya.",
            group="awal",
            match="reda",
        ),
        OptionContent(
            "aturan",
            "“Prosedurnya memang begitu.”",
            NONE,
            "Benar menurut aturan, tetapi warga belum terbantu.",
            group="awal",
            match="kesal",
        ),
        OptionContent(
            "pastikan",
            "“Surat kuasanya belum ada. Saya catat dan kabari besok pagi.”",
            ONE,
            "Warga tahu yang kurang dan kapan dikabari.",
            group="reda",
        ),
        OptionContent(
            "lihat",
            "“Silakan lihat di situs kami.”",
            Decimal("0.4"),
            "Warga harus mencari sendiri jawabannya.",
            group="reda",
        ),
        OptionContent(
            "maaf",
            "“Maaf. Mari kita mulai dari nomor permohonannya.”",
            Decimal("0.8"),
            "Anda memperbaiki percakapan.",
            group="kesal",
            match="reda",
        ),
        OptionContent(
            "panggil",
            "“Silakan bicara dengan atasan saya.”",
            NONE,
            "Masalahnya pindah, belum selesai.",
            group="kesal",
        ),
    ],
)

EXAMPLES: dict[str, QuestionContent] = {
    content.type: content
    for content in (
        _SINGLE_CHOICE,
        _MULTIPLE_RESPONSE,
        _TRUE_FALSE_SET,
        _MATCHING,
        _ORDERING,
        _SHORT_TEXT,
        _NUMERIC,
        _SITUATIONAL,
        _GAP_SELECT,
        _MARK_TEXT,
        _DIALOGUE,
    )
}

ALL: list[QuestionContent] = [
    *EXAMPLES.values(),
    _MULTIPLE_RESPONSE_ALL,
    _MULTIPLE_RESPONSE_FRACTIONS,
    _MULTIPLE_RESPONSE_NONE,
    replace(_TRUE_FALSE_SET, key="sandi-yang-kuat-utuh", scoring="all_or_nothing"),
    replace(_TRUE_FALSE_SET, key="sandi-yang-kuat-kprim", scoring="kprim"),
    replace(_ORDERING, key="menangani-kebocoran-tempat", scoring="absolute"),
    replace(_ORDERING, key="menangani-kebocoran-utuh", scoring="all_or_nothing"),
    replace(_SHORT_TEXT, key="singkatan-spbe-tepat", scoring="exact"),
    replace(_SHORT_TEXT, key="singkatan-spbe-huruf", scoring="casefold"),
    _SHORT_TEXT_WILDCARD,
    _NUMERIC_PERCENT,
    _MARK_TEXT_ALL,
]

"""An example of every type, for the template: short, true and worth reading."""

from decimal import Decimal

from quizzes.questions.content import OptionContent, QuestionContent

_RIGHT, _WRONG = Decimal(1), Decimal(0)


def _points(points: int) -> Decimal:
    return Decimal(points) / 5


EXAMPLES = (
    QuestionContent(
        key="contoh-satu-jawaban",
        type="single_choice",
        stem="Pesan masuk meminta kode OTP. Apa yang Anda lakukan?",
        feedback="Kode OTP hanya untuk pemiliknya.",
        options=(
            OptionContent("abai", "Tidak membalas", _RIGHT, "Tepat. Lalu laporkan."),
            OptionContent("kirim", "Mengirim kodenya", _WRONG, "Kode membuka akun."),
        ),
    ),
    QuestionContent(
        key="contoh-beberapa-jawaban",
        type="multiple_response",
        stem="Mana yang termasuk data pribadi?",
        options=(
            OptionContent("nik", "NIK", _RIGHT, "NIK menunjuk satu orang."),
            OptionContent("surel", "Alamat surel", _RIGHT, "Surel milik satu orang."),
            OptionContent("dinas", "Nama dinas", _WRONG, "Ini informasi publik."),
        ),
    ),
    QuestionContent(
        key="contoh-benar-salah",
        type="true_false_set",
        stem="Tentukan benar atau salah.",
        options=(
            OptionContent("panjang", "Sandi panjang lebih kuat.", _RIGHT, "Benar."),
            OptionContent("sama", "Satu sandi cukup untuk semua.", _WRONG, "Salah."),
        ),
    ),
    QuestionContent(
        key="contoh-menjodohkan",
        type="matching",
        stem="Pasangkan tugas dengan alatnya.",
        options=(
            OptionContent("hitung", "Menghitung", _WRONG, "Ya.", "row", "lembar"),
            OptionContent("tulis", "Menulis", _WRONG, "Ya.", "row", "dokumen"),
            OptionContent("lembar", "Lembar kerja", group="choice"),
            OptionContent("dokumen", "Dokumen", group="choice"),
            OptionContent("salindia", "Salindia", group="choice"),
        ),
    ),
    QuestionContent(
        key="contoh-mengurutkan",
        type="ordering",
        stem="Urutkan langkah saat akun dibobol.",
        options=(
            OptionContent("keluar", "Keluarkan semua perangkat", feedback="Pertama."),
            OptionContent("sandi", "Ganti kata sandi", feedback="Kedua."),
            OptionContent("lapor", "Lapor ke tim tanggap insiden", feedback="Ketiga."),
        ),
    ),
    QuestionContent(
        key="contoh-isian-pilihan",
        type="gap_select",
        stem="Permohonan dijawab dalam [[sepuluh]] hari kerja oleh [[ppid]].",
        options=(
            OptionContent("sepuluh", "10", feedback="Tepat.", group="hari"),
            OptionContent("tiga", "3", feedback="Terlalu singkat.", group="hari"),
            OptionContent("ppid", "PPID", feedback="Tepat.", group="siapa"),
            OptionContent("humas", "humas", feedback="PPID.", group="siapa"),
        ),
    ),
    QuestionContent(
        key="contoh-angka",
        type="numeric",
        stem="Berapa rata-rata 8, 9, dan 13?",
        settings={"unit": "surat"},
        options=(OptionContent("tepat", "10", _RIGHT, "Tepat.", match="0"),),
    ),
    QuestionContent(
        key="contoh-teks-singkat",
        type="short_text",
        stem="Apa singkatan Sistem Pemerintahan Berbasis Elektronik?",
        options=(OptionContent("spbe", "SPBE", _RIGHT, "Tepat."),),
    ),
    QuestionContent(
        key="contoh-situasi",
        type="situational",
        stem="Rekan membagikan kabar yang belum diperiksa. Apa yang Anda lakukan?",
        options=(
            OptionContent("pribadi", "Memberi tahu rekan", _points(5), "Baik."),
            OptionContent("grup", "Menegur di grup", _points(2), "Ia bisa malu."),
            OptionContent("diam", "Membiarkan", _points(0), "Kabarnya menyebar."),
        ),
    ),
    QuestionContent(
        key="contoh-menandai-teks",
        type="mark_text",
        stem="Tandai yang mencurigakan: buka [[tautan]] atau hubungi [[loket]].",
        options=(
            OptionContent("tautan", "bit.example/asn", _RIGHT, "Tautan pendek."),
            OptionContent("loket", "loket kami", _WRONG, "Ini jalur resmi."),
        ),
    ),
    QuestionContent(
        key="contoh-percakapan",
        type="dialogue",
        stem="Seorang warga datang ke loket. Tanggapi dia.",
        settings={
            "scenes": [
                {"key": "awal", "text": "“Sudah lama saya menunggu.”"},
                {"key": "lanjut", "text": "“Lalu apa yang kurang?”"},
            ]
        },
        options=(
            OptionContent(
                "dengar", "“Saya periksa dulu.”", _RIGHT, "Baik.", "awal", "lanjut"
            ),
            OptionContent("aturan", "“Begitu aturannya.”", _WRONG, "Belum.", "awal"),
            OptionContent("pasti", "“Surat kuasanya.”", _RIGHT, "Jelas.", "lanjut"),
        ),
    ),
)

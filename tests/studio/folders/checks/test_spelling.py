"""Forms that are not in KBBI, with affixes and capitals, and what is none of them."""

from studio.folders.checks.course import Passage
from studio.folders.checks.prose import WORD
from studio.folders.checks.spelling import check, correct, load_forms
from tests.every_case import every_case


class _Course:
    def __init__(self, words, **over):
        self.passages = (Passage("a.md", 3, words, tuple(words.splitlines()), **over),)


def told(words, **over):
    return [problem.remedy for problem in check(_Course(words, **over))]


def test_the_list_is_long_and_says_only_what_it_accepts():
    forms = load_forms()
    assert len(forms.roots) + len(forms.exact) >= 250
    for right in {*forms.roots.values(), *forms.exact.values()}:
        for word in WORD.findall(right):
            assert correct(word) == "", right


@every_case(
    ("form", "right"),
    [
        ("resiko", "risiko"),
        ("beresiko", "berisiko"),
        ("analisanya", "analisisnya"),
        ("menganalisa", "menganalisis"),
        ("perijinan", "perizinan"),
        ("diijinkan", "diizinkan"),
        ("mempraktekkan", "mempraktikkan"),
        ("antrian", "antrean"),
        ("kehandalan", "keandalan"),
        ("penasehat", "penasihat"),
        ("menghimbau", "mengimbau"),
        ("merubah", "mengubah"),
        ("mengkoordinir", "mengoordinasi"),
        ("standarisasi", "standardisasi"),
        ("Aktifitas", "Aktivitas"),
        ("kerjasama", "kerja sama"),
        ("dimana", "di mana"),
        ("Nopember", "November"),
        ("jum’at", "Jumat"),
    ],
)
def test_a_form_is_corrected(form, right):
    assert correct(form) == right


@every_case(
    "word",
    [
        *("risiko", "analisis", "meneliti", "survei", "perubahan", "menampakkan"),
        *("masalah", "kelapangan", "mempunyai", "memproses", "ketimbang", "mereka"),
        *("menandatangani", "pertanggungjawaban", "menindaklanjuti", "responden"),
        *("berubah", "templat", "piutang", "andal", "adapun", "walaupun", "objek"),
    ],
)
def test_a_sound_word_is_left_alone(word):
    assert correct(word) == ""


@every_case(
    ("words", "remedy"),
    [
        ("Rapat antar instansi dimulai.", "Tulis “antarinstansi”."),
        ("Warga tuna netra datang.", "Tulis “tunanetra”."),
        ("Berkas itu di kirim kemarin.", "Tulis “dikirim”."),
        ("Apa tolak ukur layanan?", "Tulis “tolok ukur”."),
        ("Pegawai non ASN hadir.", "Tulis “non-ASN”."),
        ("Rapat antar\ninstansi dimulai.", "Tulis “antarinstansi”."),
    ],
)
def test_a_phrase_is_corrected(words, remedy):
    assert told(words) == [remedy]


def test_a_capital_within_a_sentence_is_a_name():
    assert told("Menurut Syah, praktek itu baik.") == ["Tulis “praktik”."]
    assert told("Praktek itu baik.") == ["Tulis “Praktik”."]
    assert told("Ia berkata, “Praktek itu baik.”") == ["Tulis “Praktik”."]
    assert told("Bulan Nopember.") == ["Tulis “November”."]
    assert told("DETIL") == []


def test_other_peoples_words_keep_their_spelling():
    assert told("Praktek itu baik.", is_quoted=True) == []


def test_the_line_is_the_one_with_the_form():
    (problem,) = check(_Course("Baris satu.\nBaris dengan resiko."))
    assert (problem.file, problem.line) == ("a.md", 4)

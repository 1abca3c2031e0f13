"""The question types as authors choose between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizzes.questions import TYPES

_EXPLANATIONS: Mapping[str, str] = {
    "single_choice": "Satu kunci di antara beberapa pilihan. Cocok untuk hampir semua.",
    "multiple_response": "Beberapa pilihan benar, atau tidak ada sama sekali.",
    "true_false_set": "Beberapa pernyataan, masing-masing benar atau salah.",
    "matching": "Menjodohkan dua daftar, juga memilah ke dalam kotak.",
    "ordering": "Menyusun langkah menurut urutannya.",
    "gap_select": "Kalimat dengan celah; tiap celah dipilih dari daftar.",
    "numeric": "Menghitung dan mengetik angka, dengan toleransi.",
    "short_text": "Mengetik satu kata atau istilah.",
    "situational": "Memilih tindakan dalam sebuah situasi; tiap tindakan 0 sampai 5.",
    "mark_text": "Menandai bagian teks, misalnya tanda penipuan atau data pribadi.",
    "dialogue": "Percakapan bercabang; tiap tanggapan menentukan adegan berikutnya.",
}


@dataclass(frozen=True)
class OfferedType:
    """A question type: its name in addresses, its label and when to use it."""

    name: str
    label: str
    explanation: str


def offered_types() -> list[OfferedType]:
    """Return every type in the order in which authors are offered them."""
    return [
        OfferedType(name, TYPES[name].label, explanation)
        for name, explanation in _EXPLANATIONS.items()
    ]


def label_of(type_name: str) -> str:
    """Return what a type is called; its name where it is unknown."""
    question_type = TYPES.get(type_name)
    return question_type.label if question_type else type_name

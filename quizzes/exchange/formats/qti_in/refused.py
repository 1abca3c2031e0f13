"""What QTI can ask and this site cannot mark, by its name."""

from collections.abc import Mapping
from types import MappingProxyType

INTERACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "extendedTextInteraction": "uraian",
        "uploadInteraction": "unggah berkas",
        "drawingInteraction": "menggambar",
        "hotspotInteraction": "titik pada gambar",
        "graphicOrderInteraction": "mengurutkan di gambar",
        "graphicAssociateInteraction": "menghubungkan di gambar",
        "graphicGapMatchInteraction": "isian pada gambar",
        "selectPointInteraction": "menunjuk di gambar",
        "positionObjectInteraction": "menaruh benda di gambar",
        "gapMatchInteraction": "menyeret kata ke tempatnya",
        "associateInteraction": "memasangkan bebas",
        "sliderInteraction": "penggeser",
        "mediaInteraction": "media",
        "endAttemptInteraction": "petunjuk bertahap",
        "customInteraction": "interaksi khusus",
        "portableCustomInteraction": "interaksi khusus",
    }
)
CANVAS: Mapping[str, str] = MappingProxyType(
    {
        "essay_question": "uraian",
        "file_upload_question": "unggah berkas",
        "calculated_question": "rumus hitungan",
        "text_only_question": "teks tanpa pertanyaan",
        "fill_in_multiple_blanks_question": "beberapa isian ketik",
        "Essay": "uraian",
        "File Upload": "unggah berkas",
        "Hot Spot": "titik pada gambar",
        "Calculated": "rumus hitungan",
        "Opinion Scale": "skala pendapat",
        "Either/Or": "dua kata pilihan",
        "Quiz Bowl": "kuis lisan",
        "Jumbled Sentence": "kalimat acak",
        "Fill in the Blank Plus": "beberapa isian ketik",
    }
)


def refusal_of(name: str) -> str:
    """Return why a question of this kind is not taken."""
    return (
        f"Jenis soal “{name[:60]}” tidak dapat dinilai di sini. Ubah jenisnya di "
        "sistem asal, atau hapus dari paket."
    )

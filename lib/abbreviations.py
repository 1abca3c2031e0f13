"""Abbreviations of the civil service, and what each stands for."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# The long forms are those of the laws and agencies that coined them.
ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "AI": "artificial intelligence, kecerdasan artifisial",
        "APJII": "Asosiasi Penyelenggara Jasa Internet Indonesia",
        "ASN": "Aparatur Sipil Negara",
        "BKN": "Badan Kepegawaian Negara",
        "BPBD": "Badan Penanggulangan Bencana Daerah",
        "BPS": "Badan Pusat Statistik",
        "BSSN": "Badan Siber dan Sandi Negara",
        "BSrE": "Balai Besar Sertifikasi Elektronik",
        "CSIRT": "computer security incident response team, tim tanggap insiden siber",
        "JDIH": "Jaringan Dokumentasi dan Informasi Hukum",
        "JP": "jam pelajaran",
        "KTP": "Kartu Tanda Penduduk",
        "LAN": "Lembaga Administrasi Negara",
        "MFA": "multi-factor authentication, autentikasi multifaktor",
        "NIK": "Nomor Induk Kependudukan",
        "NIP": "Nomor Induk Pegawai",
        "OPD": "organisasi perangkat daerah",
        "OTP": "one-time password, kata sandi sekali pakai",
        "PANRB": "Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
        "PDP": "pelindungan data pribadi",
        "PNS": "Pegawai Negeri Sipil",
        "PPID": "Pejabat Pengelola Informasi dan Dokumentasi",
        "PPPK": "Pegawai Pemerintah dengan Perjanjian Kerja",
        "SIASN": "Sistem Informasi Aparatur Sipil Negara",
        "SKP": "Sasaran Kinerja Pegawai",
        "SPBE": "Sistem Pemerintahan Berbasis Elektronik",
        "TIK": "teknologi informasi dan komunikasi",
        "TTE": "tanda tangan elektronik",
        "UMKM": "usaha mikro, kecil, dan menengah",
        "WFH": "work from home, bekerja dari rumah",
        "WIB": "Waktu Indonesia Barat",
        "WIT": "Waktu Indonesia Timur",
        "WITA": "Waktu Indonesia Tengah",
    }
)
# A tag, the whole of an element whose words are left as they are, or an abbreviation.
_PIECE = re.compile(
    r"<(?P<left>a|abbr|code|pre|svg)\b.*?</(?P=left)>|<[^>]*>"
    rf"|(?<![\w.@/])(?P<short>{'|'.join(ABBREVIATIONS)})(?![\w@/])",
    re.DOTALL,
)


# Lessons are the same for everybody; some 6 KB each.
@lru_cache(maxsize=1_024)
def explain_abbreviations(html: str) -> str:
    """Mark every abbreviation where it first stands in a piece of HTML.

    The words stay the same. Links, code and drawings are left alone; `html` must be
    sanitised, so that a tag is a tag.
    """
    seen: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        short = found["short"]
        if not short or short in seen:
            return found[0]
        seen.add(short)
        return f'<abbr title="{ABBREVIATIONS[short]}">{short}</abbr>'

    return _PIECE.sub(mark, html)

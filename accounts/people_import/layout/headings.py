"""What offices call the columns of their sheets of people.

A heading is compared as a set of words, so that `Kode Unit Kerja` and `Unit Kerja` over
`Kode` are one. Names are those of the site's own downloads, of SIASN's data and exports
(DOMAIN §2.1), of SIMPEG and of e-Formasi. The first of a column is the surest: where
two columns of a sheet may be the same one, the surer counts.
"""

import re
from collections.abc import Mapping

from accounts.people_import.columns import COLUMNS

_NAMES: Mapping[str, str] = {
    "nip": "nip baru; nip ni pppk; nip nippppk; nip nipppk; nip pegawai; no nip; "
    "nomor nip; ni pppk; nipppk; nomor induk pegawai; nip pemangku",
    "nama": "nama pegawai; nama lengkap; nama pns; nama asn; nama lengkap pegawai; "
    "nama tanpa gelar; nama pemangku; nama pemangku jabatan",
    "gelar_depan": "gelar di depan",
    "gelar_belakang": "gelar di belakang",
    "jenis_kelamin": "l p; jk; lp; kelamin; gender; sex; jenis kelamin l p; "
    "jk l p; jenis kelamin nama",
    "status_kepegawaian": "status cpns pns; status pegawai; status asn; "
    "status cpns pns pppk; status pns cpns pppk; status pns pppk; jenis kepegawaian; "
    "status pegawai nama; jenis asn; jenis pegawai; jenis pegawai nama; status",
    "golongan": "gol akhir nama; gol ruang akhir; golongan ruang akhir; "
    "golongan ruang; gol ruang; pangkat golongan ruang; pangkat gol ruang; "
    "pangkat golongan; pangkat gol; golongan pangkat; gol; golongan akhir; "
    "golongan terakhir; pangkat golongan terakhir; gol ruang akhir nama; pangkat",
    "jenis_jabatan": "jenis jabatan nama; jns jabatan; kelompok jabatan",
    "jabatan": "nama jabatan; jabatan terakhir; jabatan sekarang; jabatan saat ini",
    "jenjang": "jenjang jabatan; jenjang jf; jenjang jabatan fungsional; "
    "jenjang fungsional",
    "eselon": "eselon nama; esl; eselon jabatan; eselonering",
    "unit_kode": "kode unit kerja; unor id; kode unor; id unit kerja; id unit; "
    "kode unit organisasi; kode satker; kode satuan kerja; kode opd; kode skpd; "
    "kode perangkat daerah",
    "unit_nama": "unit kerja; nama unit kerja; unor nama; unor; unit organisasi; "
    "nama unit organisasi; satuan kerja; nama satuan kerja; satker; nama satker; unit; "
    "perangkat daerah; nama perangkat daerah; opd; nama opd; skpd; nama skpd",
    "instansi": "nama instansi; instansi kerja nama; instansi kerja; "
    "instansi induk nama; instansi induk; pemerintah daerah",
    "tmt_jabatan": "tmt jab; tanggal tmt jabatan; tmt jabatan terakhir",
    "email_dinas": "surel dinas; email kantor; email instansi; email; surel; "
    "alamat email; alamat surel; email gov",
    "aktif": "status aktif; kedudukan hukum nama; kedudukan hukum; "
    "kedudukan pns nama; kedudukan pns; kedudukan pegawai; status keaktifan; keaktifan",
    "unit_induk_kode": "kode unit atasan; unor induk id; kode unor induk; "
    "id unor induk; kode unit kerja induk; kode unor atasan; induk unor id",
    "zona_waktu": "zona",
    "alasan_beda_status": "",
    "nip_lama": "nip sebelumnya; nip asal",
}
# How words are cut short.
_WHOLE_WORDS = {
    "gol": "golongan",
    "jab": "jabatan",
    "jns": "jenis",
    "kel": "kelamin",
    "mail": "email",
    "nm": "nama",
    "peg": "pegawai",
    "tgl": "tanggal",
    "stat": "status",
    "kd": "kode",
    "golru": "golongan ruang",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^()]*\)")
Key = frozenset[str]


def key_of(heading: str) -> Key:
    """Return the words of a heading: `Kode Unit *`, `unit_kode` and `unitKode` alike.

    A cut of letters between small and capital ones is one of words (`nipBaru`).
    """
    spread = _CAMEL.sub(" ", heading).lower().replace("e-mail", "email")
    words = re.sub(r"[^a-z0-9]+", " ", spread).split()
    return frozenset(" ".join(_WHOLE_WORDS.get(word, word) for word in words).split())


def _table() -> dict[Key, tuple[str, int]]:
    table: dict[Key, tuple[str, int]] = {}
    for column in COLUMNS:
        others = [name for name in _NAMES[column.title].split("; ") if name]
        for rank, name in enumerate((column.title, column.label, *others)):
            # What the file format itself says comes first, also for another column.
            table.setdefault(key_of(name), (column.title, rank))
    return table


_COLUMNS = _table()


def column_of(heading: str) -> tuple[str, int] | None:
    """Return which column a heading names, and how sure that is (0 is surest)."""
    found = _COLUMNS.get(key_of(heading))
    if found is None and "(" in heading:
        return _COLUMNS.get(key_of(_ASIDE.sub(" ", heading)))
    return found

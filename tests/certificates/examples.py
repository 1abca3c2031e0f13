"""Certificates to draw in tests: fictitious people, agencies and numbers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from certificates.rendering import (
    CertificateData,
    IssuerBlock,
    ModuleLine,
    SignerBlock,
)

PLAIN = CertificateData(
    number="12/800.2.4/BKPSDM/XI/2026",
    code="7KQ4M-2XD9R",
    verify_url="https://melek.contoh.example/verifikasi/7KQ4M-2XD9R/",
    issuer=IssuerBlock(
        agency_name="Pemerintah Kabupaten Contoh",
        body_name="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        product_name="Melek ASN",
    ),
    name="Sari Percobaan, S.Sos.",
    id_label="NIP",
    id_number="199001172015042907",
    jabatan="Administrator Database Kependudukan Ahli Muda",
    unit_name="Dinas Kependudukan dan Pencatatan Sipil",
    agency="Pemerintah Kabupaten Contoh",
    course_title="Pola Pikir Digital untuk Pelayanan Publik",
    course_code="K1",
    course_version="3",
    jp=4,
    started_on=date(2026, 11, 3),
    completed_on=date(2026, 11, 21),
    predikat="Memuaskan",
    score=None,
    place="Contoh",
    issued_on=date(2026, 11, 21),
    signer=SignerBlock(
        title="Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        name="Drs. Budi Contoh, M.Si.",
        rank="Pembina Utama Muda",
        nip="197005181995031902",
    ),
    modules=(
        ModuleLine("Pre-test", 10),
        ModuleLine("Bukan soal banyaknya aplikasi", 70),
        ModuleLine("Membaca alur layanan dari kursi warga", 80),
        ModuleLine("Post-test", 20),
    ),
    objectives=(
        "Menjelaskan perbedaan antara memakai aplikasi dan berpikir digital.",
        "Menyusun satu perbaikan kecil yang dapat dicoba dalam satu minggu.",
    ),
)

CROWDED = replace(
    PLAIN,
    number="1284/800.2.4.1/BKPSDM-PPSDM/XII/2026",
    verify_url="https://pembelajaran-digital.bkpsdm.penukalabablematangilirkab.example"
    "/verifikasi/7KQ4M-2XD9R/",
    issuer=IssuerBlock(
        agency_name="Pemerintah Daerah Kabupaten Penukal Abab Lematang Ilir Provinsi "
        "Sumatera Selatan",
        body_name="Unit Pelaksana Teknis Pengembangan Kompetensi Badan Kepegawaian "
        "dan Pengembangan Sumber Daya Manusia",
        product_name="Melek ASN Penukal Abab Lematang Ilir",
    ),
    name="Prof. Dr. Ir. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Wulandari "
    "Prameswari Contoh, S.Sos., M.Si., M.Kom., CHRP",
    id_label="NI PPPK",
    jabatan="Analis Pengembangan Kompetensi Aparatur Sipil Negara Ahli Madya",
    unit_name="Subbagian Perencanaan, Evaluasi, dan Pelaporan Sekretariat Badan "
    "Kepegawaian dan Pengembangan Sumber Daya Manusia",
    agency="Pemerintah Daerah Kabupaten Penukal Abab Lematang Ilir Provinsi Sumatera "
    "Selatan",
    course_title="Kolaborasi Lintas Unit dan Lintas Instansi untuk Layanan Publik "
    "Daring yang Dipakai Warga",
    jp=24,
    started_on=date(2026, 10, 28),
    completed_on=date(2027, 1, 3),
    predikat="Sangat Memuaskan",
    score=Decimal("87.50"),
    issued_on=date(2027, 1, 3),
    signer=SignerBlock(
        title="Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten "
        "Penukal Abab Lematang Ilir selaku Penanggung Jawab Pelatihan",
        name="Dr. Drs. H. Muhammad Fachruddin Syamsul Bahri Contoh, S.H., M.Si., M.H.",
        rank="Pembina Utama Madya",
        nip="197005181995031902",
    ),
    modules=tuple(
        ModuleLine(
            f"Modul {number}: judul materi yang panjang sekali sampai melampaui satu "
            "baris pada tabel daftar materi",
            90,
        )
        for number in range(1, 13)
    ),
    objectives=(
        "Menjelaskan dan menerapkan prinsip kolaborasi lintas unit dengan memakai data "
        "bersama yang mutakhir, akurat, dan dapat dibagipakaikan.",
    )
    * 6,
)


def certificate_data(**over: Any) -> CertificateData:
    """The plain certificate with some fields replaced."""
    return replace(PLAIN, **over)


def with_issuer(**over: Any) -> CertificateData:
    return certificate_data(issuer=replace(PLAIN.issuer, **over))

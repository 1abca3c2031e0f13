"""People. The account's key is internal; the NIP is an attribute with a history."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import IndonesianZone, Unit
from accounts.nip import LENGTH as NIP_LENGTH
from accounts.nip import format_nip, normalise_nip
from accounts.querysets import UserQuerySet
from lib.facts import Fact


class IdentityKind(models.TextChoices):
    """What kind of number a person signs in with (DOMAIN §1.1)."""

    NIP = "NIP", "NIP"
    NI_PPPK = "NI_PPPK", "NI PPPK"
    NRP = "NRP", "NRP"
    INTERNAL = "INTERNAL", _("Nomor internal")


class EmploymentStatus(models.TextChoices):
    """Employment status as HR writes it (DOMAIN §2.5)."""

    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"
    PPPK_PART_TIME = "PPPK Paruh Waktu", "PPPK Paruh Waktu"
    NON_ASN = "Non-ASN", "Non-ASN"
    SECONDED = "TNI/Polri", "TNI/Polri"


class Gender(models.TextChoices):
    """Kept for statistics only; may be empty."""

    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Salutation(models.TextChoices):
    """How the person wants to be greeted; the full name when nothing is chosen."""

    IBU = "Bu", "Bu"
    BAPAK = "Pak", "Pak"


class JabatanKind(models.TextChoices):
    """Kinds of jabatan under UU 20/2023 as the screens name them (DOMAIN §2.3)."""

    JPT_UTAMA = "JPT Utama", "JPT Utama"
    JPT_MADYA = "JPT Madya", "JPT Madya"
    JPT_PRATAMA = "JPT Pratama", "JPT Pratama"
    ADMINISTRATOR = "Administrator", "Administrator"
    PENGAWAS = "Pengawas", "Pengawas"
    PELAKSANA = "Pelaksana", "Pelaksana"
    EXPERT = "Fungsional Keahlian", "Fungsional Keahlian"
    SKILLED = "Fungsional Keterampilan", "Fungsional Keterampilan"


class UserManager(BaseUserManager["User"]):
    """Finds people by the number they sign in with."""

    def get_queryset(self) -> UserQuerySet:
        """Return people with the room's named filters."""
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: Any, capability: str) -> UserQuerySet:
        """Return the people about whom `user` holds `capability`."""
        return self.get_queryset().visible_to(user, capability)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person whose NIP is `username`, spaces and dots ignored."""
        person: User = self.get(nip=normalise_nip(username or ""))
        return person


class User(AbstractBaseUser):
    """A person who signs in.

    `nip` is today's number; older ones stand in `PersonIdentifier`. `unit` is a
    derivation of the latest `UnitMembership`, `has_role` of `RoleAssignment`.
    Recomputable: see `manage.py verify_derived`.

    Personal data: name, degrees, NIP (which holds birth date and sex), e-mail,
    job; kept under the legal duty to record competence development; erased by
    `accounts.actions.people.anonymise_person`, which leaves the learning record.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identity_kind = models.CharField(
        _("jenis nomor"),
        max_length=8,
        choices=IdentityKind,
        default=IdentityKind.NIP,
    )
    nip = models.CharField("NIP", max_length=32, unique=True, null=True)  # noqa: DJ001
    email = models.EmailField(_("surel dinas"), null=True, blank=True)  # noqa: DJ001
    name = models.CharField(_("nama"), max_length=150)
    title_prefix = models.CharField(_("gelar depan"), max_length=50, blank=True)
    title_suffix = models.CharField(_("gelar belakang"), max_length=80, blank=True)
    salutation = models.CharField(
        _("sapaan"), max_length=4, choices=Salutation, blank=True
    )
    gender = models.CharField(
        _("jenis kelamin"), max_length=1, choices=Gender, blank=True
    )
    employment_status = models.CharField(
        _("status kepegawaian"), max_length=20, choices=EmploymentStatus, blank=True
    )
    golongan = models.CharField(_("golongan"), max_length=8, blank=True)
    jabatan_kind = models.CharField(
        _("jenis jabatan"), max_length=32, choices=JabatanKind, blank=True
    )
    jabatan = models.CharField(_("jabatan"), max_length=200, blank=True)
    jenjang = models.CharField(_("jenjang"), max_length=32, blank=True)
    eselon = models.CharField(_("eselon"), max_length=8, blank=True)
    agency_name = models.CharField(_("instansi"), max_length=200, blank=True)
    jabatan_starts_on = models.DateField(_("TMT jabatan"), null=True, blank=True)
    status_starts_on = models.DateField(_("TMT status"), null=True, blank=True)
    time_zone = models.CharField(
        _("zona waktu"),
        max_length=32,
        choices=IndonesianZone,
        default=IndonesianZone.WIB,
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people"
    )
    has_role = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Any] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_belongs_to_one_person"
            ),
        ]
        indexes = [models.Index(fields=["unit", "name"])]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Normalise this row's own number; other rules live in the import."""
        super().clean()
        self.nip = normalise_nip(self.nip) if self.nip else None

    @property
    def full_name(self) -> str:
        """Name with degrees exactly as given: `gelar_depan nama, gelar_belakang`."""
        name = f"{self.title_prefix} {self.name}".strip()
        return f"{name}, {self.title_suffix}" if self.title_suffix else name

    @property
    def greeting_name(self) -> str:
        """`Bu Maria` when the person chose a salutation, otherwise the full name."""
        if not self.salutation:
            return self.name
        return f"{self.salutation}\N{NO-BREAK SPACE}{self.name.split()[0]}"

    @property
    def shown_nip(self) -> str:
        """The number in the groups people write it in; for the owner's own screens."""
        number = self.nip or ""
        return format_nip(number) if len(number) == NIP_LENGTH else number

    @property
    def initials(self) -> str:
        """Up to two letters for the petal in the top bar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class PersonIdentifier(Fact):
    """Fact: from `starts_on` the person carried this number. Never reused (BKN).

    Personal data: NIP / NI PPPK; needed to recognise a person whose number
    changed; removed when the person is anonymised.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=IdentityKind)
    value = models.CharField(max_length=32, unique=True)
    starts_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

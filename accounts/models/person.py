"""People. The account's key is internal; the NIP is an attribute with a history."""

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Substr
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import IndonesianZone, Unit
from accounts.nip import normalise_nip
from accounts.querysets import UserQuerySet
from lib.facts import Fact, FactQuerySet
from lib.fields import FoldedField, with_folded


class IdentityKind(models.TextChoices):
    """What kind of number a person has (DOMAIN §1.1).

    `OLD_NIP` is the one of nine digits before 2009: part of the history, never the
    number of an account.
    """

    NIP = "NIP", "NIP"
    NI_PPPK = "NI_PPPK", "NI PPPK"
    OLD_NIP = "NIP_LAMA", _("NIP lama")
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
    derivation of the latest `UnitMembership`, `has_role` of `RoleAssignment`,
    `name_key` of `name`: people are found and sorted by it. Recomputable: see
    `manage.py verify_derived`.

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
    name_key = FoldedField(source="name")
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
    # Sessions of an earlier turn have ended, whatever else is true of them.
    session_turn = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Since when she wants her data to rest; None while they do not.
    restricted_at = models.DateTimeField(null=True, blank=True, editable=False)
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
        indexes = [
            models.Index(fields=["unit", "name_key"], name="user_by_unit_and_name_key"),
            models.Index(fields=["name_key"], name="user_by_name_key"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key of the name beside the name."""
        kwargs["update_fields"] = with_folded(User, kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Normalise this row's own number; other rules live in the import."""
        super().clean()
        self.nip = normalise_nip(self.nip) if self.nip else None

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold: of this password, and of this turn."""
        return self._of_this_turn(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield what sessions hold that began under a former secret key."""
        for known in super().get_session_auth_fallback_hash():
            yield self._of_this_turn(known)

    def _of_this_turn(self, known: str) -> str:
        return f"{known}.{self.session_turn}" if self.session_turn else known

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
    def initials(self) -> str:
        """Up to two letters for the petal in the top bar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class IdentifierQuerySet(FactQuerySet):
    """Numbers of people."""

    def standing(self) -> Self:
        """Keep the numbers of which nobody has said that they were noted wrongly."""
        return self.filter(correction__isnull=True)


class PersonIdentifier(Fact):
    """Fact: from `starts_on` the person carried this number. Never reused (BKN).

    A number that was noted wrongly stays, with its `NumberCorrection`; whoever it
    belongs to may have it then, in the next `turn`. So each number stands for one
    person at most: the highest turn of it is the one that may stand.

    Personal data: NIP / NI PPPK; needed to recognise a person whose number
    changed; removed when the person is anonymised.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=IdentityKind)
    value = models.CharField(max_length=32)
    turn = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()

    objects: ClassVar[Any] = models.Manager.from_queryset(IdentifierQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "turn"], name="number_belongs_to_one_person"
            )
        ]
        # Who was born on a day, as the number says.
        indexes = [models.Index(Substr("value", 1, 8), name="identifier_by_birth")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class NumberCorrection(Fact):
    """Fact: `identifier` was noted wrongly; `by` said so, with a reason.

    `right` is the number that she has instead, where there is one: the next that was
    noted for her, or one that she carried before.

    Personal data: who was known under a wrong number, and why; needed to find her by
    it; removed when the person is anonymised.
    """

    identifier = models.OneToOneField(
        PersonIdentifier, models.PROTECT, related_name="correction"
    )
    right = models.ForeignKey(
        PersonIdentifier, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="number_corrected_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"number #{self.identifier_id} was wrong"

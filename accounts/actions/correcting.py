"""Saying that a number was noted for the wrong person, or with a slip."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import audit, numbers
from accounts.actions.people import check_nip_is_usable, kind_of_former
from accounts.exceptions import NumberNotCorrected, PersonNotAccepted
from accounts.models import NumberCorrection, PersonIdentifier, User
from accounts.nip import OLD_LENGTH, normalise_nip
from lib.transactions import atomic_with_retry


@atomic_with_retry
def correct_number(
    *,
    person_id: int,
    wrong: str,
    right: str,
    reason: str,
    by: User | None,
    now: datetime,
) -> NumberCorrection:
    """Note that the person never carried `wrong`, and carries or carried `right`.

    `right` may be one of hers already: then that one holds again. It may stay empty
    where `wrong` is not the number she signs in with. Both stay findable, and `wrong`
    is free for whoever it belongs to. Certificates are not touched. A second call
    finds it done. Raises NumberNotCorrected without a reason, for the same number and
    for one that is not hers, and PersonNotAccepted for one that cannot be a NIP or is
    somebody else's. Locks the person.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    wrong, right = normalise_nip(wrong), normalise_nip(right)
    if done := _done(person, wrong, right):
        return done
    _check(wrong, right, reason)
    identifier = _standing(person, wrong)
    if identifier is None:
        raise NumberNotCorrected(
            "not_hers",
            _("Nomor ini tidak tercatat untuk pegawai itu. Periksa kembali nomornya."),
        )
    instead = _instead(person, identifier, right, now=now)
    if person.nip == wrong and instead:
        person.nip, person.identity_kind = instead.value, instead.kind
        person.save(update_fields=["nip", "identity_kind"])
    correction: NumberCorrection = NumberCorrection.objects.create(
        identifier=identifier,
        right=instead,
        reason=reason.strip(),
        by=by,
        corrected_at=now,
    )
    audit.record(
        "accounts.person.number_corrected",
        person,
        by=by,
        now=now,
        correction=correction.pk,
    )
    return correction


def _done(person: User, wrong: str, right: str) -> NumberCorrection | None:
    """Return the correction where it has been said already."""
    if _standing(person, wrong):
        return None
    said = NumberCorrection.objects.filter(
        identifier__person=person, identifier__value=wrong
    )
    same = said.filter(right__value=right) if right else said.filter(right=None)
    found: NumberCorrection | None = same.order_by("-pk").first()
    return found


def _check(wrong: str, right: str, reason: str) -> None:
    if not reason.strip():
        raise NumberNotCorrected("no_reason", _("Alasan masih kosong. Tulis dasarnya."))
    if wrong == right:
        raise NumberNotCorrected("same", _("Kedua nomor sama. Tulis yang benar."))


def _standing(person: User, value: str) -> PersonIdentifier | None:
    rows = PersonIdentifier.objects.standing().filter(person=person, value=value)
    found: PersonIdentifier | None = rows.first()
    return found


def _instead(
    person: User, wrong: PersonIdentifier, right: str, *, now: datetime
) -> PersonIdentifier | None:
    """Return the number that is hers instead, noted where it is new."""
    is_current = person.nip == wrong.value
    if not right:
        if is_current:
            raise NumberNotCorrected(
                "right_missing",
                _("Ini nomor untuk masuk, jadi nomor yang benar harus diisi."),
            )
        return None
    if is_current or len(right) != OLD_LENGTH:
        right, kind = check_nip_is_usable(right, status="", today=now.date())
    else:
        kind = kind_of_former(right)
    if hers := _standing(person, right):
        return hers
    if numbers.is_taken(right):
        raise PersonNotAccepted(
            "NIP_GANDA",
            _("Nomor yang benar tercatat untuk akun lain. Periksa kembali nomornya."),
        )
    return numbers.note_numbers([(person.pk, kind, right, wrong.starts_on)])[0]

"""HR looks after people by hand: finds, adds, changes, moves, lets in or out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import access
from accounts.actions import by_hand
from accounts.by_hand import forms, list_page
from accounts.by_hand.agency_link import agency_link_of
from accounts.by_hand.roles_page import held_roles
from accounts.by_hand.units import units_to_fill, units_to_govern
from accounts.fetching import get_managed_person, get_role_for
from accounts.models import User
from accounts.people_import.stored import CAPABILITY
from accounts.role_rules import MANAGE_ROLES
from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from lib.kept_search import keep_words, kept_words
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_GET
@requires(CAPABILITY)
def people_list(request: SignedInRequest) -> HttpResponse:
    """Show the people of the user's units, or those whom the words find."""
    words = kept_words(request, list_page.SEARCH_KEY)
    page = list_page.people_list(request.user, request.GET, words=words)
    context = {
        "page": page,
        "statuses": list_page.ACCOUNT_STATUSES,
        "may_manage_units": access.holds(request.user, "accounts.manage_units"),
    }
    return render(request, "accounts/people_list.html", context)


@require_POST
@requires(CAPABILITY)
def people_search(request: SignedInRequest) -> HttpResponse:
    """Keep the words in the session and show whom they find."""
    return keep_words(request, list_page.SEARCH_KEY, reverse("accounts:people_list"))


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_add(request: SignedInRequest) -> HttpResponse:
    """Take somebody in."""
    form = forms.NewPersonForm(
        request.POST or None,
        initial={"starts_on": timezone.localdate()},
        units=units_to_fill(request.user),
    )
    if form.is_valid():
        said = form.cleaned_data
        person = _done(
            form,
            by_hand.add_person,
            content=form.content(nip=said["nip"]),
            unit_id=said["unit"].pk,
            starts_on=said["starts_on"],
            is_somebody_else=said["is_somebody_else"],
            by=request.user,
            now=timezone.now(),
        )
        if person is not None:
            messages.success(request, _added(person))
            return _to(person)
    return render(request, "accounts/person_add.html", {"form": form})


def _added(person: User) -> str:
    if person.email:
        return _(
            "Pegawai ditambahkan. Kirim tautan kata sandi ke surel dinasnya, supaya ia "
            "dapat masuk."
        )
    return _(
        "Pegawai ditambahkan. Ia belum dapat membuat kata sandi: surel dinasnya belum "
        "diisi."
    )


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_edit(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Change what is said of a person."""
    person = _shown(request, person_key, page="edit")
    seen = by_hand.details_seen(person)
    form = forms.DetailsForm(
        request.POST or None, initial=forms.initial_of(person, seen=seen)
    )
    if form.is_valid():
        changed = _done(
            form,
            by_hand.change_details,
            person_id=person.pk,
            content=form.content(),
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
        if changed is not None:
            said = _("Data tersimpan.") if changed else _("Tidak ada yang berubah.")
            messages.success(request, said)
            return _to(person)
    context = {"form": form, "person": person}
    return render(request, "accounts/person_edit.html", context)


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_move(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Let a person belong to another unit from a day on."""
    person = _shown(request, person_key, page="move")
    form = forms.MoveForm(
        request.POST or None,
        initial={"starts_on": timezone.localdate()},
        units=units_to_fill(request.user),
    )
    if form.is_valid():
        moved = _done(
            form,
            by_hand.transfer_person,
            person_id=person.pk,
            unit_id=form.cleaned_data["unit"].pk,
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
            now=timezone.now(),
        )
        if moved is not None:
            messages.success(request, _("Perpindahan tercatat."))
            return _to(person)
    context = {"form": form, "person": person}
    return render(request, "accounts/person_move.html", context)


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_switch(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Say what it means that a person may not sign in, or may again; then do it."""
    person = _shown(request, person_key, page="switch")
    if request.method == "POST":
        is_active = request.POST.get("aktif") == "ya"
        try:
            by_hand.switch_person(
                person_id=person.pk,
                is_active=is_active,
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            messages.success(request, _switched(is_active=is_active))
        return _to(person)
    return render(request, "accounts/person_switch.html", {"person": person})


def _switched(*, is_active: bool) -> str:
    if is_active:
        return _("Akun aktif lagi. Ia dapat masuk dengan kata sandinya yang lama.")
    return _("Akun dinonaktifkan, dan ia sudah dikeluarkan dari semua perangkat.")


@require_POST
@requires(CAPABILITY)
def person_invite(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Send a person the link by which she makes her first password."""
    person = get_managed_person(request.user, person_key)
    try:
        is_new = by_hand.note_invitation(
            person_id=person.pk, by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return _to(person)
    # allauth's own way: whoever holds the mailbox makes the password, nobody else.
    link = ResetPasswordForm({"email": person.email})
    if is_new and link.is_valid():
        link.save(request)
    messages.success(request, _("Tautan kata sandi dikirim ke surel dinasnya."))
    return _to(person)


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_number(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Let a person carry another NIP from a day on."""
    person = _shown(request, person_key, page="number")
    form = forms.NewNumberForm(
        request.POST or None, initial={"starts_on": timezone.localdate()}
    )
    if form.is_valid():
        changed = _done(
            form,
            by_hand.renumber_person,
            person_id=person.pk,
            **form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
        if changed is not None:
            messages.success(request, _("NIP berganti. Nomor lama tetap dapat dicari."))
            return _to(person)
    context = {"form": form, "person": person}
    return render(request, "accounts/person_number.html", context)


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def person_unlink(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Show which account of the agency a person is linked to, and undo it."""
    person = _shown(request, person_key, page="agency_link")
    link = agency_link_of(person)
    form = forms.UnlinkForm(request.POST or None)
    if link and form.is_valid():
        gone = _done(
            form,
            by_hand.unlink_agency_account,
            person_id=person.pk,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        if gone is not None:
            is_told = get_adapter(request).tell_of_unlinking(person)
            messages.success(request, _unlinked(is_told=is_told))
            return _to(person)
    context = {"form": form, "person": person, "link": link}
    return render(request, "accounts/person_unlink.html", context)


def _unlinked(*, is_told: bool) -> str:
    if is_told:
        return _("Tautan dilepas. Ia diberi tahu lewat surel dinasnya.")
    return _("Tautan dilepas. Surelnya belum ada atau gagal dikirim: beri tahu ia.")


@require_http_methods(["GET", "POST"])
@requires(MANAGE_ROLES)
def person_roles(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Show a person's roles, and give her one."""
    person = _shown(request, person_key, page="roles")
    form = forms.RoleForm(request.POST or None, units=units_to_govern(request.user))
    now = timezone.now()
    if form.is_valid():
        said = form.cleaned_data
        given = _done(
            form,
            by_hand.give_role,
            person_id=person.pk,
            unit_id=said["unit"].pk,
            role=said["role"],
            ends_on=said["ends_on"],
            reason=said["reason"],
            by=request.user,
            now=now,
        )
        if given is not None:
            messages.success(request, _("Peran diberikan, dan berlaku sekarang juga."))
            return redirect("accounts:person_roles", person.key)
    context = {
        "form": form,
        "person": person,
        "rows": held_roles(request.user, person, now=now),
    }
    return render(request, "accounts/person_roles.html", context)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_ROLES)
def role_take(request: SignedInRequest, person_key: UUID, role_id: int) -> HttpResponse:
    """Say what ends with a role, then take it."""
    person = _shown(request, person_key, page="roles")
    assignment = get_role_for(request.user, role_id, person=person)
    if request.method == "POST":
        try:
            by_hand.take_role(
                assignment_id=assignment.pk, by=request.user, now=timezone.now()
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            messages.success(request, _("Peran diambil kembali."))
        # Whoever took her own last role may not see the page of roles any more.
        return redirect("home" if person == request.user else _roles_of(person))
    context = {"person": person, "assignment": assignment}
    return render(request, "accounts/role_take.html", context)


def _shown(request: SignedInRequest, person_key: UUID, *, page: str) -> User:
    """Return a person whose data the page is about to show; that is on the trail."""
    person = get_managed_person(request.user, person_key)
    if request.method == "GET":
        note_view(person, page=page, by=request.user, now=timezone.now())
    return person


def _roles_of(person: User) -> str:
    return reverse("accounts:person_roles", args=[person.key])


def _done(form: Any, verb: Callable[..., Any], **said: Any) -> Any:
    """Do what the form says; None where it was refused, which the form then tells."""
    try:
        return verb(**said)
    except ActionRefused as refusal:
        form.add_error(None, refusal.message)
        return None


def _to(person: User) -> HttpResponse:
    return redirect("reports:person_detail", person.key)

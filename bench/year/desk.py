"""What the desk for certificates does: one person asks, another one decides."""

from bench.year.office import reader
from bench.year.world import World
from certificates import correcting
from certificates.models import Certificate, Correction


def ask_for_correction(world: World) -> None:
    """Ask that somebody's certificate be replaced, or, rarely, revoked."""
    pks = list(
        Certificate.objects.current().order_by("sequence").values_list("pk", flat=True)
    )
    if not pks:
        return
    pk = world.chance.choice(pks)
    kind = "revoke" if world.happens(0.2) else "replace"
    world.do(
        f"certificate {Certificate.objects.get(pk=pk).number} {kind}",
        correcting.ask_correction,
        certificate_id=pk,
        kind=kind,
        reason="mistake" if kind == "revoke" else "",
        note="Nama unit keliru",
        by=reader(world, "admin4"),
        now=world.now,
    )


def decide_correction(world: World) -> None:
    """Decide what was asked: by somebody else, or, in vain, by the same person."""
    waiting = Correction.objects.filter(decision="").order_by("pk")
    correction = waiting.first()
    if correction is None:
        return
    verb = correcting.confirm_correction
    if world.happens(0.2):
        verb = correcting.decline_correction
    world.do(
        f"certificate {correction.certificate.number}",
        verb,
        correction_id=correction.pk,
        by=reader(world, "admin4" if world.happens(0.1) else "admin5"),
        now=world.now,
    )

"""All listings, by key and by the name in their address."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import holds
from reports.listings.certificates import CERTIFICATES
from reports.listings.deadlines import DEADLINES
from reports.listings.definition import Listing
from reports.listings.evaluations import EVALUATIONS
from reports.listings.jp import JP_PEOPLE, JP_UNITS
from reports.listings.scores import SCORES

LISTINGS: Mapping[str, Listing] = {
    listing.key: listing
    for listing in (
        *(JP_PEOPLE, JP_UNITS, DEADLINES, SCORES, CERTIFICATES),
        EVALUATIONS,
    )
}
_BY_SLUG = {listing.slug: listing for listing in LISTINGS.values()}


def listing_for(user: Any, slug: str) -> Listing:
    """Return the listing of an address; 404 for none, 403 where it is not hers."""
    listing = _BY_SLUG.get(slug)
    if listing is None:
        raise Http404
    if not holds(user, listing.capability):
        raise PermissionDenied
    return listing


def listings_of(user: Any) -> list[Listing]:
    """Return the listings that the person may open."""
    return [one for one in LISTINGS.values() if holds(user, one.capability)]

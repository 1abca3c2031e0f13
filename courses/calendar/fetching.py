"""Whose feed is it?"""

from accounts.models import User
from courses.models import CalendarFeed


def feed_of(person: User) -> CalendarFeed | None:
    """Return her feed, if she wants one."""
    return CalendarFeed.objects.filter(person=person).first()


def owner_of_feed(token: str) -> User | None:
    """Return whose secret address it is, with her unit; nobody who has left."""
    feeds = CalendarFeed.objects.filter(token=token, person__is_active=True)
    feed = feeds.select_related("person__unit").first()
    return feed.person if feed else None

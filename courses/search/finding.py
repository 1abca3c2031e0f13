"""What a search finds for one person, best first; the same on every database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Sum,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from accounts.models import User
from courses.models import (
    Course,
    Enrollment,
    SearchPlace,
    SearchPosting,
    SearchStem,
    SearchWord,
)
from courses.search.marking import Marker
from courses.search.rows import FoundRow, found_rows
from courses.search.stems import stems_of
from courses.search.words import Term, asked_for, written

FOUND_PER_PAGE = 10
LONGEST_QUERY = 80
# How much a word tells that stands as it was asked for, in another form, or nearly so.
EXACT, FORM, NEAR = 4, 2, 1
# From so many letters on a word may begin with what was asked, or be mistyped.
_BEGINNING, _MISTYPED, _MISTYPED_TWICE = 4, 5, 9
_MOST_NEAR = 4


@dataclass(frozen=True)
class SearchPage:
    """What the page shows.

    `unknown` are words that stand nowhere, `taken_as` what was read for mistyped ones;
    `is_partial`: nothing holds everything asked for, so these hold some of it.
    """

    query: str
    rows: list[FoundRow]
    count: int
    paginator: Page[Any] | None
    unknown: list[str]
    taken_as: list[str]
    is_partial: bool


@dataclass(frozen=True)
class _Words:
    """The stored words that answer a term, by how well they do, and how it was read."""

    term: Term
    exact: frozenset[int] = frozenset()
    forms: frozenset[int] = frozenset()
    near: frozenset[int] = frozenset()
    near_words: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[int]:
        return self.exact | self.forms | self.near


def search_page(user: User, query: str, *, number: str | None) -> SearchPage:
    """Return a page of what is found in published courses that she may see.

    Everything asked for has to stand in a course's description, or in a lesson. Where
    that is nowhere, what holds any of it is shown. Words that stand nowhere count
    only if there are no others.
    """
    query = query.strip()[:LONGEST_QUERY]
    asked = _stored(asked_for(query))
    known = [words for words in asked if words.ids]
    unknown = [written(words.term) for words in asked if not words.ids]
    if not known:
        return SearchPage(query, [], 0, None, unknown, [], is_partial=False)
    found = _told_by_place(user, known)
    whole = [one for one in found if one.held == len(known)]
    ranked = sorted(whole or found, key=_Told.rank)
    page = Paginator(ranked, FOUND_PER_PAGE).get_page(number)
    read = [_as_read(words) for words in known]
    rows = found_rows(
        _places([one.place_id for one in page.object_list]),
        words=frozenset().union(*(words.ids for words in known)),
        marker=Marker(read),
        shown_query=" ".join(map(written, read)),
        user=user,
    )
    return SearchPage(
        query=query,
        rows=rows,
        count=len(ranked),
        paginator=page,
        unknown=unknown,
        taken_as=[word for words in known for word in words.near_words],
        is_partial=bool(found) and not whole,
    )


def _as_read(words: _Words) -> Term:
    return Term(words.near_words) if words.near else words.term


# --- words ---------------------------------------------------------------------------
def _stored(terms: Sequence[Term]) -> list[_Words]:
    """Return the stored words of every term; near ones where there are no others."""
    stems = {stem for term in terms for word in term.words for stem in stems_of(word)}
    stored = SearchStem.objects.filter(_stands("word"), stem__in=sorted(stems))
    rows = list(stored.values_list("stem", "word_id", "word__word"))
    found = []
    for term in terms:
        hers = frozenset().union(*map(stems_of, term.words))
        exact = {pk for _stem, pk, word in rows if word in term.words}
        forms = {pk for stem, pk, _word in rows if stem in hers} - exact
        words = _Words(term, frozenset(exact), frozenset(forms))
        found.append(words if words.ids else _nearly(term))
    return found


def _stands(column: str) -> Exists:
    """Say that a word stands anywhere: words of former versions are kept."""
    return Exists(SearchPosting.objects.filter(word=OuterRef(column)))


def _nearly(term: Term) -> _Words:
    """Return words that begin with a term, or else those it may be mistyped for."""
    asked = term.words[-1]
    if len(asked) < _BEGINNING or not asked.isalpha():
        return _Words(term)
    standing = SearchWord.objects.filter(_stands("pk"))
    begun = standing.filter(word__startswith=asked).order_by("word")[:_MOST_NEAR]
    rows = {row.word: row.pk for row in begun} or _mistyped(standing, asked)
    return replace(_Words(term), near=frozenset(rows.values()), near_words=tuple(rows))


def _mistyped(standing: "QuerySet[SearchWord]", asked: str) -> dict[str, int]:
    """Return the nearest words: a letter wrong, missing, too many, or two swapped."""
    if len(asked) < _MISTYPED:
        return {}
    most = 2 if len(asked) >= _MISTYPED_TWICE else 1
    rows = dict(
        standing.annotate(length=Length("word"))
        .filter(length__gte=len(asked) - most, length__lte=len(asked) + most)
        .order_by("word")
        .values_list("word", "pk")
    )
    words = [word for word in rows if word.isalpha()]
    near = process.extract(
        asked, words, scorer=OSA.distance, score_cutoff=most, limit=None
    )
    nearest = min((distance for _word, distance, _place in near), default=0)
    kept = [word for word, distance, _place in near if distance == nearest]
    return {word: rows[word] for word in sorted(kept)[:_MOST_NEAR]}


# --- places --------------------------------------------------------------------------
class _Told(NamedTuple):
    """How many terms a place holds, and how much it tells of them."""

    place_id: int
    position: int
    course_key: str
    sequence: int
    held: int
    told: int

    def rank(self) -> tuple[Any, ...]:
        """Return what it is sorted by; here, because databases sort text otherwise."""
        return (-self.held, -self.told, self.position, self.course_key, self.sequence)


def _told_by_place(user: User, asked: Sequence[_Words]) -> list[_Told]:
    """Return every place that holds any of it, in courses that she takes or may take.

    Read by word: what else stands in a place is not looked at.
    """
    held = sorted({pk for words in asked for pk in words.ids})
    postings = SearchPosting.objects.filter(word__in=held)
    if hidden := _hidden_courses(user):
        postings = postings.exclude(place__course__in=hidden)
    place = "place__course__position", "place__course__key", "place__sequence"
    rows = (
        postings.order_by()
        .values_list("place_id", *place)
        .annotate(held=_terms_held(asked), told=Sum(F("weight") * _worth(asked)))
    )
    return [_Told(*row) for row in rows]


def _hidden_courses(user: User) -> list[int]:
    """Return courses that nobody may begin any more and that she does not take."""
    takes = Enrollment.objects.active().filter(person=user, course=OuterRef("pk"))
    archived = Course.objects.filter(is_archived=True).exclude(Exists(takes))
    return list(archived.values_list("pk", flat=True))


def _terms_held(asked: Sequence[_Words]) -> "Combinable":
    """Return how many of the terms stand in a place."""
    one_each = [
        Max(Case(When(word__in=sorted(words.ids), then=1), default=0))
        for words in asked
    ]
    return reduce(add, one_each)


def _places(ids: Sequence[int]) -> list[SearchPlace]:
    """Return places in the order of their ids."""
    rows = SearchPlace.objects.select_related("course").in_bulk(ids)
    return [rows[pk] for pk in ids]


def _worth(asked: Sequence[_Words]) -> Case:
    exact = {pk for words in asked for pk in words.exact}
    forms = {pk for words in asked for pk in words.forms}
    return Case(
        When(word__in=sorted(exact), then=EXACT),
        When(word__in=sorted(forms), then=FORM),
        default=NEAR,
        output_field=IntegerField(),
    )

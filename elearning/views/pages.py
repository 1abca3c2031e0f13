"""Pages that only inform."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.stamps import public
from elearning.author_help import BY_SLUG, PAGES
from elearning.watching.figures import site_figures
from elearning.watching.parts import site_parts


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which personal data are kept, why and for how long (UU PDP art. 5)."""
    return render(request, "privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, and whom to tell when something does not."""
    return render(request, "accessibility.html")


@public
def status(request: HttpRequest) -> HttpResponse:
    """Say in words what works and what does not, without a figure."""
    parts = site_parts(site_figures(now=timezone.now()))
    return render(request, "status.html", {"parts": parts})


@public
def author_help_list(request: HttpRequest) -> HttpResponse:
    """List what help there is for authors."""
    return render(request, "author_help_list.html", {"pages": PAGES})


@public
def author_help(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one short page for authors, with its picture."""
    page = BY_SLUG.get(slug)
    if page is None:
        raise Http404
    place = PAGES.index(page)
    context = {"page": page, "next": (*PAGES, None)[place + 1]}
    return render(request, "author_help.html", context)


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer the questions that people ask most."""
    return render(request, "help.html")

"""What a browser calls itself, in words that its person knows. Plain Python."""

# The first that fits: each also names those it descends from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """Return "Chrome · Android"; "" for what nobody knows. No version, no model."""
    found = [
        next((word for sign, word in signs if sign in user_agent), "")
        for signs in (_BROWSERS, _MACHINES)
    ]
    return " · ".join(word for word in found if word)

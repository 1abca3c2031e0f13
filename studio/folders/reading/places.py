"""What a course folder is made of: its files and folders, by name. Plain Python."""

COURSE_FILE = "course.yaml"
SOURCES_FILE = "sources.yaml"
README_FILE = "README.md"
PLACES = {
    "lessons": (".md",),
    "questions": (".yaml",),
    "images": (".svg", ".png", ".jpg", ".webp"),
    "files": (".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".webm"),
    "question-images": (".png", ".jpg", ".gif", ".svg"),
}
"""What each folder may hold, by ending; question-images has pictures by their hash."""


def place_problem(path: str) -> tuple[str, str] | None:
    """Return why a file may not be where it is, and the remedy."""
    place, _slash, name = path.rpartition("/")
    if not place:
        if name in {COURSE_FILE, SOURCES_FILE, README_FILE}:
            return None
        return "Berkas ini tidak dikenal.", "Pindahkan ke luar folder kursus."
    if place not in PLACES:
        return "Folder ini tidak dikenal.", f"Pakai hanya {', '.join(PLACES)}."
    if not name.endswith(PLACES[place]):
        return (
            f"Folder {place} hanya berisi berkas {', '.join(PLACES[place])}.",
            "Ubah jenisnya, atau pindahkan berkas ini ke luar.",
        )
    return None

"""What people read about a quiz before they open it."""


def quiz_summary(
    *,
    count: int,
    time_limit_minutes: int,
    planned_minutes: int,
    pass_mark: int,
    attempts: int,
) -> str:
    """Return "10 soal, 15 menit. Nilai lulus 70. Ada 3 kesempatan."

    Zero means: no time limit, nothing to pass, no limit of attempts.
    """
    time = (
        f"{time_limit_minutes} menit"
        if time_limit_minutes
        else f"sekitar {planned_minutes} menit"
    )
    sentences = [f"{count} soal, {time}."]
    if pass_mark:
        sentences.append(f"Nilai lulus {pass_mark}.")
        if attempts == 1:
            sentences.append("Satu kali kesempatan.")
        elif attempts:
            sentences.append(f"Ada {attempts} kesempatan.")
    return " ".join(sentences)

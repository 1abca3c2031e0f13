"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ThriftyArgon2(Argon2PasswordHasher):
    """Argon2id with one of the settings that OWASP names as equal in strength.

    12 MiB, three passes, one lane: eight people who sign in at once take 96 MiB for a
    moment, where Django's own settings would take 800 (docs/decisions/0051). A password
    hashed otherwise is hashed anew when its person signs in.
    """

    memory_cost = 12 * 1024
    time_cost = 3
    parallelism = 1

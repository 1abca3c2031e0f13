"""Why a backup or a restore is not done, in words for the operator."""


class BackupRefused(Exception):
    """Nothing was changed; the message says what is wrong and what to do about it."""

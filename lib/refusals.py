"""The family of refusals that people may read."""


class ActionRefused(Exception):
    """An action was refused by a rule; `message` says what to do, in Indonesian.

    `code` is stable and meant for tests and logs. Anything that is not an
    `ActionRefused` is a bug.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

"""One module a format: bytes of a file become rows of text; the oddities of a format end here."""


class Problem(ValueError):
    """A whole file that cannot be read: `code`, and a message that says why and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

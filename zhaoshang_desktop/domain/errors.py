"""What can go wrong and is nobody's bug."""


class KnownError(Exception):
    """Something a user can understand and act on; shown as a sentence, never as a crash.

    `way_out` is a second sentence that says what to do next.
    """

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.sentence}{self.way_out}"


class NotUnderstood(ValueError):
    """A text that a kind cannot read; the message is the reason in Chinese, for the clerk."""

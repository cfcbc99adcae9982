"""Why a notice did not arrive, and whether it makes sense to try again."""


class Undelivered(Exception):
    """The receiver did not take a notice.

    ``sentence`` never contains the receiver's address. ``final``: another try would end the same.
    ``wait_s`` is how long the receiver wants to be left alone.
    """

    def __init__(self, sentence: str, *, final: bool = False, wait_s: float = 0.0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.final = final
        self.wait_s = wait_s

"""Whether the restored sequences go on behind what is there.

They are no part of a snapshot, so they are not compared for equality: one may stand further than the
manifest says, never less far, and its next value must be beyond every value of the columns that it feeds,
if it was so before.
"""

from collections.abc import Iterator

from pgassay.model.backup import Manifest, SequenceState
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.connection import Connection
from pgassay.recovery.contents import Wanted, all_of_them, read_collisions, read_sequences
from pgassay.recovery.course import Verdict

_VERDICT = Verdict(step=RecoveryStep.SEQUENCES)
_MOST = 10


def check_sequences(connection: Connection, manifest: Manifest, wanted: Wanted = all_of_them) -> StepResult:
    """Look at every wanted sequence, and at the columns that take their values from one."""
    before = {each.name for each in manifest.sequences if each.taken}
    collisions = tuple(read_collisions(connection, wanted))
    wrong = list(_behind(manifest, read_sequences(connection, wanted)))
    wrong += [sentence for name, sentence in collisions if name not in before]
    if wrong:
        return _VERDICT.broken(wrong[0], *wrong[1:_MOST])
    same = [f"As before: {sentence}" for name, sentence in collisions]
    if same:
        return _VERDICT.holds("No sequence stands less far than before.", *same[:_MOST])
    return _VERDICT.holds(f"The next values of {len(manifest.sequences)} sequences are free.")


def _behind(manifest: Manifest, found: tuple[SequenceState, ...]) -> Iterator[str]:
    there = {each.name: each for each in found}
    for each in manifest.sequences:
        restored = there.get(each.name)
        if restored is None:
            yield f"The sequence {each.name} is missing."
        elif each.last is not None and not each.cycles and _is_less(restored.last, each):
            stands = restored.last if restored.last is not None else "its start"
            yield f"The sequence {each.name} stands at {stands}; it stood at {each.last}."


def _is_less(last: int | None, before: SequenceState) -> bool:
    assert before.last is not None
    return last is None or (last - before.last) * before.increment < 0

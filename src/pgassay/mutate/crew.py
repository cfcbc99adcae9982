"""Works through items on several threads, one specimen each, and gives what comes of them as it comes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from pgassay.mutate.specimen import Specimen

Item = TypeVar("Item")
Said = TypeVar("Said")

_GLANCE_S = 0.1


class Crew(Generic[Item, Said]):
    """One round of work. ``perform`` gets a specimen, an item and a function that says something at once."""

    def __init__(
        self,
        items: Iterable[Item],
        specimens: tuple[Specimen, ...],
        perform: Callable[[Specimen, Item, Callable[[Said], None]], None],
    ) -> None:
        self._left = deque(items)
        self._lock = Lock()
        self._specimens = specimens
        self._perform = perform
        self._said: SimpleQueue[Said | BaseException | None] = SimpleQueue()
        self._halted = Event()

    def work(self, stop: Event) -> Iterator[Said]:
        """Do all the work, or what is done before ``stop`` is set. Closing the generator stops it, too."""
        threads = [Thread(target=self._work, args=(each,), daemon=True) for each in self._specimens]
        for thread in threads:
            thread.start()
        try:
            yield from self._listen(stop, working=len(threads))
        finally:
            while any(thread.is_alive() for thread in threads):
                self._halt()
                for thread in threads:
                    thread.join(_GLANCE_S)

    def _listen(self, stop: Event, *, working: int) -> Iterator[Said]:
        while working:
            if stop.is_set():
                self._halt()
            try:
                said = self._said.get(timeout=_GLANCE_S)
            except Empty:
                continue
            if said is None:
                working -= 1
            elif isinstance(said, BaseException):
                raise said
            else:
                yield said

    def _halt(self) -> None:
        self._halted.set()
        for specimen in self._specimens:
            specimen.cancel()

    def _work(self, specimen: Specimen) -> None:
        try:
            while (item := self._take()) is not None:
                self._perform(specimen, item, self._said.put)
        except Exception as error:  # noqa: BLE001 - it is raised again where the work was asked for
            self._said.put(error)
        finally:
            specimen.discard()
            self._said.put(None)

    def _take(self) -> Item | None:
        with self._lock:
            return self._left.popleft() if self._left and not self._halted.is_set() else None

"""An application that goes on during the swap: how long it is kept out, and what it finds then."""

from threading import Event, Thread

from fix_rollback import HARM, Scene, results
from fix_suite import until
from pgassay.model.errors import Unavailable
from pgassay.model.exits import Exit
from pgassay.model.rollback import RollbackStep
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection, connect


class Application:
    """A few clients that write and read, and connect again whenever they are put out."""

    def __init__(self, scene: Scene, clients: int) -> None:
        self._scene = scene
        self._over = Event()
        self.began = Event()
        self.refused: list[str] = []
        self.longest_s = 0.0
        self.answered = 0
        self._threads = [Thread(target=self._work, args=(each,)) for each in range(clients)]

    def __enter__(self) -> "Application":
        for each in self._threads:
            each.start()
        assert self.began.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _work(self, number: int) -> None:
        last, session = monotonic(), None
        while not self._over.is_set():
            try:
                session = session or connect(self._scene.target, application="application")
                session.execute("update kept set note = %s where id = %s", [f"by {number}", number + 1])
                self.longest_s = max(self.longest_s, monotonic() - last)
                last = monotonic()
                self.answered += 1
                self.began.set()
            except (Connection.Error, Unavailable) as error:
                self.refused.append(str(error))
                session = None
            self._over.wait(0.002)
        if isinstance(session, Connection):
            session.close()


def test_an_application_is_kept_out_for_a_moment_and_never_turned_away_by_rule(small: Scene) -> None:
    small.command(HARM)
    with Application(small, clients=4) as application:
        record = small.run()
        before = application.answered
        until(lambda: application.answered > before, what="somebody gets in again")

    assert record.exit is Exit.OK and record.swapped is not None
    assert "not currently accepting" not in " ".join(application.refused)
    assert record.swapped.outage_s < 60
    assert results(record)[RollbackStep.SMOKE].finding == "holds"
    # The first write that nobody saw since the swap went into the restored database, not into the old one.
    assert small.ask("select count(*) from kept where note like 'by %'") != [(0,)]
    old = small.target.with_database(small.asides()[0])
    with connect(old) as connection:
        assert connection.execute("select count(*) from kept").fetchall() == [(8,)]

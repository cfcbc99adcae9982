"""An application that goes on during a swap of schemas: nobody is put out, and nobody waits for long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from fix_hosted_rollback import HARM, as_admin
from fix_rollback import Scene
from fix_suite import until
from pgassay.model.exits import Exit
from pgassay.pg.clock import monotonic
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target


@dataclass(slots=True)
class Client:
    """Somebody who does the same again and again over one connection that is never opened anew."""

    name: str
    target: Target
    work: Callable[[Connection, int], object]
    over: Event = field(default_factory=Event)
    longest_s: float = 0.0
    done: int = 0
    errors: list[str] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)

    def run(self) -> None:
        """Go on until it is over."""
        with connect(self.target, application="application") as session:
            session.prepare_threshold = 0  # every statement is a prepared one
            while not self.over.is_set():
                begun = monotonic()
                try:
                    found = self.work(session, self.done)
                except Connection.Error as error:
                    self.errors.append(str(error))
                    return
                self.longest_s = max(self.longest_s, monotonic() - begun)
                if not self.answers or self.answers[-1] != found:
                    self.answers.append(found)
                self.done += 1
                self.over.wait(0.001)


@contextmanager
def at_work(*clients: Client) -> Iterator[None]:
    """Let them work, until the block is left; each has done something before and does something after."""
    threads = [Thread(target=each.run) for each in clients]
    for each in threads:
        each.start()
    try:
        until(lambda: all(each.done > 5 for each in clients), what="the application works")
        yield
        before = [each.done for each in clients]
        until(
            lambda: all(
                each.done > old + 5 or each.errors for each, old in zip(clients, before, strict=True)
            ),
            what="the application goes on",
        )
    finally:
        for client in clients:
            client.over.set()
        for each in threads:
            each.join()


def value(session: Connection, query: str, *values: object) -> object:
    """Ask for one value, by a prepared statement."""
    ((found,),) = session.execute(query.encode(), values).fetchall()
    return found


def sign_up(session: Connection, number: int) -> object:
    """Add a user, for whom a trigger makes a profile."""
    user = f"10000000-0000-0000-0000-{number:012}"
    session.execute("insert into auth.users (id, email) values (%s, %s)", [user, f"n{number}"])
    return None


def update(session: Connection, number: int) -> object:
    """Change an order."""
    session.execute("update shop.orders set mood = 'sad' where id = %s", [1 + number % 100])
    return None


def test_nobody_is_put_out_and_nobody_waits_for_long(hosted: Scene) -> None:
    hosted.command(HARM)
    platform = as_admin(hosted).target
    counts = "select count(*) from shop.orders where note is distinct from %s"
    reader = Client("reads", hosted.target, lambda session, _: value(session, counts, "none"))
    writers = [Client("writes", hosted.target, update) for _ in range(2)]
    visitor = Client("signs up", platform, sign_up)
    everybody = (reader, *writers, visitor)

    with at_work(*everybody):
        record = hosted.run()

    assert record.exit is Exit.OK and record.swapped is not None, record.finished
    assert [each.errors for each in everybody] == [[]] * 4
    assert reader.answers == [103, 203]  # the old rows up to the commit, the restored ones from it on
    assert hosted.ask("select count(*) from shop.orders where mood = 'sad'") != [(0,)]
    profiles = "select count(*) from public.profiles where username like '10000000%'"
    assert hosted.ask(profiles) != [(0,)]
    for each in everybody:
        sys.stdout.write(f"{each.name}: {each.done} times, longest {each.longest_s * 1000:.0f} ms\n")
    sys.stdout.write(f"swap: {record.swapped.outage_s * 1000:.0f} ms\n")


def test_who_is_in_a_transaction_goes_on_with_what_is_set_aside(hosted: Scene) -> None:
    with connect(hosted.target) as session:
        session.execute("begin")
        session.execute("insert into shop.orders (note) values ('mine')")
        assert hosted.run().exit is Exit.OK
        session.execute("commit")
    (aside,) = hosted.listed().asides
    (name,) = [each.name for each in aside.schemas if each.live == "shop"]
    assert hosted.ask(f"select count(*) from \"{name}\".orders where note = 'mine'") == [(1,)]  # noqa: S608
    assert hosted.ask("select count(*) from shop.orders where note = 'mine'") == [(0,)]

"""Übertragbarkeit auf andere DMS: the same case, the same Ablagestruktur, whatever holds it."""

import hashlib
import threading
from collections.abc import Callable

import pytest

from portal.delivery.transports.transport import UnreachableError
from tests.portal.delivery.dms.cases import expected, large_package, package, small_package
from tests.portal.delivery.dms.faults import Fault
from tests.portal.delivery.dms.systems import System

KEY, NAME, TYPE = "3f0e8a52-0000-4000-8000-000000000001.dms", "abgabe.zip", "application/zip"
OTHER_KEY = "3f0e8a52-0000-4000-8000-000000000002.dms"
NewSystem = Callable[[], System]


def _send(system: System, content: bytes, key: str = KEY, fault: Fault | None = None) -> None:
    told = system.filer(fault).send(key, NAME, TYPE, content)
    assert (told.size, told.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_same_tree_comes_out_of_every_system(new_system: NewSystem) -> None:
    """Aktenplan, Akte, Vorgang, Dokumenttyp, title and bytes, of a case with many documents."""
    system = new_system()
    _send(system, large_package())
    assert expected(large_package()) == system.held()


def test_r15_filing_twice_leaves_one(new_system: NewSystem) -> None:
    """An acknowledgement that was lost is followed by a second attempt."""
    system = new_system()
    _send(system, package())
    pages = system.pages()
    _send(system, package())
    assert expected(package()) == system.held()
    assert pages == system.pages()


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
def test_r15_a_connection_broken_between_any_two_steps_leaves_one(
    new_system: NewSystem, is_after: bool
) -> None:
    """Broken at every step there is, each time followed by another attempt."""
    wanted, number = expected(small_package()), 0
    while True:
        number += 1
        system, fault = new_system(), Fault(number, is_after)
        try:
            _send(system, small_package(), fault=fault)
        except (UnreachableError, OSError):
            _send(system, small_package())
            assert wanted == system.held(), f"after step {number}"
            continue
        assert fault.steps < number  # it was never reached: all steps are tried
        assert number > 1
        return


def test_r15_two_workers_at_the_same_moment_leave_one(new_system: NewSystem) -> None:
    """A worker that slept comes back while another one files the same case."""
    system, faults = new_system(), list[BaseException]()

    def work() -> None:
        try:
            _send(system, package())
        except (UnreachableError, OSError):
            pass  # the worker would try again
        except BaseException as fault:  # told by the test, not by the thread
            faults.append(fault)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    _send(system, package())
    assert [] == faults
    assert expected(package()) == system.held()


def test_a_second_application_of_the_same_person_joins_the_akte(new_system: NewSystem) -> None:
    """Though the name reads differently: it is found by what the definition says."""
    first, second = package(), package("MU-2026-000999", "ERIKA")
    system = new_system()
    _send(system, first)
    _send(system, second, OTHER_KEY)
    held = system.held()
    assert len(held) == len(expected(first, second))
    assert len({row.akte for row in held}) == 1
    assert {row.sha256 for row in held} == {row.sha256 for row in expected(first, second)}


def test_another_person_gets_another_akte(new_system: NewSystem) -> None:
    """Even with the same title of the Vorgang."""
    first, second = package(), package("MU-2026-000999", "Emil")
    system = new_system()
    _send(system, first)
    _send(system, second, OTHER_KEY)
    assert expected(first, second) == system.held()

"""Processes that move files and are there to be killed."""

import multiprocessing
import signal
from pathlib import Path

from portal.storage import faults
from portal.transfer import giving
from tests.portal.stores import VirtualClock
from tests.portal.transfer.towns import NEW, Habits, Town, open_town, prepared

# They are forked from a server that has everything compiled.
prepared()
_FORKS = multiprocessing.get_context("forkserver")


def killed(town: Town, action: str, failpoint: str, case: str = "") -> None:
    """Do one thing in a process that dies at the failpoint, and make sure that it did."""
    _FORKS.set_forkserver_preload([__name__])
    home = str(town.settings.data.parent)
    process = _FORKS.Process(target=_run, args=(town.name, home, town.url, action, failpoint, case))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL, f"{action} never reached {failpoint}"


def _run(name: str, home: str, url: str, action: str, failpoint: str, case: str) -> None:
    town = open_town(name, Path(home), VirtualClock(), Habits(), url)
    faults.arm(failpoint, test_mode=True)
    if action == "send":
        giving.send(town.desk, case, NEW.lower(), "registratur")
    else:
        town.work()

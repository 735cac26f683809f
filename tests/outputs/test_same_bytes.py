"""The same application gives the same bytes: in another run, in another process (R21)."""

import os
import subprocess
import sys

import pytest

from outputs.building import OUTPUTS, build_all
from outputs.pdf.receipt import write_receipt
from tests.outputs.plans import COMPLETE, complete
from tests.outputs.standards_folder import ROOT, needs_standards, schemas

_DIGESTS = """
import sys
from outputs.building import build_all
from outputs.pdf.receipt import write_receipt
from tests.outputs.plans import complete
files = build_all(complete(sys.argv[1]), None)
for file in (*files, write_receipt(complete(sys.argv[1]), files, None)):
    sys.stdout.write(f"{file.name} {file.sha256}\\n")
"""


def _elsewhere(name: str, seed: str) -> list[str]:
    other = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    found = subprocess.run(
        [sys.executable, "-c", _DIGESTS, name],
        env={**os.environ, **other}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return found.stdout.splitlines()


@pytest.mark.parametrize("name", COMPLETE)
def test_r21_another_process_writes_the_same_bytes(name: str) -> None:
    """Neither hash seed nor time zone nor clock shows."""
    files = build_all(complete(name), None)
    receipt = write_receipt(complete(name), files, None)
    here = [f"{file.name} {file.sha256}" for file in (*files, receipt)]
    assert here == _elsewhere(name, "1") == _elsewhere(name, "2")


@pytest.mark.parametrize("name", COMPLETE)
def test_r21_every_declared_output_is_built_in_the_order_of_the_table(name: str) -> None:
    """What the definition does not declare is not written."""
    application = complete(name)
    declared = application.procedure.outputs
    wanted = {"json", "pdf"}
    wanted |= {"xoev"} if declared.xoev else set()
    wanted |= {"dms"} if declared.dms else set()
    built = [file.output for file in build_all(application, None)]
    assert built == [one for one in OUTPUTS if one in wanted]


@needs_standards
@pytest.mark.parametrize("name", COMPLETE)
def test_r21_every_output_with_a_schema_is_valid(name: str) -> None:
    """XÖV and xdomea, with the real PDF inside."""
    files = build_all(complete(name), schemas())
    assert {file.output: file.problems for file in files if file.output in ("xoev", "dms")} == {
        file.output: () for file in files if file.output in ("xoev", "dms")
    }


def test_another_application_has_other_identifiers() -> None:
    """Identifiers come from the reference number, not from the procedure."""
    one = complete("musterprozess")
    other = type(one)(
        one.plan, one.evaluation, "MU-2026-000124", one.submitted_at, one.today, one.language
    )
    assert one.identifier("a") == one.identifier("a")
    assert len({one.identifier("a"), one.identifier("b"), other.identifier("a")}) == 3


def test_a_time_without_zone_is_refused() -> None:
    """A message must say when it was made, not when by somebody's clock."""
    one = complete("musterprozess")
    with pytest.raises(ValueError, match="time zone"):
        type(one)(
            one.plan, one.evaluation, "MU-1", one.submitted_at.replace(tzinfo=None), one.today, "de"
        )

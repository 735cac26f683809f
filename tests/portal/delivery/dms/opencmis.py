"""The in-memory server of Apache Chemistry OpenCMIS: somebody else's CMIS, started for the tests.

It comes from Maven's repository, like the small servlet container it runs in. Both are fetched once
and kept where Maven keeps things; without Java or Maven the tests are left out and say so.

Of two requests at the same moment it lets both make an object of the same name: it looks first and
makes it then. The standard wants the name to be unique, so requests reach it one after the other;
the workers of a test still get in between each other's requests.
"""

import contextlib
import hashlib
import json
import re
import shutil
import socket
import subprocess
import threading
import time
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from portal.delivery.transports.dms.cmis import open_cmis
from portal.delivery.transports.dms.filer import Filer
from portal.delivery.transports.dms.tree import PAGE, REGISTER
from portal.settings import Target
from tests.portal.delivery.dms.cases import Row
from tests.portal.delivery.dms.faults import BrokenWire, Fault
from tests.portal.delivery.dms.systems import row

SERVER = "org.apache.chemistry.opencmis:chemistry-opencmis-server-inmemory:1.1.0:war"
CONTAINER = "org.eclipse.jetty:jetty-runner:9.4.54.v20240208"


class OneByOne(httpx2.BaseTransport):
    """The next request waits until this one is answered."""

    def __init__(self) -> None:
        self._wire = httpx2.HTTPTransport()
        self._turn = threading.Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """As the name says."""
        with self._turn:
            answer = self._wire.handle_request(request)
            answer.read()
            return answer


WIRE = OneByOne()
# The browser binding, which the adapter speaks, and the Atom binding, which foreign clients speak;
# the third one needs a Java that nobody has any more.
WEB_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="http://java.sun.com/xml/ns/javaee" version="2.5">
  <listener><listener-class>
    org.apache.chemistry.opencmis.server.impl.CmisRepositoryContextListener
  </listener-class></listener>
  <servlet>
    <servlet-name>browser</servlet-name>
    <servlet-class>
      org.apache.chemistry.opencmis.server.impl.browser.CmisBrowserBindingServlet
    </servlet-class>
    <init-param>
      <param-name>callContextHandler</param-name>
      <param-value>
        org.apache.chemistry.opencmis.server.impl.browser.token.TokenCallContextHandler
      </param-value>
    </init-param>
    <load-on-startup>1</load-on-startup>
  </servlet>
  <servlet>
    <servlet-name>atom</servlet-name>
    <servlet-class>
      org.apache.chemistry.opencmis.server.impl.atompub.CmisAtomPubServlet
    </servlet-class>
    <init-param>
      <param-name>callContextHandler</param-name>
      <param-value>
        org.apache.chemistry.opencmis.server.shared.BasicAuthCallContextHandler
      </param-value>
    </init-param>
    <init-param><param-name>cmisVersion</param-name><param-value>1.0</param-value></init-param>
    <load-on-startup>2</load-on-startup>
  </servlet>
  <servlet-mapping>
    <servlet-name>atom</servlet-name><url-pattern>/atom/*</url-pattern>
  </servlet-mapping>
  <servlet-mapping>
    <servlet-name>browser</servlet-name><url-pattern>/browser/*</url-pattern>
  </servlet-mapping>
</web-app>
"""


@dataclass(frozen=True)
class Repository:
    """Where the server is."""

    url: str
    name: str = "A1"

    @property
    def root(self) -> str:
        """Of the browser binding."""
        return f"{self.url}/{self.name}/root"

    def ask(self, path: str, **more: str) -> Any:
        """A question in the tests' own words, not in the adapter's."""
        params = {"succinct": "true", **more}
        answer = CLIENT.get(f"{self.root}{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json() if more.get("cmisselector") != "content" else answer.content


CLIENT = httpx2.Client(auth=("reader", "not-a-secret"), transport=WIRE)


def opencmis(folder: Path) -> Iterator[Repository]:
    """Fetched, unpacked, started, and stopped at the end."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is missing: the CMIS server is a Java program from Maven")
    app = folder / "app"
    with zipfile.ZipFile(_fetched(SERVER)) as archive:
        archive.extractall(app)
    (app / "WEB-INF" / "web.xml").write_text(WEB_XML, "utf-8")
    for jar in (app / "WEB-INF" / "lib").glob("cxf-*.jar"):
        jar.unlink()
    settings = app / "WEB-INF" / "classes" / "repository.properties"
    text = re.sub(r"(?m)^RepositoryFiller.Enable=true", "RepositoryFiller.Enable=false",
                  settings.read_text("utf-8"))  # fmt: skip
    settings.write_text(text, "utf-8")
    with _running(_fetched(CONTAINER), app, folder / "log") as url:
        yield Repository(url)


def _fetched(artifact: str) -> Path:
    """The file in Maven's own store; fetched if it is not there."""
    group, name, version, *kind = artifact.split(":")
    place = Path.home() / ".m2" / "repository" / Path(*group.split(".")) / name / version
    path = place / f"{name}-{version}.{kind[0] if kind else 'jar'}"
    if not path.is_file():
        call = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={artifact}"]
        done = subprocess.run(call, capture_output=True, timeout=100, check=False)
        if done.returncode or not path.is_file():
            pytest.skip(f"Maven could not fetch {artifact}: the CMIS server is not here")
    return path


@contextlib.contextmanager
def _running(container: Path, app: Path, log: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/cmis/browser"
    call = ["java", "-Xmx256m", "-jar", str(container), "--host", "127.0.0.1", "--port", str(port),
            "--path", "/cmis", str(app)]  # fmt: skip
    with log.open("wb") as out, subprocess.Popen(call, stdout=out, stderr=out) as server:
        try:
            _wait(url, server)
            yield url
        finally:
            server.kill()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and server.poll() is None:
        with contextlib.suppress(httpx2.HTTPError):
            if CLIENT.get(url).status_code == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the CMIS server does not start")


class CmisSystem:
    """A folder in the repository, with types of its own for Akte and Dokument."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.name = uuid.uuid4().hex
        CLIENT.post(repository.root, data={
            "cmisaction": "createFolder",
            "propertyId[0]": "cmis:name", "propertyValue[0]": self.name,
            "propertyId[1]": "cmis:objectTypeId", "propertyValue[1]": "cmis:folder",
        }).raise_for_status()  # fmt: skip
        self.target = Target(
            transport="cmis",
            url=repository.url,
            repository=repository.name,
            path=self.name,
            user="filing",
            password=SecretStr("not-a-secret"),
        )

    def filer(self, fault: Fault | None = None, target: Target | None = None) -> Filer:
        """Straight, or over a wire that breaks."""
        wire = WIRE if fault is None else BrokenWire(fault, WIRE)
        return open_cmis("dms", target or self.target, Path(), wire)

    def held(self) -> list[Row]:
        """By asking the repository for all descendants."""
        return sorted(self._rows())

    def pages(self) -> int:
        """The documents of that name."""
        return sum(path.endswith(f"/{PAGE}") for path, _ in self.objects())

    def objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every object with its path and properties."""
        waiting = [f"/{self.name}"]
        while waiting:
            above = waiting.pop()
            told = self.repository.ask(above, cmisselector="children", maxItems="1000")
            for one in told["objects"]:
                held = one["object"]["succinctProperties"]
                path = f"{above}/{held['cmis:name']}"
                yield path, held
                if held["cmis:baseTypeId"] == "cmis:folder":
                    waiting.append(path)

    def _rows(self) -> Iterator[Row]:
        for path, held in self.objects():
            parts = path.split("/")[2:]
            if held["cmis:baseTypeId"] == "cmis:folder" or REGISTER in parts or parts[-1] == PAGE:
                continue
            content = self.repository.ask(path, cmisselector="content")
            unit, akte, vorgang, kind, name = parts
            yield row(unit, akte, vorgang, kind, name, hashlib.sha256(content).hexdigest())


def declare_type(repository: Repository, definition: dict[str, Any]) -> None:
    """A type of the authority's own; CMIS 1.1 lets clients make them."""
    CLIENT.post(
        f"{repository.url}/{repository.name}",
        data={"cmisaction": "createType", "type": json.dumps(definition)},
    ).raise_for_status()

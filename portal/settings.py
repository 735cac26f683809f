"""The operator's settings: environment variables `VORDRUCK_…`, read once, then unchangeable."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_REPOSITORY = Path(__file__).resolve().parent.parent


def _definitions() -> Path:
    """`definitions/` here or in a folder above; else beside the installed product."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "definitions" / "shared").is_dir():
            return folder / "definitions"
    return _REPOSITORY / "definitions"


class Target(BaseModel):
    """Where one kind of payload goes, and how it gets there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    transport: str = "folder"  # a name from the table in portal/delivery/transports
    folder: Path | None = None  # empty: deliveries/<target> in the data folder
    incoming: Path | None = None  # messages that come back; empty: incoming/<target> likewise
    url: str = ""  # of a server: WebDAV folder, CMIS browser binding, d.velop base address
    repository: str = ""  # CMIS, d.velop
    path: str = ""  # CMIS: a folder of the repository; empty: its root
    user: str = ""
    password_file: Path | None = None  # empty: VORDRUCK_PASSWORDS names it
    known_hosts: Path | None = None  # SFTP: the server's key, as ssh writes it
    key_file: Path | None = None  # SFTP: the private key to sign in with; the password opens it
    token_url: str = ""  # FIT-Connect, as is all up to `keep_payload`
    destination: str = ""  # the UUID of the Zustellpunkt
    metadata: str = "1.0.0"
    service: str = ""  # URN of the service, for messages that are sent later
    keep_payload: bool = True  # false: the stored payload goes when the target has accepted it
    types: dict[str, str] = Field(default_factory=dict)  # akte, vorgang, dokument -> the DMS's own
    properties: dict[str, str] = Field(default_factory=dict)  # our names -> the target's own
    password: SecretStr = Field(default=SecretStr(""), exclude=True)

    def secret(self) -> str:
        """The password; a file is read anew each time, so that it can be changed."""
        if self.password_file is not None:
            return self.password_file.read_text("utf-8").strip()
        return self.password.get_secret_value()


class Office(BaseModel):
    """Another authority that files are sent to or come from, or an archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    key: str = ""  # in the DVDV; needed for XAusländer
    way: Literal["xauslaender", "xdomea"] = "xdomea"
    version: Literal["3.1.0", "3.0.0", "2.4.0"] = "3.1.0"  # of xdomea
    target: str = ""  # a name of VORDRUCK_TARGETS; empty: the office's own
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""


TARGETS = ("fachverfahren", "dms")  # of every procedure, unless the operator says otherwise


class Settings(BaseSettings):
    """Everything an operator can turn; each has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="VORDRUCK_", frozen=True)

    definitions: Path = Field(default_factory=_definitions)
    data: Path = Path("data")
    standards: Path | None = None  # the operator's folder of XÖV schemas
    database: str = ""  # SQLAlchemy URL; empty: SQLite in the data folder
    secret_key: SecretStr = SecretStr("")  # empty: a key file in the data folder
    master_key: SecretStr = SecretStr("")  # 64 hexadecimal digits; empty: a file in the data folder
    targets: dict[str, Target] = Field(default_factory=dict)  # JSON: {"dms": {"folder": "/srv"}}
    offices: dict[str, Office] = Field(default_factory=dict)  # JSON: {"neustadt": {"name": "…"}}
    passwords: dict[str, SecretStr] = Field(default_factory=dict)  # JSON: {"dms": "…"}
    worker: bool = True  # whether `serve` also delivers; false: `vordruck work` does
    public_url: str = ""  # "https://antrag.example.de"; with https, cookies become __Host-
    clamd: str = ""  # "host:3310", or the path of a socket; empty: files are not scanned
    operators_port: int | None = Field(default=None, ge=0, le=65535)  # none: no pages for operators
    operators_host: str = "127.0.0.1"
    operators_password_file: Path | None = None  # needed with operators_port
    metrics_token_file: Path | None = None  # a bearer token that opens /metrics alone
    draft_days: int = Field(default=365, ge=1, le=365)  # at most; definitions say how long
    mail_host: str = ""  # of the mail server; empty: the portal writes no letters
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""  # the sender's address
    mail_user: str = ""
    mail_password_file: Path | None = None  # read anew each time
    session_minutes: int = Field(default=30, ge=5, le=720)  # then the applicant's word is asked for
    today: date | None = None  # a fixed day, for trials only
    demo: bool = False
    pseudo: bool = False  # offer a made-up language that shows what translators cannot reach
    operator: str = "Stadt Musterstadt"  # named in imprint, privacy notice and statement
    look: Path | None = None  # look.yaml: the authority's colours and coat of arms
    feedback_email: str = "barrierefreiheit@musterstadt.example"
    # Who arbitrates about barriers (§ 16 BGG, or the law of the Land): name and how to reach it.
    arbitration: str = "Schlichtungsstelle Musterland, schlichtung@musterland.example"

    @property
    def is_https(self) -> bool:
        """Whether the portal is reached over https."""
        return self.public_url.startswith("https://")

    @property
    def writes_letters(self) -> bool:
        """Whether the portal sends e-mail; else no page may promise any."""
        return bool(self.mail_host)

    @property
    def all_targets(self) -> dict[str, Target]:
        """Every target; those that are not set up go to folders beside the data."""
        names = (*TARGETS, *sorted(self.office_targets))
        known = {**{name: Target() for name in names}, **self.targets}
        return {
            name: target.model_copy(update={"password": self.passwords[name]})
            if name in self.passwords
            else target
            for name, target in known.items()
        }

    @property
    def office_targets(self) -> frozenset[str]:
        """Targets that other offices are reached by."""
        return frozenset(one.target or name for name, one in self.offices.items())

    @property
    def forgetful(self) -> frozenset[str]:
        """Targets whose payloads need not rest here once they are accepted."""
        return frozenset(name for name, one in self.all_targets.items() if not one.keep_payload)

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.database or f"sqlite:///{self.data / 'vordruck.sqlite'}"

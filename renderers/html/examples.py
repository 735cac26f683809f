"""The picture beside a question: where the answer stands on a document, folded away."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from engine.model import Field
from renderers.html.words import Words

FOLDER = files("renderers.html").joinpath("pictures")


@dataclass(frozen=True, slots=True)
class PictureView:
    """A drawing and the words for whoever does not see it."""

    address: str
    alternative: str


def picture_view(one: Field, words: Words) -> PictureView | None:
    """The picture that the field names."""
    if one.picture is None:
        return None
    return PictureView(_address(one.picture), words.t(f"picture.{one.picture}"))


@lru_cache(maxsize=64)
def _address(name: str) -> str:
    """With the state of the file, since browsers keep static files for ever."""
    content = FOLDER.joinpath(f"{name}.svg").read_bytes()
    return f"/static/pictures/{name}.svg?{hashlib.sha256(content).hexdigest()[:12]}"

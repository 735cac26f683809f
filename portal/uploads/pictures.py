"""Pictures: decoded, turned upright, shrunk, and written anew without anything but the picture.

Writing anew is what removes the place where a photo was taken, and whatever else was hidden in or
behind it.
"""

import threading
from io import BytesIO

from PIL import Image, ImageOps
from PIL.Image import Resampling

LONGEST_EDGE = 2500  # a page of A4 at 210 dots per inch: small print stays readable
_MOST_PIXELS = {"JPEG": 160_000_000, "PNG": 40_000_000}  # a JPEG is decoded at a smaller scale
_QUALITY = 88
_PLAIN_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA")}
# A decoded picture takes some hundred megabytes for a moment: not too many at the same time.
_ROOM = threading.BoundedSemaphore(2)


class UnreadableError(Exception):
    """The file is not the picture or document that it seems to be; the key of a text."""

    def __init__(self, reason: str = "upload.broken") -> None:
        super().__init__(reason)
        self.reason = reason


def clean_jpg(content: bytes) -> bytes:
    """A photo."""
    return _clean(content, "JPEG")


def clean_png(content: bytes) -> bytes:
    """A screenshot or scan."""
    return _clean(content, "PNG")


def _clean(content: bytes, form: str) -> bytes:
    with _ROOM:
        try:
            return _written(_upright(content, form), form)
        except UnreadableError:
            raise
        except Image.DecompressionBombError as fault:
            raise UnreadableError("upload.too_many_pixels") from fault
        except Exception as fault:  # whatever decoders throw at hostile bytes
            raise UnreadableError from fault


def _upright(content: bytes, form: str) -> Image.Image:
    image: Image.Image = Image.open(BytesIO(content), formats=[form])
    if image.width * image.height > _MOST_PIXELS[form]:
        raise UnreadableError("upload.too_many_pixels")
    if form == "JPEG":
        image.draft(None, (LONGEST_EDGE, LONGEST_EDGE))
    image.load()
    image = _turned(image)
    if image.mode not in _PLAIN_MODES[form]:
        has_holes = form == "PNG" and (image.has_transparency_data or image.mode == "PA")
        image = image.convert("RGBA" if has_holes else "RGB")
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _turned(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # broken notes about a picture that is whole
        return image


def _written(image: Image.Image, form: str) -> bytes:
    # Pillow would write comments, profiles and XMP that it found into the new file.
    image.info.clear()
    target = BytesIO()
    if form == "JPEG":
        image.save(target, "JPEG", quality=_QUALITY, optimize=True)
    else:
        image.save(target, "PNG")
    return target.getvalue()

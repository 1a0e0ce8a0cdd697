"""Photos made small enough to be kept by the hundred, and smaller still to be seen in a list."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

EDGE, QUALITY = 2560, 85
_SMALL = 500_000
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_MOST_PIXELS = 250_000_000
_TAKEN = (0x0132, 0x9003)
_DETAILS = 0x8769

Image.MAX_IMAGE_PIXELS = None  # our own bound, below: a telephone's 108 megapixels are no attack


@dataclass(frozen=True)
class Picture:
    """A picture's content, the ending and the media type that go with it."""

    data: bytes
    ending: str
    media_type: str


def scaled(data: bytes) -> Picture | None:
    """The photo as a JPEG whose longer edge is EDGE at the most, upright, without where it was taken.

    None when it is no photo, moves, or is small already: then it is better left as it is.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
                return None
            if len(data) <= _SMALL and max(image.size) <= EDGE:
                return None
            made = _jpeg(image, EDGE, QUALITY)
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError):
        return None
    return Picture(made, ".jpg", "image/jpeg") if made and len(made) < len(data) else None


def thumbnail(data: bytes, edge: int) -> bytes | None:
    """A small picture (JPEG) for a list; None when there is nothing to be seen."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return _jpeg(image, edge, 80)
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError):
        return None


def _jpeg(image: Image.Image, edge: int, quality: int) -> bytes | None:
    if image.width * image.height > _MOST_PIXELS:
        return None
    taken = _taken(image)
    image.draft("RGB", (edge, edge))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        seen = upright.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        upright = ground
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=quality, optimize=True, exif=taken)
    return out.getvalue()


def _taken(image: Image.Image) -> Image.Exif:
    """Of what the camera wrote only the hour: the place and the owner's name are nobody's business."""
    found, kept = image.getexif(), Image.Exif()
    moment = found.get_ifd(_DETAILS).get(_TAKEN[1]) or found.get(_TAKEN[0])
    if isinstance(moment, str):
        kept[_TAKEN[0]] = moment
    return kept

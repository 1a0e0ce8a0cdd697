"""Photos become small enough to be kept, stand upright, and do not say where they were taken."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from zhaoshang_desktop.exchange.photos import scaled, thumbnail

NOISE = random.Random(7)


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.frombytes(mode, (width, height), NOISE.randbytes(width * height * len(mode)))


def written(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_large_photo_is_scaled_to_its_longer_edge() -> None:
    photo = scaled(written(noise(4000, 1000), quality=95))
    assert photo is not None
    assert (photo.ending, photo.media_type) == (".jpg", "image/jpeg")
    assert Image.open(io.BytesIO(photo.data)).size == (2560, 640)


def test_a_photo_taken_upright_stands_upright_and_keeps_only_its_hour() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = "2026:11:20 10:42:00"
    exif[0x010F] = "张敏的手机"
    exif.get_ifd(0x8825)[2] = (31.0, 30.0, 0.0)
    photo = scaled(written(noise(3000, 2000), quality=95, exif=exif))
    assert photo is not None
    image = Image.open(io.BytesIO(photo.data))
    assert image.height > image.width
    assert dict(image.getexif()) == {0x0132: "2026:11:20 10:42:00"}


def test_what_is_small_or_would_not_become_smaller_is_left_as_it_is() -> None:
    assert scaled(written(noise(400, 300), "PNG")) is None
    assert scaled(written(noise(2400, 2400), quality=30)) is None


def test_a_transparent_picture_stands_on_white() -> None:
    photo = scaled(written(noise(900, 900, "RGBA"), "PNG"))
    assert photo is not None
    assert Image.open(io.BytesIO(photo.data)).mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0 broken", b"\x89PNG\r\n\x1a\n" + b"x" * 40])
def test_what_is_no_photo_is_left_alone(data: bytes) -> None:
    assert scaled(data) is None
    assert thumbnail(data, 48) is None


def test_a_photo_that_is_cut_off_is_left_alone() -> None:
    assert scaled(written(noise(3000, 2000))[:5000]) is None


def test_a_picture_of_absurd_size_is_not_opened() -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 20_000)).save(bomb, "PNG")
    assert scaled(bomb.getvalue()) is None


def test_a_thumbnail_fits_its_square() -> None:
    small = thumbnail(written(noise(800, 400)), 48)
    assert small is not None
    assert Image.open(io.BytesIO(small)).size == (48, 24)

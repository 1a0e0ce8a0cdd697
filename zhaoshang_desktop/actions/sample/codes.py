"""Credit codes and telephone numbers that look right and are nobody's."""

from __future__ import annotations

from stdnum.cn import uscc

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(place: str, number: int, *, registered_by: str = "91") -> str:
    """A 统一社会信用代码 with both check digits; its organisation number begins with QL, which none has.

    `registered_by` is authority and kind: 91 a firm, 51 an association, 12 an institute.
    """
    organisation = f"QL{number:06d}"
    total = sum(int(mark, 36) * weight for mark, weight in zip(organisation, _WEIGHTS, strict=True))
    digit = "0123456789X"[(11 - total % 11) % 11]
    body = f"{registered_by}{place}{organisation}{digit}"
    return body + str(uscc.calc_check_digit(body))


def miscopied(code: str) -> str:
    """The code with a wrong check digit."""
    return code[:-1] + ("7" if code[-1] != "7" else "3")


def old_number(place: str, number: int) -> str:
    """A registration number of the old form, 15 digits."""
    return f"{place}{number:09d}"


def mobile(number: int) -> str:
    """The 138 0000 block, which reads as a mobile and is plainly made up."""
    return f"1380000{number:04d}"

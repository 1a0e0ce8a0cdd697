"""Make the tables under resources/reference, and fetch the fonts, from the packages they come from.

Run by hand when a source has a new release; nothing in the program or its tests needs these
packages. In a scratch folder:

    npm install @vant/area-data @expo-google-fonts/noto-sans-sc @expo-google-fonts/noto-serif-sc
    pip install --no-deps cpca pypinyin chinesecalendar opencc-python-reimplemented
    python packaging/reference.py SCRATCH_FOLDER

countries.csv, pinyin_words.csv, industries.csv, lodging_limits.csv and allowances.csv are kept by hand: their sources
are official papers, named in each file or in resources/reference/README.md.
"""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
REFERENCE = RESOURCES / "reference"

Point = tuple[float, float]


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it (some want more than is installed)."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"pip install --no-deps {name}")
    return Path(spec.origin).parent


def write_csv(name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """A table of resources/reference, the same bytes on every system."""
    with (REFERENCE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# Divisions

# Names of 民族 as they stand in names of autonomous areas; the first few also stand without 族.
_PEOPLES = (
    "(?:蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔)族?|"
    "(?:回|藏|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎|傈僳|佤|畲|拉祜|水|纳西|景颇|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|怒|保安|东乡|裕固|独龙|普米|各)族"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})+自治(?:州|县|旗)|(?:壮族|回族|维吾尔)?自治区)$")
_ENDINGS = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "新区",
    "省",
    "市",
    "盟",
    "州",
    "县",
    "区",
    "旗",
)
_PLACEHOLDER = re.compile(r"直辖县|^市辖区$|^县$|^其[他它]区$")
_GENERIC_ZONE = re.compile(r"^(经济|经济技术|高新|高新技术|工业)?(开发|园)?区$")
_ZONE_KIND = re.compile(r"高新|工业")
# Listed under 台湾 by the source and under 福建 by the official divisions: 金门, 连江.
_LISTED_TWICE = {"710500", "712800"}

# Seats that neither source has, to a tenth of a degree or better.
_SEATS: dict[str, Point] = {
    "710100": (121.5654, 25.0330), "710200": (120.3014, 22.6273), "710300": (120.2133, 22.9908),
    "710400": (120.6736, 24.1477), "710600": (120.6839, 23.9157),
    "710700": (121.7419, 25.1283), "710800": (120.9686, 24.8039), "710900": (120.4473, 23.4801),
    "711100": (121.4657, 25.0120), "711200": (121.7533, 24.7570), "711300": (121.0047, 24.8387),
    "711400": (121.3010, 24.9937), "711500": (120.8214, 24.5602), "711700": (120.5161, 24.0518),
    "711900": (120.3300, 23.4600), "712100": (120.5245, 23.7092), "712400": (120.4879, 22.6757),
    "712500": (121.1466, 22.7583), "712600": (121.6044, 23.9872), "712700": (119.5655, 23.5711),
    "232761": (124.1262, 50.4243), "659005": (87.80, 47.35),
    "659007": (82.35, 44.84), "659008": (80.99, 43.94), "659009": (79.29, 37.21), "659010": (84.82, 44.69),
    "659011": (93.75, 42.80), "659012": (83.60, 46.50),
}  # fmt: skip


def make_regions(scratch: Path) -> None:
    """@vant/area-data says which divisions there are, cpca where they are; gaps take their parent's point."""
    names = _divisions(scratch)
    points = _points(names)
    shorts = {code: _short(code, name) for code, name in names.items()}
    cities = Counter((code[:2], short) for code, short in shorts.items() if code[4:] == "00" != code[2:4])
    rows = []
    for code, name in sorted(names.items()):
        twin = code[4:] == "00" and cities[code[:2], shorts[code]] > 1
        short = name if twin else shorts[code]
        rows.append((code, name, short, f"{points[code][0]:.4f}", f"{points[code][1]:.4f}"))
    write_csv("regions.csv", ("code", "name", "short", "lon", "lat"), rows)


def _divisions(scratch: Path) -> dict[str, str]:
    """Code to name, without what only fills the tree, and with zones named after their city."""
    module = scratch / "node_modules" / "@vant" / "area-data"
    script = "process.stdout.write(JSON.stringify(require(process.argv[1]).areaList))"
    printed = subprocess.run(["node", "-e", script, str(module)], check=True, capture_output=True).stdout
    lists = json.loads(printed)
    names = {**lists["province_list"], **lists["city_list"], **lists["county_list"]}
    names = {code: name for code, name in names.items() if not _PLACEHOLDER.search(name) and code not in _LISTED_TWICE}
    names = {code: name for code, name in names.items() if not (code[:2] == "71" and code[4:] != "00")}
    for city in ("110100", "120100", "310100", "500100"):
        names.pop(city, None)
    return _named_zones(names)


def _named_zones(names: dict[str, str]) -> dict[str, str]:
    """A zone called only 高新区 takes its city's name, or goes if the city has a named one of that kind."""
    siblings = defaultdict(list)
    for code, name in names.items():
        siblings[code[:4]].append(name)
    kept = {}
    for code, name in names.items():
        if not _GENERIC_ZONE.match(name) or code.endswith("00"):
            kept[code] = name
            continue
        kind = _ZONE_KIND.search(name)
        named = [other for other in siblings[code[:4]] if other != name and (kind[0] if kind else "经济") in other]
        if not named:
            kept[code] = _short(code[:4] + "00", names[code[:4] + "00"]) + name
    return kept


def _short(code: str, name: str) -> str:
    """无锡市 → 无锡, 内蒙古自治区 → 内蒙古, 恩施土家族苗族自治州 → 恩施.

    One character is too short to be a name; zones (71–79 and 90–99 in a city) keep theirs.
    """
    if re.fullmatch(r"7[1-9]|9\d", code[4:]):
        return name
    stems = [_AUTONOMOUS.sub("", name)] if _AUTONOMOUS.search(name) else []
    stems += [name.removesuffix(ending).removesuffix("族") for ending in _ENDINGS if name.endswith(ending)]
    return next((stem for stem in stems if len(stem) > 1), name)


def _points(names: dict[str, str]) -> dict[str, Point]:
    """A point for every code: its own, that of the same name under an older code, its parent's."""
    known, by_name = _old_points()
    points: dict[str, Point] = {}
    for code, name in sorted(names.items()):
        namesakes = by_name[code[:2], _short(code, name)] if code[4:] != "00" else []
        own = _SEATS.get(code) or known.get(code) or (namesakes[0] if len(namesakes) == 1 else None)
        above = [points[up] for up in (code[:4] + "00", code[:2] + "0000") if up in points]
        points[code] = own or above[0]
        if own and above and code[4:] != "00" and _km(own, above[0]) > 700:
            print("far from its city:", code, name)
    return points


def _old_points() -> tuple[dict[str, Point], dict[tuple[str, str], list[Point]]]:
    known: dict[str, Point] = {}
    by_name: dict[tuple[str, str], list[Point]] = defaultdict(list)
    with (package_folder("cpca") / "resources" / "adcodes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["adcode"].endswith("000000") and row["longitude"]:
                point = (float(row["longitude"]), float(row["latitude"]))
                known[row["adcode"][:6]] = point
                by_name[row["adcode"][:2], _short(row["adcode"][:6], row["name"])].append(point)
    return known, by_name


def _km(a: Point, b: Point) -> float:
    """Near enough for finding mistakes."""
    return math.hypot((a[0] - b[0]) * 111 * math.cos(math.radians(a[1])), (a[1] - b[1]) * 111)


# Readings

_RARE = 0.025


def make_readings() -> None:
    """pinyin.txt, a line a syllable: the characters read so first of all, "|", the others read so too.

    Both in the order of tone and code point. Of the 3,755 common characters, readings that no
    phrase of pypinyin and none of pinyin_words.csv has stay away: nobody types them, and each one
    swells the index.
    """
    folder = package_folder("pypinyin")
    toned: dict[str, list[str]] = {
        chr(int(code)): readings.split(",")
        for code, readings in json.loads((folder / "pinyin_dict.json").read_text("utf-8")).items()
    }
    heard, named = _heard(folder), _named()
    first: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    for character in sorted(toned):
        readings = _kept(character, toned[character], heard[character], named[character])
        first[readings[0]].append(character)
        for reading in readings[1:]:
            other[reading].append(character)
    lines = []
    for syllable in sorted({*first, *other}):
        rows = ["".join(sorted(group[syllable], key=lambda c: _tone(syllable, toned[c]))) for group in (first, other)]
        lines.append(f"{syllable} {rows[0]}|{rows[1]}\n")
    (REFERENCE / "pinyin.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


def _heard(folder: Path) -> dict[str, Counter[str]]:
    """How often each character is read each way in the phrases."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    phrases = json.loads((folder / "phrases_dict.json").read_text("utf-8"))
    for phrase, readings in phrases.items():
        for character, reading in zip(phrase, readings, strict=False):
            heard[character][_plain(reading[0])] += 1
    return heard


def _named() -> dict[str, set[str]]:
    """The readings that surnames and places have."""
    named: dict[str, set[str]] = defaultdict(set)
    with (REFERENCE / "pinyin_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for character, reading in zip(row["word"], row["readings"].split(), strict=True):
                named[character].add(reading)
    return named


def _kept(character: str, toned: list[str], heard: Counter[str], named: set[str]) -> list[str]:
    """The readings without tones, most common first."""
    readings = list(dict.fromkeys(filter(None, map(_plain, toned))))
    total = heard.total()
    if _is_common(character):
        used = [r for r in readings if r in named or (total and heard[r] / total >= _RARE)]
        readings = used or readings[:1]
    if total >= 8:
        commonest = max(readings, key=lambda r: heard[r])
        if heard[commonest] >= 2 * heard[readings[0]]:
            readings = [commonest, *(r for r in readings if r != commonest)]
    return readings + sorted(named - set(readings))


def _is_common(character: str) -> bool:
    """Level 1 of GB 2312."""
    try:
        high, *_ = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= high <= 0xD7


def _plain(toned: str) -> str:
    """nǚ → nv."""
    spelled = unicodedata.normalize("NFD", toned).replace("u\u0308", "v")
    return "".join(letter for letter in spelled if "a" <= letter <= "z")


def _tone(syllable: str, toned: list[str]) -> int:
    marks = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
    for reading in toned:
        if _plain(reading) == syllable:
            return next((marks[m] for m in unicodedata.normalize("NFD", reading) if m in marks), 5)
    return 5


# The calendar

_NOTICES = {2024: "国办发明电〔2023〕7号", 2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}


def make_calendar() -> None:
    """calendar.csv: the days a notice names, 休 or 班, by year of its notice."""
    constants = import_module("chinese_calendar.constants")
    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    rows = [(day, "休", chinese[name]) for day, name in constants.holidays.items()]
    rows += [(day, "班", chinese[name]) for day, name in constants.workdays.items()]
    named = [(day.isoformat(), *rest, _NOTICES[day.year]) for day, *rest in sorted(rows) if day.year in _NOTICES]
    write_csv("calendar.csv", ("day", "kind", "name", "source"), named)


def make_traditional() -> None:
    """traditional.txt: a traditional character and the simplified one it is written as, of common Chinese only."""
    table = (package_folder("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = [(line.split("\t")[0], line.split("\t")[1][0]) for line in table]
    common = [(old, new) for old, new in pairs if old != new and all("\u4e00" <= one <= "\u9fff" for one in (old, new))]
    lines = [f"{old}{new}\n" for old, new in sorted(common)]
    (REFERENCE / "traditional.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


# Fonts


def fetch_fonts(scratch: Path) -> None:
    """The four Noto files; their licences and the file of 楷体 are described in resources/fonts/README.md."""
    for family, package in (("NotoSansSC", "noto-sans-sc"), ("NotoSerifSC", "noto-serif-sc")):
        for folder, weight in (("400Regular", "Regular"), ("700Bold", "Bold")):
            source = scratch / "node_modules" / "@expo-google-fonts" / package / folder / f"{family}_{folder}.ttf"
            shutil.copyfile(source, RESOURCES / "fonts" / f"{family}-{weight}.ttf")


def main() -> None:
    """Everything, from the folder where npm put its packages."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    scratch = Path(sys.argv[1])
    make_regions(scratch)
    make_readings()
    make_calendar()
    make_traditional()
    fetch_fonts(scratch)


if __name__ == "__main__":
    main()

"""Front matter: the block between two ``---`` lines at the head of a document, with its fields.

The block is found by its lines, not by a YAML parser: damaged YAML is still front matter, and a paragraph between two
rules is not. Fields are read from the YAML event stream, top level and scalars only, so that nothing is built or
expanded: anchors, deep nesting and tags of hostile files cost nothing.
"""

import re
from dataclasses import dataclass, field

import yaml

from pipeline.contract.late import Late

LONGEST = 1 << 16  # code points searched for the closing fence
MOST_FIELDS = 200

LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
KEY = Late(r"(['\"]?)([^\W\d][\w -]{0,39})\1[ \t]*[:：](?!//)[ \t]*(.*)")
CONTINUES = re.compile(r"[ \t]+\S|-(?:[ \t]|$)|#|[\]}]")
SENTENCE = Late(r"[。！？；]|</?[A-Za-z]")
OPENS = (">", "|", '"', "'", "[", "{")

# Keys of a site generator are lower-case identifiers; others count where they are known to head a document.
IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*")
KNOWN = frozenset(
    {
        "title",
        "date",
        "author",
        "标题",
        "题名",
        "作者",
        "来源",
        "日期",
        "发布日期",
        "发布时间",
        "发布机构",
        "发文机关",
        "文号",
        "网址",
        "链接",
        "地区",
    }
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Scalar fields by lower-case key, as written; ``end`` is the code point where the body begins (0: no front matter)."""

    fields: dict[str, str] = field(default_factory=dict)
    end: int = 0


def read(text: str) -> FrontMatter:
    """The front matter of a decoded text, after blank lines if need be. Never raises.

    >>> read("---\\ntitle: 某市: 新闻\\n---\\n正文").fields
    {'title': '某市: 新闻'}
    >>> read("---\\n全市新增企业3家。\\n---\\n").end
    0
    """
    opened = False
    block_start = 0
    lines: list[str] = []
    for match in LINE.finditer(text, 0, min(len(text), LONGEST)):
        line = match[1].rstrip(" \t")
        if not opened:
            if line.lstrip("\ufeff"):
                if line.lstrip("\ufeff") != "---":
                    return FrontMatter()
                opened, block_start = True, match.end()
        elif line in ("---", "..."):
            if not _is_front_matter(lines):
                return FrontMatter()
            return FrontMatter(_fields(text[block_start : match.start()], lines), match.end())
        else:
            lines.append(line)
    return FrontMatter()


def _is_front_matter(lines: list[str]) -> bool:
    """Whether the lines between two fences are fields: a key first, and no sentence outside of a value."""
    named = False
    value_open = False
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if key := KEY.fullmatch(line):
            name, value = key[2].strip(), key[3].strip()
            named = named or bool(IDENTIFIER.fullmatch(name)) or name.lower() in KNOWN
            value_open = not value or value.startswith(OPENS)
        elif not named or (SENTENCE.search(line) and not (value_open and CONTINUES.match(line))):
            return False
    return named


def _fields(block: str, lines: list[str]) -> dict[str, str]:
    try:
        found = _yaml_fields(block)
    except (yaml.YAMLError, ValueError):
        found = {}
    return found or _line_fields(lines)


def _yaml_fields(block: str) -> dict[str, str]:
    """Scalars of the top-level mapping. Raises yaml.YAMLError where the block is not YAML."""
    found: dict[str, str] = {}
    depth = 0
    key: str | None = None
    for event in yaml.parse(block, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            key = None
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key = None
        elif isinstance(event, yaml.NodeEvent) and depth == 1:
            value = event.value if isinstance(event, yaml.ScalarEvent) else ""
            if key is None:
                key = value
            else:
                _put(found, key, value)
                key = None
    return found


def _line_fields(lines: list[str]) -> dict[str, str]:
    """``key: value`` line by line, for YAML that a parser refuses."""
    found: dict[str, str] = {}
    for line in lines:
        if key := KEY.fullmatch(line):
            value = key[3].strip()
            for quote in ("'", '"'):
                value = value.removeprefix(quote).removesuffix(quote)
            _put(found, key[2], "" if value in OPENS else value)
    return found


def _put(found: dict[str, str], key: str, value: str) -> None:
    """The first value of a key stands; empty and null ones are none."""
    name, value = key.strip().lower(), value.strip()
    if value and value not in ("~", "null") and len(found) < MOST_FIELDS:
        found.setdefault(name, value)

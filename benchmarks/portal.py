"""The page of a portal around a text: about ten bytes of scripts, styles and links to one of text."""

from functools import cache
from random import Random

from benchmarks.sentences import Writer

PORTALS = 40
"""Portals there are; each has its own scripts, styles and links, the same on all its pages."""


@cache
def shell(portal: int) -> tuple[str, str]:
    """What stands on every page of a portal before and after the article; ``%TITLE%`` is its title."""
    chance = Random(f"portal/{portal}")
    writer = Writer(chance, "")
    links = "".join(
        f'<li class="nav-item n{n}"><a href="/channel/{chance.randrange(10**6)}.html" target="_blank" rel="noopener"'
        f' class="link link-{chance.randrange(10**4)}"><span>{writer.filled(["", "field", ""])}</span></a></li>\n'
        for n in range(36)
    )
    script = "".join(
        f"window._q{n}=window._q{n}||[];_q{n}.push(['track',{chance.randrange(10**9)},'{chance.randrange(16**12):x}']);\n"
        for n in range(150)
    )
    style = "".join(
        f".c{n},.c{n} a:hover{{margin:{chance.randrange(40)}px;padding:0 {chance.randrange(20)}px;color:#{chance.randrange(16**6):06x}}}\n"
        for n in range(170)
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>%TITLE%</title>\n<style>{style}</style>\n'
        f"<script>{script}</script></head>\n<body><div class='nav'><ul>{links}</ul></div>\n"
    )
    return head, f'<div class="foot"><ul>{links}</ul></div></body></html>\n'


def page(chance: Random, title: str, published: str, body: list[str]) -> str:
    """The page of an article of these lines, on a portal by chance."""
    head, foot = shell(chance.randrange(PORTALS))
    text = "".join(
        f'<p style="text-indent:2em;line-height:1.8" data-id="{chance.randrange(10**6)}"><span class="t">{line}</span></p>\n'
        for line in body
    )
    return (
        f'{head.replace("%TITLE%", title)}<div class="article"><h1>{title}</h1>\n'
        f'<div class="meta">{published}&nbsp;&nbsp;来源：本站</div>\n{text}</div>\n{foot}'
    )

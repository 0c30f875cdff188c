"""The interval of values that a printed figure allows, and whether figures can hold together."""

import math

from pipeline.normalise.model import Observation

# 约, 左右, 近, 余: officials round to one digit; a tenth of the value covers what such a word may hide.
APPROXIMATE = 0.1
# Distances below this part of the value are float noise, not disagreement.
NOISE = 1e-9

Interval = tuple[float, float]


def interval(
    value: float | None, low: float | None, high: float | None, bound: str, resolution: float | None
) -> Interval:
    """Values that a figure allows: 2.9万 is 28,500 to 29,500, 超过800亿 all above, a range its ends.

    A figure without a value (an undecidable fault) allows everything.
    """
    if low is not None and high is not None:
        return low, high
    if value is None:
        return -math.inf, math.inf
    half = (resolution or 0.0) / 2
    if bound == "approx":
        half = max(half, abs(value) * APPROXIMATE)
    lowest = -math.inf if bound in ("le", "lt") else value - half
    highest = math.inf if bound in ("ge", "gt") else value + half
    return lowest, highest


def allowed(observation: Observation) -> Interval:
    """The interval of an observation."""
    return interval(
        observation.value, observation.value_low, observation.value_high, observation.bound, observation.resolution
    )


def meet(first: Interval, second: Interval) -> bool:
    """Whether some value lies in both intervals."""
    low, high = max(first[0], second[0]), min(first[1], second[1])
    if low <= high:
        return True
    return low - high <= NOISE * max(abs(low), abs(high))

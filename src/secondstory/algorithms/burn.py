"""How much of an error budget a stretch of bad requests took.

An objective of `target_ratio` over a period allows the share 1 - target of the period's requests to be bad; that is
the budget. The burn rate is the share of bad requests over that allowance: at 1 the budget lasts exactly the period.
Misleads when the period's traffic is guessed badly: the spent share is inversely proportional to it.
Reference: Google SRE Workbook, chapter 5 ("Alerting on SLOs"), 2018.
"""

from __future__ import annotations


def burn_rate(bad: float, total: float, target_ratio: float) -> float:
    """Times the rate that would just use the budget up; `total` > 0, 0 < `target_ratio` < 1.

    >>> round(burn_rate(10, 1000, 0.995), 6)
    2.0
    """
    return bad / total / (1 - target_ratio)


def spent_share(bad: float, period_requests: float, target_ratio: float) -> float:
    """The share of the period's budget that `bad` requests take; above 1 = more than all. `period_requests` > 0.

    >>> round(spent_share(50, 100_000, 0.999), 6)
    0.5
    """
    return bad / (period_requests * (1 - target_ratio))

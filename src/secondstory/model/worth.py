"""What people say a failed request, a minute or a customer is worth, and what the incident cost by that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.budget import Span


class WorthUnit(StrEnum):
    """What a given number is for one of."""

    REQUEST = "request"  # money for one failed request
    MINUTE = "minute"  # money for one minute with harm
    CUSTOMER = "customer"  # money for one customer who was hit
    CUSTOMERS_PER_REQUEST = "customers_per_request"  # how many customers stand behind one failed request


WORTH = "worth/"
"""What the subject keys of values begin with; the unit follows."""
_NUMBER = r"(\d{1,12}(?:\.\d{1,6})?)"
_AMOUNT = re.compile(rf"{_NUMBER}(?:\.\.{_NUMBER})?(?: ([A-Z]{{3}}))?")


def amount_of(unit: WorthUnit, text: str) -> tuple[float, float, str] | None:
    """(low, high, currency) of a text such as `2.50 EUR` or `2..4 EUR`; None where it is no amount of this unit.

    Money needs a currency, customers behind a request have none.

    >>> amount_of(WorthUnit.REQUEST, "2..4 EUR"), amount_of(WorthUnit.CUSTOMERS_PER_REQUEST, "0.5")
    ((2.0, 4.0, 'EUR'), (0.5, 0.5, ''))
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    low, high, currency = float(found[1]), float(found[2] or found[1]), found[3] or ""
    if low > high or (unit is WorthUnit.CUSTOMERS_PER_REQUEST) != (not currency):
        return None
    return low, high, currency


@dataclass(frozen=True)
class Assumption:
    """A value that a person gave, as a range, with who, when and why. `currency` "" = a bare number."""

    unit: WorthUnit
    low: float
    high: float
    currency: str  # ISO 4217
    decision_id: str
    actor_id: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Cost:
    """What follows from one assumption: an amount of money, or a number of customers (`currency` "").

    Costs by different units are different estimates of one harm: they are never added up.
    """

    key: str
    unit: WorthUnit
    amount: Span
    currency: str
    count: Span  # of failed requests, minutes or customers
    basis: str
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.decision_ids:
            raise ValueError(f"cost {self.key} rests on nobody's value")

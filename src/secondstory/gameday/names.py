"""Names that a recording draws: services, people on duty, customers."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

ROLES = ("gateway", "checkout", "cart", "orders", "payment", "catalogue")
DATABASE = "database"

PLAIN_NAMES: Mapping[str, str] = {**{role: role for role in ROLES}, DATABASE: "shop-db"}

_FIRST = (
    "Ida", "Jonas", "Mei", "Omar", "Lucia", "Pavel", "Noor", "Emil", "Sara", "Tomas", "Aiko", "Bruno", "Chloe", "Dario",
    "Elif", "Farah", "Goran", "Hanna", "Ivo", "Jana", "Kofi", "Lena", "Marta", "Nils", "Olga", "Pia", "Quentin", "Rosa",
    "Sven", "Tara", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoe", "Anton", "Berit", "Carlos", "Dana",
)  # fmt: skip
_LAST = (
    "Berg", "Haddad", "Novak", "Okafor", "Rossi", "Tanaka", "Weiss", "Lindholm", "Moreau", "Petrov", "Silva", "Kaya",
    "Jensen", "Dubois", "Marin", "Fischer",
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Who takes part: the people on duty by their task, and the customers' account names."""

    people: Mapping[str, str]
    customers: tuple[str, ...]


def draw_cast(seed: int) -> Cast:
    """Six people on duty and forty customers; the same seed gives the same names."""
    draw = random.Random(f"cast-{seed}")
    firsts = list(_FIRST)
    draw.shuffle(firsts)
    people = {
        task: f"{firsts[position]} {draw.choice(_LAST)}"
        for position, task in enumerate(("oncall", "developer", "lead", "dba", "support", "reviewer"))
    }
    customers = tuple(f"{first}.{draw.choice(_LAST)}".lower() for first in sorted(_FIRST))
    return Cast(people, customers)

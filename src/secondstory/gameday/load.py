"""Turns a list of customers into requests at the gateway: open loop, with time-outs and retries as apps do them."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

TIMEOUT_S = 8.0
ACTIONS_PER_S = 10.0


@dataclass(frozen=True)
class Shoppers:
    """Who asks, for what: the customers' names, the services' names, and the share of orders with each wish."""

    customers: tuple[str, ...]
    names: Mapping[str, str]
    wish_shares: Mapping[str, float]


class Load:
    """Sends requests until it is cancelled; `factor` may be changed meanwhile."""

    def __init__(self, shoppers: Shoppers, seed: int, gateway_port: Callable[[], int]) -> None:
        self._shoppers = shoppers
        self._draw = random.Random(f"load-{seed}")
        self._gateway_port = gateway_port
        self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=500), timeout=TIMEOUT_S)
        self.factor = 1.0

    async def run(self) -> None:
        """Start actions at random distances (a Poisson process), whether or not earlier ones were answered."""
        async with self._client, asyncio.TaskGroup() as actions:
            while True:
                await asyncio.sleep(self._draw.expovariate(ACTIONS_PER_S * self.factor))
                actions.create_task(self._act(self._draw.choice(self._shoppers.customers), self._draw.random()))

    async def _act(self, customer: str, kind: float) -> None:
        names = self._shoppers.names
        item = str(self._draw.randrange(402))  # the last pages are gone from the catalogue: a few honest 404
        if kind < 0.62:
            await self._send("GET", f"/{names['catalogue']}/{item}", customer, {})
            return
        await self._send("POST", f"/{names['cart']}", customer, {"item": item})
        if kind < 0.78:
            return
        await asyncio.sleep(self._draw.uniform(0.5, 2.0))
        wishes = [wish for wish, share in self._shoppers.wish_shares.items() if self._draw.random() < share]
        await self._send("POST", f"/{names['checkout']}", customer, {"wishes": wishes})

    async def _send(self, method: str, path: str, customer: str, payload: dict[str, object]) -> None:
        for attempt in range(3):
            if attempt:
                await asyncio.sleep(self._draw.uniform(0.6, 1.4) * attempt)
            url = f"http://127.0.0.1:{self._gateway_port()}{path}"
            try:
                answer = await self._client.request(
                    method, url, headers={"x-user": customer}, json=payload if method == "POST" else None
                )
            except httpx.TransportError:
                continue
            if answer.status_code < 500:
                return

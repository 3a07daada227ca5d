"""Tests of the rehearsal: scoring, rooms, and what an answer does to them."""

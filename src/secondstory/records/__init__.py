"""Incidents, decisions, documents, jobs and the catalogue in a relational database."""

"""Tests of what leaves the installation."""

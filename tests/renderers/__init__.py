"""Tests of the forms that need a program."""

"""Starts the command line: `python -m secondstory` and the `secondstory` script."""

from secondstory.cli.app import main

if __name__ == "__main__":
    main()

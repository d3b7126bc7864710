"""``python -m storydiff``: the command line."""

import sys


def main() -> None:
    """Start the program; Ctrl-C while its commands are still being loaded ends it as it does later."""
    try:
        from storydiff.cli import main as program
    except KeyboardInterrupt:
        print("storydiff: stopped", file=sys.stderr)
        sys.exit(130)
    program(prog_name="storydiff")


if __name__ == "__main__":
    main()

"""``python -m storydiff``: the command line."""

from storydiff.cli import main

if __name__ == "__main__":
    main(prog_name="storydiff")

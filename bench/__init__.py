"""How fast pages and saves are, beside a bare Django app in the same run: `make bench`. Source: design.md 8."""

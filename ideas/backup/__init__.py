"""A backup: everything that lasts, in one file that does not depend on the database it came from.

`make` writes one while people work, `restore` loads one into an empty installation. It is a tar.gz with for each
model its rows as lines of JSON (`rows/`), the stored files (`files/`), and last a manifest.
"""

"""The advisers: they look at what was entered, show their reasons and the second best, and never decide.

Source: domain.md 4.1, 4.5 (B3, B8), 4.6 and part 5.
"""

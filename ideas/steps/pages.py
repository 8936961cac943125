"""The pages of the four steps, by number."""

PAGES = {1: "ideas:explore", 2: "ideas:check", 3: "ideas:concretise", 4: "ideas:decide"}

"""The puzzle of an idea as a picture: to look at together, to work in, and on paper."""

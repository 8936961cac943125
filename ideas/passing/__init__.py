"""An idea that goes from one organisation to another, as a file: each takes its own decision."""

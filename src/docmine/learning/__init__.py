"""corpus/ → models/: reading the labelled corpus, training, measuring. Needs the `train` extra; mining does not."""

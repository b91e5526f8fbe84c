"""Tables: totals, columns that make one another, changes, ranks, classes, points, and rows the text repeats."""

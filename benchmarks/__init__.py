"""What is measured: `make bench` prints it, BENCHMARKS.md records it."""

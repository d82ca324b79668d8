"""What must be quick, measured against plain baselines in the same run: `python -m benchmarks`."""

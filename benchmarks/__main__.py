"""Runs every benchmark of this folder and prints its ratios: `python -m benchmarks [--full]`."""

import importlib
import pkgutil
import sys

import benchmarks


def main() -> int:
    """Exit status 1 when a goal is missed; a benchmark that cannot run here says why and counts as neither."""
    full, missed = "--full" in sys.argv[1:], 0
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("_") or found.name == "measured":
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        print(f"{found.name}: {module.__doc__.splitlines()[0]}")
        for line in module.run(full=full):
            print(f"  {line}")
            missed += line.missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m bench``: the figures of the engine against what Wagtail does by itself, on one database.

``DATABASE_URL`` chooses the database server; without it SQLite, in a file. The database is made for the run and
destroyed afterwards. Figures are reported, never judged by an exit status: machines are shared and noisy.
"""

import argparse
import json
import platform
import time

from bench.database import ROOT, throwaway_database
from bench.measure import HEADING


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="100,1000", help="numbers of editions, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds of which the median counts")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with throwaway_database() as vendor:
        from bench.releases import Releases

        print(
            f"\n{vendor}, median of {options.rounds} interleaved rounds; ms for each page\n{HEADING}",
            flush=True,
        )
        figures = []
        for figure in Releases(sizes, options.rounds).figures():
            print(figure, flush=True)
            figures.append(figure.as_json())
    path = ROOT / "var" / "bench" / f"{vendor}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "when": time.strftime("%Y-%m-%dT%H:%M:%S")}
    path.write_text(json.dumps({"database": vendor, **machine, "figures": figures}, indent=1) + "\n")
    print(f"\nWritten to {path.relative_to(ROOT)}. A mark (!) stands before a figure that misses its budget.")


if __name__ == "__main__":
    main()

"""``python -m bench``: the figures of the engine against what Wagtail does by itself, and of screens, on one database.

``DATABASE_URL`` chooses the database server; without it SQLite, in a file. The database is made for the run and
destroyed afterwards. Figures are reported, never judged by an exit status: machines are shared and noisy.
"""

import argparse
import json
import platform
import time
from collections.abc import Iterable

from bench.database import ROOT, throwaway_database
from bench.measure import HEADING, Figure


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000", help="numbers of editions, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds of which the median counts")
    parser.add_argument("--only", choices=["releases", "screens"], help="one half of the figures")
    parser.add_argument("--chapters", type=int, default=12, help="of the toolkit that screens show")
    parser.add_argument(
        "--languages", type=int, default=2, help="of the affiliates whose screens are measured"
    )
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    figures: list[dict] = []
    if options.only != "screens":
        with throwaway_database() as vendor:
            from bench.releases import Releases

            report(vendor, "ms for each page", Releases(sizes, options.rounds).figures(), figures)
    if options.only != "releases":
        with throwaway_database() as vendor:
            from bench.screens import Screens

            screens = Screens(sizes, max(options.rounds, 5), options.chapters, options.languages)
            report(vendor, "ms for each screen", screens.figures(), figures)
    path = ROOT / "var" / "bench" / f"{vendor}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "when": time.strftime("%Y-%m-%dT%H:%M:%S")}
    path.write_text(json.dumps({"database": vendor, **machine, "figures": figures}, indent=1) + "\n")
    print(f"\nWritten to {path.relative_to(ROOT)}. A mark (!) stands before a figure that misses its budget.")


def report(vendor: str, unit: str, figures: Iterable[Figure], into: list[dict]) -> None:
    """Print each figure as it is known, and keep it."""
    print(f"\n{vendor}, medians of interleaved rounds; {unit}\n{HEADING}", flush=True)
    for figure in figures:
        print(figure, flush=True)
        into.append(figure.as_json())


if __name__ == "__main__":
    main()

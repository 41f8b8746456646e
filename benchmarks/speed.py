"""Times docmine against named rivals in one run: `python benchmarks/speed.py [--rounds N]`.

cold start   `docmine run` on one small text file, whole processes, against a process that loads `spacy.blank("zh")`;
             rounds alternate, and the medians are compared
words        `docmine.rulebook.words.cut` against `jieba.lcut` over the corpus's lines, both warmed up, in this process;
             also whether both give the same tokens

Figures are ratios (docmine / rival): below 1 docmine is faster.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from docmine.rulebook.words import cut

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "samples" / "05_居民来信.txt"
RIVAL = "import spacy; spacy.blank('zh')('各单位要于9月底前完成。')"


def seconds(task: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def cold_start(rounds: int) -> float:
    """Median wall time of a docmine process by that of spaCy's blank Chinese pipeline."""
    with tempfile.TemporaryDirectory() as out:
        ours = [sys.executable, "-m", "docmine", "run", str(SMALL), "-o", out]
        theirs = [sys.executable, "-c", RIVAL]
        times: dict[str, list[float]] = {"ours": [], "theirs": []}
        for number in range(rounds + 1):
            for name, command in (("ours", ours), ("theirs", theirs)):
                spent = seconds(lambda c=command: subprocess.run(c, check=True, capture_output=True))
                if number:  # the first round fills the caches
                    times[name].append(spent)
    return statistics.median(times["ours"]) / statistics.median(times["theirs"])


def words(rounds: int) -> tuple[float, bool]:
    """(median time of `cut` by that of `jieba.lcut`, whether the tokens are the same)."""
    paths = sorted((ROOT / "corpus" / "documents").glob("*.txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    jieba.setLogLevel("ERROR")
    same = all(cut(line) == jieba.lcut(line) for line in lines)
    ours = [seconds(lambda: [cut(line) for line in lines]) for _ in range(rounds)]
    theirs = [seconds(lambda: [jieba.lcut(line) for line in lines]) for _ in range(rounds)]
    return statistics.median(ours) / statistics.median(theirs), same


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(f"cold start  {cold_start(rounds):.2f} of spacy.blank('zh')")
    ratio, same = words(rounds)
    print(f"words       {ratio:.3f} of jieba.lcut, tokens {'the same' if same else 'DIFFER'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

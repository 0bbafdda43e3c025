#!/usr/bin/env python3
"""Proves the decay table: decay.py PROGRAM, where PROGRAM is decay_dump.

Checks by whole numbers alone that D[a] is what docs/model.md says, for every half-life H and age a:
the largest n with (2n-1)^H <= 2^(25H-a). Then measures how near the exact weight 2^(24-a/H) ever
comes to a whole number and a half, which is what the argument in lib/base/fixed.c leans on.
"""
import math
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal, localcontext

FIRST, LAST = 1, 365
CLAIMED_BITS = 42  # fixed.c: the distance is never below 2^(24-q-42)


def is_right(half_life, age, n):
    """n is the largest with (2n-1)^H <= 2^(25H-a); 0 when no n >= 1 is."""
    bound = 25 * half_life - age
    power = 1 << max(bound, 0)
    if n > 0 and (bound < 0 or (2 * n - 1) ** half_life > power):
        return False
    return bound < 0 or (2 * n + 1) ** half_life > power


def nearness(half_life, part):
    """-log2 of the least distance, over all q, of 2^(24-q) * 2^(-part/H) from a whole number and a
    half, in units of 2^(24-q). Forty digits are some 2^-130, far below what is measured."""
    with localcontext() as context:
        context.prec = 40
        power = Decimal(2) ** (Decimal(-part) / half_life)
        nearest = min(abs(power * 2 ** (24 - q) % 1 - Decimal("0.5")) / 2 ** (24 - q)
                      for q in range(25))
    return -math.log2(nearest)


def check(line):
    half_life, *table = map(int, line.split())
    wrong = [a for a, n in enumerate(table) if not is_right(half_life, a, n)]
    if len(table) != 25 * half_life + 2 or table[-1] != 0:
        wrong.append("size")
    nearest = max((nearness(half_life, part) for part in range(1, half_life)), default=0.0)
    return half_life, len(table), wrong, nearest


def main():
    dump = subprocess.run(sys.argv[1:2], check=True, capture_output=True, text=True).stdout
    with ProcessPoolExecutor() as pool:
        results = list(pool.map(check, dump.splitlines()))
    failures = [(half_life, wrong[:5]) for half_life, _, wrong, _ in results if wrong]
    nearest = max(bits for _, _, _, bits in results)
    if [half_life for half_life, *_ in results] != list(range(FIRST, LAST + 1)):
        failures.append("not every half-life is there")
    if nearest > CLAIMED_BITS:
        failures.append("a weight lies nearer to a boundary than fixed.c says")
    print(f"decay: {sum(size for _, size, _, _ in results)} values of {len(results)} half-lives, "
          f"nearest boundary 2^(24-q-{nearest:.2f}) away, failures: {failures or 'none'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

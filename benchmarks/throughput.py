"""How many characters a second `extract_text` reads on one core, beside programs that read the same texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import median

from figures import Figure
from players import JIEBA, OWN, PEERS, Player, Program, play

PART = "throughput: characters a second, one core"
LEAST = 50_000  # characters in a round; less is too short to time
FOR_PEERS = 30_000  # characters; the slowest peer reads 7,000 a second


def measure(texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """Speeds, and the ratio to `jieba.lcut` in pairs of rounds that follow each other."""
    texts, few = in_order(texts)
    sizes = [len(text) for text in texts]
    rounds = 3 if quick else 7
    with ExitStack() as stack:
        own, jieba = (stack.enter_context(play(program, texts)) for program in (OWN, JIEBA))
        first = [player.seconds(0, len(texts)) or 0 for player in (own, jieba)]
        pairs = paired((own, jieba), len(texts), sum(sizes), rounds)
        yield from speeds((OWN, JIEBA), pairs, sum(sizes))
        ratio = median(theirs / ours for ours, theirs in pairs)
        yield Figure(PART, "summaryparse against jieba.lcut", ratio, "x", at_least=2.5)
        yield Figure(PART, "the same, stretch target", ratio, "x", at_least=5)
        yield Figure(PART, "the same, every text seen for the first time", first[1] / first[0], "x")
        yield from against_peers(own, texts[:few], quick=quick)


def in_order(texts: Sequence[str]) -> tuple[list[str], int]:
    """The texts with evenly spaced ones in front, and how many of these make the peers' share."""
    step = max(1, sum(map(len, texts)) // FOR_PEERS)
    spaced = list(texts[::step])
    few, total = 0, 0
    while few < len(spaced) and total < FOR_PEERS:
        total += len(spaced[few])
        few += 1
    return [*spaced, *(text for at, text in enumerate(texts) if at % step)], few


def paired(players: Sequence[Player], texts: int, characters: int, rounds: int) -> list[tuple[float, ...]]:
    """Seconds for one pass over the texts, a tuple for each round; who begins changes from round to round."""
    repeat = -(-LEAST // characters) if characters < LEAST else 1
    found = []
    for number in range(rounds):
        turn = players if number % 2 else players[::-1]
        seconds = {player.name: (player.seconds(0, texts, repeat) or 0) / repeat for player in turn}
        found.append(tuple(seconds[player.name] for player in players))
    return found


def speeds(
    programs: Sequence[Program], rounds: Sequence[tuple[float, ...]], characters: int
) -> Iterator[Figure]:
    """The best speed of each program."""
    for program, seconds in zip(programs, zip(*rounds, strict=True), strict=True):
        what = f"{program.name} ({program.does})"
        yield Figure(PART, what, characters / min(seconds), "/s")


def against_peers(own: Player, texts: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """How many times as fast as each peer that is installed, on a share of the texts."""
    characters = sum(map(len, texts))
    for peer in PEERS:
        what = f"summaryparse against {peer.does}"
        if peer.command() is None:
            yield Figure(PART, what, None, "x", note=f"not installed: {peer.install}")
            continue
        with play(peer, texts) as player:
            player.seconds(0, len(texts))
            rounds = []
            for _ in range(1 if quick else 3):
                ours = sum(own.seconds(0, len(texts)) or 0 for _ in range(3)) / 3
                rounds.append((ours, player.seconds(0, len(texts)) or 0))
        yield from speeds([peer], [(seconds,) for _, seconds in rounds], characters)
        yield Figure(PART, what, median(theirs / ours for ours, theirs in rounds), "x")

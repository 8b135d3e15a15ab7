"""Vectors as searches want them, kept in files, so that the next start need not make them from the record again.

Two files for each block, mapped into memory: what every search goes through, and what it takes a few rows of. One more
says which blocks count. The record alone is trusted: what does not belong to it, or is damaged, is thrown away.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_search.engine.library.snapshots import Snapshot
from desktop_search.engine.vectors.block import Block, Chosen
from desktop_search.engine.vectors.codes import Coded

_VERSION = 1
_LIST = "blocks"
_ROWS, _FINE = ".rows", ".fine"
Arrays = Mapping[str, npt.NDArray[np.generic]]


class MeaningCache:
    """The files of one kind of vectors in a folder of their own. Not for several threads at once.

    Args:
        folder: below a folder of this kind alone; others beside it, of models that were in use before, are removed.
        identity: of the record and the model.
        dim: how many numbers a vector has.
    """

    def __init__(self, folder: Path, identity: str, dim: int) -> None:
        self._folder, self._identity, self._dim = folder, f"{identity} {dim} {_VERSION}", dim
        self._numbers: dict[Block, int] = {}
        self._refused = False
        self._next = 1 + max((_number_of(file) for file in folder.glob(f"*{_ROWS}")), default=0)

    def load(self) -> tuple[int, list[tuple[Block, Chosen]]] | None:
        """The number of the last change that is in it, and its blocks, each with which of its items count."""
        listed = Snapshot(self._folder / _LIST, self._identity).read()
        if listed is None:
            return None
        found: list[tuple[Block, Chosen]] = []
        for number in listed.arrays["numbers"].tolist():
            block = self._read(number)
            live = listed.arrays.get(f"live {number}")
            if block is None or live is None or len(live) != len(block.items):
                self._numbers.clear()
                return None
            found.append((block, live.astype(bool)))
        return listed.number, found

    def keep(self, block: Block) -> Block:
        """The same block, now in a file; or just the same, once the disk has refused one."""
        if block in self._numbers or self._refused:
            return block
        number, self._next = self._next, self._next + 1
        rows, fine = self._files(number)
        self._refused = not (fine.write(0, {"fine": block.vectors.fine.ravel()}) and rows.write(0, _rows_of(block)))
        return block if self._refused else self._read(number) or block

    def save(self, number: int, held: Sequence[tuple[Block, Chosen]]) -> bool:
        """Say that these blocks, all of them kept, are everything up to a change. False where the disk refuses."""
        if not all(block in self._numbers for block, _ in held):
            return False
        numbers = [self._numbers[block] for block, _ in held]
        arrays: dict[str, npt.NDArray[np.generic]] = {"numbers": np.array(numbers, np.int64)}
        arrays |= {f"live {self._numbers[block]}": live for block, live in held}
        if not Snapshot(self._folder / _LIST, self._identity).write(number, arrays):
            return False
        self._forget_all_but(block for block, _ in held)
        return True

    def clear(self) -> None:
        """Leave nothing on the disk."""
        shutil.rmtree(self._folder.parent, ignore_errors=True)
        self._numbers = {}

    def _forget_all_but(self, blocks: Iterable[Block]) -> None:
        self._numbers = {block: self._numbers[block] for block in blocks}
        kept = {_LIST, *(f"{number}{suffix}" for number in self._numbers.values() for suffix in (_ROWS, _FINE))}
        for file in self._folder.iterdir():
            if file.name not in kept:
                with suppress(OSError):  # still mapped, on some systems; the next time then
                    file.unlink()
        for other in self._folder.parent.iterdir():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def _read(self, number: int) -> Block | None:
        rows, fine = self._files(number)
        taken, taken_fine = rows.read(), fine.read()
        if taken is None or taken_fine is None:
            return None
        try:
            block = _block_of(taken.arrays, taken_fine.arrays["fine"], self._dim)
        except (KeyError, ValueError) as error:
            rows.discard(error)
            return None
        self._numbers[block] = number
        return block

    def _files(self, number: int) -> tuple[Snapshot, Snapshot]:
        rows, fine = (Snapshot(self._folder / f"{number}{suffix}", self._identity) for suffix in (_ROWS, _FINE))
        return rows, fine


def _number_of(file: Path) -> int:
    return int(file.stem) if file.stem.isdecimal() else 0


def _rows_of(block: Block) -> dict[str, npt.NDArray[np.generic]]:
    rows = {"items": block.items, "firsts": block.firsts, "row_ids": block.row_ids, "starts_ms": block.starts_ms}
    return {"codes": block.vectors.codes.ravel(), "scales": block.vectors.scales, **rows}


def _block_of(arrays: Arrays, fine: npt.NDArray[np.generic], dim: int) -> Block:
    items, firsts, row_ids, starts_ms = (
        arrays[name].view(np.int64) for name in ("items", "firsts", "row_ids", "starts_ms")
    )
    codes = arrays["codes"].view(np.int8).reshape(-1, dim)
    halves = fine.view(np.uint8).reshape(-1, (dim + 1) // 2)
    if len(halves) != len(codes):
        raise ValueError("its two files do not belong together")
    return Block(items, firsts, row_ids, starts_ms, Coded(codes, halves, arrays["scales"].view(np.float32)))

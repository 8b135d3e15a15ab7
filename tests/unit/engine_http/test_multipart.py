"""The streaming parser: however the bytes are cut, the same comes out."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.filepost import encode_multipart_formdata

from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.multipart import FileRules, Receiver

_SUFFIXES = frozenset({".mp4"})


def _rules(folder: Path, size_max_bytes: int = 1 << 20) -> FileRules:
    numbers = iter(range(1000))
    return FileRules("file", _SUFFIXES, "video/", size_max_bytes, 2, lambda suffix: folder / f"{next(numbers)}{suffix}")


@contextmanager
def _received(body: bytes, content_type: str, cut: int, **options: Any) -> Iterator[Receiver]:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), cut):
            yield body[start : start + cut]

    with tempfile.TemporaryDirectory() as folder:
        receiver = Receiver(content_type, _rules(Path(folder), **options))
        try:
            asyncio.run(receiver.receive(chunks()))
            yield receiver
        finally:
            receiver.discard()
            assert list(Path(folder).iterdir()) == []


@given(
    st.binary(min_size=1, max_size=3000),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=200),
    st.integers(1, 5000),
)
def test_every_cut_gives_the_same(content: bytes, text: str, cut: int) -> None:
    parts: list[tuple[str, Any]] = [("tags", text), ("file", ('ü "x".mp4', content, "video/mp4")), ("tags", "b")]
    body, content_type = encode_multipart_formdata(parts)
    with _received(body, content_type, cut) as receiver:
        assert receiver.fields == [("tags", text), ("tags", "b")]
        assert [(part.file_name, part.path.read_bytes()) for part in receiver.files] == [('ü "x".mp4', content)]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="file"; filename="a.mp4"', "a.mp4"),
        ("form-data; name=file; filename=a.mp4", "a.mp4"),
        ("form-data; name=\"file\"; filename*=utf-8''%C3%BC%20x.mp4", "ü x.mp4"),
        ('form-data; name="file"; filename="C:\\\\clips\\\\a.mp4"', "a.mp4"),
        ('form-data; name="file"; filename="/abs/../a.mp4"', "a.mp4"),
        ('form-data; name="file"; filename="q\\"q.mp4"', 'q"q.mp4'),
        ('form-data; name="file"; filename="a;b=c.mp4"', "a;b=c.mp4"),
    ],
)
def test_names_of_files(disposition: str, name: str) -> None:
    head = f"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: video/mp4\r\n\r\n".encode()
    with _received(head + b"x\r\n--b--\r\n", "multipart/form-data; boundary=b", 7) as receiver:
        assert receiver.files[0].file_name == name


def test_too_large_is_refused_while_it_streams() -> None:
    parts = [("file", ("a.mp4", b"\0" * (5 << 20), "video/mp4"))]
    body, content_type = encode_multipart_formdata(parts)
    with pytest.raises(ApiError, match="too large"), _received(body, content_type, 1 << 16, size_max_bytes=1 << 20):
        pass


def test_fields_are_bounded_each_and_together() -> None:
    for fields in ([("tags", "x" * 70_000)], [("tags", "x" * 60_000)] * 20, [("tags", "x")] * 501):
        body, content_type = encode_multipart_formdata(fields)
        with pytest.raises(ApiError, match=r"long|parts"), _received(body, content_type, 1 << 16):
            pass


@given(st.binary(max_size=400), st.integers(1, 100))
def test_garbage_is_refused_and_nothing_else(garbage: bytes, cut: int) -> None:
    with pytest.raises(ApiError), _received(b"--b\r\n" + garbage, "multipart/form-data; boundary=b", cut):
        pass

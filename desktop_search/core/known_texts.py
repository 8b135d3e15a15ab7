"""Texts that come in English, from the engine, a child process or the system, in the user's language.

The wire and the catalog keep them in English; what shows them asks here. Whole sentences are found among all
translated texts. Those with values in them are named below, as they are where they are made; `tests/checks` holds them
to that.
"""

from __future__ import annotations

import re
from functools import lru_cache

from desktop_search.core.language import ENGLISH, N_, _, chosen

SENTENCES = (
    N_("Some of the picture is damaged and was left out."),
    N_("The last part of this video has no picture that could be read."),
    N_("The file ends too early; what is there was indexed. Copy it again to have it whole."),
    N_("This is a picture, not a video."),
    N_("The sound of this video could not be read."),
    N_("Something went wrong inside the engine while indexing this file."),
    N_("Something went wrong inside the engine while importing this post."),
    N_("Something went wrong inside the engine."),
    N_("Fetching this post crashed."),
    N_("Fetching this post took too long; it was given up."),
    N_("The import was taken back."),
    N_("There was nothing to import."),
    N_("There are no posts at this address."),
    N_("There is no video at this address."),
    N_("This is live; it can be imported once it is over."),
    N_("The address is not one of the platform's."),
    N_("There is a page at that address, not a video file."),
    N_("There is an empty file at that address."),
    N_("The connection broke before the whole file was fetched."),
    N_("The address leads away from http and https."),
    N_("The file at that address is too large; at most 1 GB is accepted."),
    N_("There is no playlist (m3u8) at that address."),
    N_("The playlist is of something live; it can be added once it is over."),
    N_("There is no room left on the engine's disk. Free some space and try again."),
    N_("The folder was renamed or deleted meanwhile."),
    N_("The folder does not exist."),
    N_("The folder still holds footage. Delete or move it first."),
    N_("The default folder can be neither renamed nor deleted."),
    N_("The file does not exist."),
    N_("The file cannot be read: permission denied."),
    N_("Too many imports are waiting. Try again later."),
    N_("Fetch or import the model again."),
    N_("Fetch or import it first."),
    N_("Check it, or fetch it again."),
    N_("Check it or fetch it again in the list of models."),
    N_("Remove the model and add it again."),
    N_("Remove it and add it again, or choose another model."),
    N_("Its check did not come to an end."),
    N_("It is installed but not used; the log has the details."),
    N_("Make room and try again; what was fetched is kept."),
    N_("What was fetched is kept."),
    N_("What was fetched so far is kept; a model can also be imported from a folder."),
    N_("Wait for it to end, or end it first."),
    N_("Try again later; if it stays so, the model has been changed at its source."),
    N_("Fetch the files anew; these are damaged, or belong to another version."),
    N_("It may have moved; a newer version of this program may know where to. Or import it from a folder."),
    N_("A program may have its files open: try again in a few minutes, or close the program first."),
    N_("The model hub cannot be reached."),
    N_("The model hub may not be asked: HF_HUB_OFFLINE is set."),
    N_("The connection to the model hub broke."),
    N_("The connection to the model hub ended too early."),
    N_("The model hub asks to come back later."),
    N_("This model could not be run."),
    N_("This model does not write sentences."),
    N_("This model says the same of every picture."),
    N_("Another process is choosing a model just now."),
)
WITH_VALUES = (
    N_("Reading this file got stuck: no progress for {time}."),
    N_("Reading this file was given up after {time}: it takes too long."),
    N_("What was found in this file could not be stored: {reason}."),
    N_("{problem} The transcript is a rough one."),
    N_("Video has been downloaded: {done} of {all}."),
    N_("The post could not be stored: {reason}."),
    N_("The post comes as {kind}, not as a video."),
    N_("The post is too large; at most {megabytes} MB are fetched."),
    N_("The file is away: {file}. Was it moved, or its drive unplugged?"),
    N_("The address answered with HTTP {status}."),
    N_("The address could not be fetched: {reason}."),
    N_("The engine could not store the file: {reason}."),
    N_("There is a folder “{name}” already."),
    N_("The file cannot be read: {reason}."),
    N_("The model “{model}” cannot be used: {problem}"),
    N_("The model “{model}” is not installed."),
    N_("The model “{model}” did not pass its check: {problem}"),
    N_("The file {file} is missing, or has changed since it was checked."),
    N_("The file {file} is not what it was when it was installed."),
    N_("A file of the model is missing: {file}."),
    N_("A file of the model is damaged: {file}."),
    N_("The models folder “{folder}” cannot be used: {reason}."),
    N_("There is no room for the model: {needed} are needed, {left} are free."),
    N_("Make room on the disk of “{folder}”, or name another folder by --models-dir."),
    N_("The disk of “{folder}” is full."),
    N_("Another process is working on the model “{model}”."),
    N_("“{folder}” could not be removed: {reason}."),
    N_("“{folder}” is not a folder."),
    N_("“{folder}” is not the model “{model}”: {problem}."),
    N_("“{folder}” holds none of the known models."),
    N_("“{folder}” may be one of several models."),
    N_("The checksum of {file} is not the right one."),
    N_("The checksum of {file}, as fetched, is not the right one."),
    N_("The model hub has trouble (status {status})."),
    N_("The model hub has no “{what}” that anybody may fetch."),
)
_OF_THE_SYSTEM = (  # as Python and the C library say them
    N_("Permission denied"),
    N_("No such file or directory"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("File name too long"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Device or resource busy"),
    N_("Too many open files"),
    N_("Invalid argument"),
)
_VALUE = re.compile(r"\\\{(\w+)\\\}")
_PATTERNS = tuple(
    (text, re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(text)), re.DOTALL))
    for text in sorted(WITH_VALUES, key=len, reverse=True)
)


@lru_cache(maxsize=1000)
def localised(text: str) -> str:
    """The text in the user's language; the text itself where nobody knows it. Values in it are looked up too."""
    if chosen() == ENGLISH or not text:
        return text
    whole = _(text)
    if whole != text:
        return whole
    for english, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is not None:
            return _(english).format(**{name: localised(value) for name, value in match.groupdict().items()})
    return _each_sentence(text)


def reason_of(error: OSError) -> str:
    """Why the system refused something, in a few words without a full stop."""
    return localised(error.strerror or type(error).__name__)


def _each_sentence(text: str) -> str:
    """Several sentences, each by itself, where all of them are known."""
    parts = re.split(r"(?<=[.?!]) ", text)
    found = [localised(part) for part in parts] if len(parts) > 1 else [text]
    return " ".join(found) if all(new != old for new, old in zip(found, parts, strict=True)) else text

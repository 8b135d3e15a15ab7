"""All tables of one data folder together."""

from __future__ import annotations

from pathlib import Path

from desktop_search.engine.store.callbacks import Callbacks
from desktop_search.engine.store.captions import Captions
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.deletions import Deletions
from desktop_search.engine.store.folders import Folders
from desktop_search.engine.store.images import Images
from desktop_search.engine.store.leftovers import Leftovers
from desktop_search.engine.store.meanings import Meanings
from desktop_search.engine.store.moments import Moments
from desktop_search.engine.store.namespaces import Namespaces
from desktop_search.engine.store.people import People
from desktop_search.engine.store.phrases import Phrases
from desktop_search.engine.store.places import Places
from desktop_search.engine.store.posts import Posts
from desktop_search.engine.store.settings import Settings
from desktop_search.engine.store.tasks import Tasks
from desktop_search.engine.store.transcripts import Transcripts
from desktop_search.engine.store.videos import Videos


class Store:
    """The record of one library; `database.notice` says if an unreadable one was set aside.

    Attributes:
        identity: what no other record has, so that a cache of another is never used.
        video_changes: videos whose searchable contents changed, vectors of meaning among them.
        video_word_changes: the same, without those of which only vectors of meaning were added or dropped.
        image_changes: images whose searchable contents changed, vectors of meaning among them.
        image_word_changes: the same, as for videos.
    """

    def __init__(self, file: Path) -> None:
        self.database = Database(file)
        self.settings = Settings(self.database)
        self.leftovers, self.deletions = Leftovers(self.database), Deletions(self.database)
        self.namespaces = Namespaces(self.database)
        self.folders = Folders(self.database)
        self.identity = self.settings.get("identity")
        self.video_changes = Changes(self.database, "video", "video meaning")
        self.video_word_changes = Changes(self.database, "video")
        self.image_changes = Changes(self.database, "image", "image meaning")
        self.image_word_changes = Changes(self.database, "image")
        self.videos = Videos(self.database, self.video_changes)
        self.places = Places(self.database, self.video_changes)
        self.moments = Moments(self.database, self.video_changes)
        self.posts = Posts(self.database, self.video_changes)
        self.tasks = Tasks(self.database)
        self.transcripts = Transcripts(self.database, self.video_changes)
        self.callbacks = Callbacks(self.database)
        self.captions = Captions(self.database)
        self.people = People(self.database)
        self.phrases = Phrases(self.database)
        self.images = Images(self.database, self.image_changes)
        meaning_changes = Changes(self.database, "video meaning"), Changes(self.database, "image meaning")
        self.meanings = Meanings(self.database, *meaning_changes)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

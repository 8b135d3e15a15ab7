"""The catalog's schema, step by step. Steps are only ever added; a released step never changes.

Paths are BLOBs (`os.fsencode`), because file names of this computer need not be valid Unicode.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
    CREATE TABLE uploads (
        id             INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id     TEXT NOT NULL,
        path           BLOB NOT NULL,
        kind           TEXT NOT NULL,
        state          TEXT NOT NULL,
        details        TEXT NOT NULL,
        size_bytes     INTEGER NOT NULL,
        sent_bytes     INTEGER NOT NULL,
        remote_id      TEXT NOT NULL,
        cause          TEXT NOT NULL,
        added_ms       INTEGER NOT NULL,
        index_permille INTEGER,
        maybe_sent     INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
        "CREATE INDEX uploads_by_path ON uploads (library_id, path)",
        "CREATE INDEX uploads_by_state ON uploads (state, id)",
        """
    CREATE TABLE local_files (
        library_id  TEXT NOT NULL,
        video_no    TEXT NOT NULL,
        path        BLOB NOT NULL,
        size_bytes  INTEGER NOT NULL,
        mtime_ns    INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        PRIMARY KEY (library_id, video_no)
    ) STRICT
    """,
        "CREATE INDEX local_files_by_path ON local_files (library_id, path)",
    ),
    (  # pausing, order, fingerprints, proxies and parts
        "ALTER TABLE uploads ADD COLUMN position REAL NOT NULL DEFAULT 0",
        "ALTER TABLE uploads ADD COLUMN priority INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE uploads ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE uploads ADD COLUMN insisted INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE uploads ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE uploads ADD COLUMN proxy_reason TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE uploads ADD COLUMN proxy BLOB",
        "ALTER TABLE uploads ADD COLUMN part_start_ms INTEGER",
        "ALTER TABLE uploads ADD COLUMN part_end_ms INTEGER",
        "UPDATE uploads SET position = id",
        "CREATE INDEX uploads_in_order ON uploads (library_id, state, priority DESC, position)",
        "CREATE INDEX uploads_by_fingerprint ON uploads (library_id, fingerprint)",
        "ALTER TABLE local_files ADD COLUMN start_ms INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX local_files_by_fingerprint ON local_files (library_id, fingerprint)",
    ),
    (  # what may go to a library that costs money, and when; in which namespace the library has a file
        "ALTER TABLE uploads ADD COLUMN started INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE uploads ADD COLUMN begun_ms INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE local_files ADD COLUMN namespace TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE local_files ADD COLUMN linked_ms INTEGER NOT NULL DEFAULT 0",
    ),
    (  # what was sent, and what was asked
        """
    CREATE TABLE transfer_log (
        id            INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id    TEXT NOT NULL,
        path          BLOB NOT NULL,
        kind          TEXT NOT NULL,
        sent_as       TEXT NOT NULL,
        size_bytes    INTEGER NOT NULL,
        fingerprint   TEXT NOT NULL,
        remote_id     TEXT NOT NULL,
        began_ms      INTEGER,
        ended_ms      INTEGER NOT NULL,
        part_start_ms INTEGER,
        part_end_ms   INTEGER,
        cost          REAL NOT NULL,
        searchable    TEXT NOT NULL
    ) STRICT
    """,
        """
    CREATE TABLE usage_days (
        day            TEXT NOT NULL,
        library_id     TEXT NOT NULL,
        endpoint       TEXT NOT NULL,
        calls          INTEGER NOT NULL,
        failed         INTEGER NOT NULL,
        sent_bytes     INTEGER NOT NULL,
        received_bytes INTEGER NOT NULL,
        cost           REAL NOT NULL,
        PRIMARY KEY (day, library_id, endpoint)
    ) STRICT, WITHOUT ROWID
    """,
    ),
    (  # imports from the web
        """
    CREATE TABLE imports (
        id         INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id TEXT NOT NULL,
        kind       TEXT NOT NULL,
        subjects   TEXT NOT NULL,
        is_public  INTEGER NOT NULL,
        count      INTEGER NOT NULL,
        quality    TEXT NOT NULL,
        details    TEXT NOT NULL,
        state      TEXT NOT NULL,
        task_id    TEXT NOT NULL,
        videos     TEXT NOT NULL,
        cause      TEXT NOT NULL,
        added_ms   INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL
    ) STRICT
    """,
        # folders whose new footage is added by itself, and the files of them that were seen to
        """
    CREATE TABLE watched_folders (
        id         INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id TEXT NOT NULL,
        path       BLOB NOT NULL,
        details    TEXT NOT NULL,
        has_begun  INTEGER NOT NULL,
        added_ms   INTEGER NOT NULL,
        UNIQUE (library_id, path)
    ) STRICT
    """,
        """
    CREATE TABLE watched_files (
        folder_id  INTEGER NOT NULL REFERENCES watched_folders (id) ON DELETE CASCADE,
        path       BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns   INTEGER NOT NULL,
        PRIMARY KEY (folder_id, path)
    ) STRICT, WITHOUT ROWID
    """,
    ),
    (  # imports of which the answer was never seen
        "ALTER TABLE imports ADD COLUMN asked_ms INTEGER NOT NULL DEFAULT 0",
    ),
    (  # what the user thinks of moments
        """
    CREATE TABLE marks (
        source     TEXT NOT NULL,
        start_ms   INTEGER NOT NULL,
        end_ms     INTEGER NOT NULL,
        rating     INTEGER NOT NULL,
        note       TEXT NOT NULL,
        tags       TEXT NOT NULL,
        rejected   INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        PRIMARY KEY (source, start_ms, end_ms)
    ) STRICT, WITHOUT ROWID
    """,
    ),
    (  # searches that are remembered, and answers that were paid for
        """
    CREATE TABLE recent_searches (
        id       INTEGER PRIMARY KEY AUTOINCREMENT,
        query    TEXT NOT NULL,
        asked_ms INTEGER NOT NULL
    ) STRICT
    """,
        """
    CREATE TABLE saved_searches (
        id          INTEGER PRIMARY KEY AUTOINCREMENT,
        name        TEXT NOT NULL,
        query       TEXT NOT NULL,
        library_ids TEXT NOT NULL,
        seen        TEXT NOT NULL DEFAULT '[]',
        fresh       TEXT NOT NULL DEFAULT '[]',
        looked_ms   INTEGER NOT NULL DEFAULT 0,
        counted_ms  INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
        """
    CREATE TABLE answers (
        library_id  TEXT NOT NULL,
        query       TEXT NOT NULL,
        answer      TEXT NOT NULL,
        size_bytes  INTEGER NOT NULL,
        found_ms    INTEGER NOT NULL,
        is_outdated INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (library_id, query)
    ) STRICT
    """,
    ),
    (  # ranges that were chosen, in bins
        "CREATE TABLE bins (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT",
        """
    CREATE TABLE selects (
        id          INTEGER PRIMARY KEY AUTOINCREMENT,
        bin_id      INTEGER NOT NULL,
        position    INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        path        BLOB,
        library_id  TEXT NOT NULL,
        namespace   TEXT NOT NULL,
        video_no    TEXT NOT NULL,
        name        TEXT NOT NULL,
        start_ms    INTEGER NOT NULL,
        end_ms      INTEGER NOT NULL,
        note        TEXT NOT NULL,
        rating      INTEGER NOT NULL,
        colour      TEXT NOT NULL,
        tags        TEXT NOT NULL,
        changed_ms  INTEGER NOT NULL
    ) STRICT
    """,
        "CREATE INDEX selects_in_order ON selects (bin_id, position)",
        "CREATE INDEX selects_by_path ON selects (path)",
    ),
    (  # what libraries had when they were asked last
        """
    CREATE TABLE library_items (
        library_id      TEXT NOT NULL,
        kind            TEXT NOT NULL,
        namespace       TEXT NOT NULL,
        item_id         TEXT NOT NULL,
        name            TEXT NOT NULL,
        status          TEXT NOT NULL,
        cause           TEXT NOT NULL,
        duration_ms     INTEGER,
        size_bytes      INTEGER,
        created_ms      INTEGER,
        taken_ms        INTEGER,
        camera          TEXT NOT NULL,
        latitude        REAL,
        longitude       REAL,
        tags            TEXT NOT NULL,
        width           INTEGER,
        height          INTEGER,
        fps             REAL,
        url             TEXT NOT NULL,
        bucket          TEXT NOT NULL,
        blob            TEXT NOT NULL,
        keyframe_bucket TEXT NOT NULL,
        keyframe_blob   TEXT NOT NULL,
        path            BLOB NOT NULL,
        is_away         INTEGER NOT NULL,
        part_start_ms   INTEGER NOT NULL,
        PRIMARY KEY (library_id, kind, namespace, item_id)
    ) STRICT, WITHOUT ROWID
    """,
        "CREATE INDEX uploads_by_remote_id ON uploads (library_id, remote_id)",
    ),
    (  # selects of videos that were split before they were sent
        "ALTER TABLE selects ADD COLUMN part_start_ms INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX selects_by_content ON selects (fingerprint)",
    ),
    (  # files are found again by their content, whatever library they were sent to
        "CREATE INDEX local_files_by_content ON local_files (fingerprint)",
    ),
    (  # the user's own test set
        """
    CREATE TABLE verdicts (
        query      TEXT NOT NULL,
        source     TEXT NOT NULL,
        start_ms   INTEGER NOT NULL,
        end_ms     INTEGER NOT NULL,
        is_right   INTEGER NOT NULL,
        changed_ms INTEGER NOT NULL,
        PRIMARY KEY (query, source, start_ms, end_ms)
    ) STRICT
    """,
    ),
    (  # videos that the user has deleted, and whose library has not been told yet
        """
    CREATE TABLE planned_deletions (
        library_id TEXT NOT NULL,
        namespace  TEXT NOT NULL,
        item_id    TEXT NOT NULL,
        name       TEXT NOT NULL,
        PRIMARY KEY (library_id, namespace, item_id)
    ) STRICT, WITHOUT ROWID
    """,
    ),
    (  # what may have arrived in a library, and whose row was taken off the list
        """
    CREATE TABLE lost_answers (
        library_id  TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        begun_ms    INTEGER NOT NULL,
        PRIMARY KEY (library_id, fingerprint)
    ) STRICT, WITHOUT ROWID
    """,
    ),
)

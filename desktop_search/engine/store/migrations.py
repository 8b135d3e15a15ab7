"""The tables of the engine's record, one numbered step each. A released step is never edited; add another."""

from __future__ import annotations

_FIRST = """
CREATE TABLE namespaces (
    id INTEGER PRIMARY KEY,              -- a snowflake, so that it can serve as a folder id
    name TEXT NOT NULL UNIQUE            -- BINARY collation: case-sensitive
);
CREATE TABLE videos (
    id INTEGER PRIMARY KEY,              -- a snowflake; the wire says "VI" + id
    namespace_id INTEGER NOT NULL REFERENCES namespaces (id),
    name TEXT NOT NULL,
    file BLOB,                           -- path as the system's bytes; NULL once nothing is kept
    in_place INTEGER NOT NULL,           -- 1: the user's own file, never deleted
    retain INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('UNPARSE', 'PARSE', 'FAILED')),
    cause TEXT NOT NULL DEFAULT '',
    size_bytes INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    duration_ms INTEGER,
    width INTEGER,
    height INTEGER,
    fps TEXT,                            -- an exact fraction, "24000/1001"
    has_audio INTEGER,
    taken_ms INTEGER,
    camera TEXT NOT NULL DEFAULT '',
    latitude REAL,
    longitude REAL,
    tags TEXT NOT NULL DEFAULT '[]',
    callback TEXT NOT NULL DEFAULT '',
    prompt TEXT NOT NULL DEFAULT '',
    index_version INTEGER,
    notes TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX videos_by_namespace ON videos (namespace_id, status);
CREATE TABLE video_stems (
    stem TEXT NOT NULL,
    video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    PRIMARY KEY (stem, video_id)
) WITHOUT ROWID;
CREATE INDEX video_stems_by_video ON video_stems (video_id);
CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    keyframe_ms INTEGER NOT NULL,
    words TEXT NOT NULL,                 -- JSON object: look word -> weight
    screen_text TEXT NOT NULL
);
CREATE INDEX segments_by_video ON segments (video_id, start_ms);
CREATE TABLE segment_terms (             -- look words and stems of screen text, told apart by `kind`
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, term, segment_id)
) WITHOUT ROWID;
CREATE INDEX segment_terms_by_segment ON segment_terms (segment_id);
CREATE TABLE frame_marks (               -- one packed matrix per video
    video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
    dim INTEGER NOT NULL,
    times_ms BLOB NOT NULL,              -- n little-endian int64
    vectors BLOB NOT NULL                -- n x dim little-endian float16
);
CREATE TABLE utterances (
    id INTEGER PRIMARY KEY,
    video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,                -- text.casefold(), what substrings are looked for in
    source TEXT NOT NULL
);
CREATE INDEX utterances_by_video ON utterances (video_id, start_ms);
CREATE VIRTUAL TABLE utterance_grams USING fts5 (
    folded, content = 'utterances', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER utterance_added AFTER INSERT ON utterances BEGIN
    INSERT INTO utterance_grams (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER utterance_removed AFTER DELETE ON utterances BEGIN
    INSERT INTO utterance_grams (utterance_grams, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
CREATE TABLE images (
    id INTEGER PRIMARY KEY,              -- a snowflake, a bare number on the wire
    namespace_id INTEGER NOT NULL REFERENCES namespaces (id),
    name TEXT NOT NULL,
    suffix TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('UNPARSE', 'PARSE', 'FAILED')),
    cause TEXT NOT NULL DEFAULT '',
    size_bytes INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    taken_ms INTEGER,
    camera TEXT NOT NULL DEFAULT '',
    latitude REAL,
    longitude REAL,
    tags TEXT NOT NULL DEFAULT '[]',
    words TEXT NOT NULL DEFAULT '{}',
    screen_text TEXT NOT NULL DEFAULT '',
    vector BLOB,
    index_version INTEGER
);
CREATE INDEX images_by_namespace ON images (namespace_id, status);
"""

# Words are looked up in memory now: several times faster, and storing what was indexed is quicker without these.
_WORDS_IN_MEMORY = """
DROP TABLE video_stems;
DROP TABLE segment_terms;
"""
_CALLBACKS = """
CREATE TABLE callbacks (                 -- what is still to be posted
    id INTEGER PRIMARY KEY,
    video_id INTEGER REFERENCES videos (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,    -- that went wrong
    due_ms INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX callbacks_by_due ON callbacks (due_ms);
CREATE INDEX callbacks_by_video ON callbacks (video_id);
-- In one transaction with the end itself, so that a crash loses neither. Bounded: beyond that, clients poll.
CREATE TRIGGER video_ended AFTER UPDATE OF status ON videos
WHEN old.status = 'UNPARSE' AND new.status <> 'UNPARSE' AND new.callback <> ''
    AND (SELECT count(*) FROM callbacks) < 10000
BEGIN
    INSERT INTO callbacks (video_id, address, body) VALUES (
        new.id, new.callback,
        json_object('videoNo', 'VI' || new.id, 'status', CASE new.status WHEN 'PARSE' THEN 'PARSE' ELSE 'FAIL' END)
    );
END;
"""
_MEANINGS = """
CREATE TABLE meanings (                  -- one packed matrix for each video, part and model
    video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('seen', 'said')),
    model TEXT NOT NULL,                 -- name and revision of what made the vectors
    dim INTEGER NOT NULL,
    vectors BLOB NOT NULL,               -- n x dim little-endian float16; row i is of the i-th segment or utterance
    PRIMARY KEY (video_id, part, model)
);
CREATE INDEX meanings_by_model ON meanings (part, model, video_id);
CREATE TABLE image_meanings (
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,                -- dim little-endian float16
    PRIMARY KEY (image_id, model)
);
"""
_SETTINGS = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""
_PLACES = """
CREATE TABLE places (                    -- of videos indexed in place
    video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
    size_bytes INTEGER NOT NULL,         -- when the file was read last; -1 when it never was
    mtime_ns INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    offline INTEGER NOT NULL             -- 1: the file was not there when it was looked for last
);
CREATE INDEX places_by_content ON places (fingerprint);
CREATE INDEX places_offline ON places (offline) WHERE offline;
"""
_POSTS = """
ALTER TABLE videos ADD COLUMN platform TEXT NOT NULL DEFAULT '';  -- '' unless it was imported from one
ALTER TABLE videos ADD COLUMN post_id TEXT NOT NULL DEFAULT '';
ALTER TABLE videos ADD COLUMN post_url TEXT NOT NULL DEFAULT '';
CREATE INDEX videos_by_post ON videos (platform, post_id) WHERE platform <> '';
"""
_LEFTOVERS = """
CREATE TABLE leftovers (                 -- files of ours that belong to nothing, should the engine end now
    name TEXT PRIMARY KEY
) WITHOUT ROWID;
"""
_CHANGES = """
CREATE TABLE changes (                   -- when each item changed last; an item that is gone stays here
    kind TEXT NOT NULL,
    item_id INTEGER NOT NULL,
    number INTEGER NOT NULL,             -- rises with each change
    PRIMARY KEY (kind, item_id)
) WITHOUT ROWID;
CREATE INDEX changes_by_number ON changes (number);
INSERT INTO settings VALUES ('identity', lower(hex(randomblob(16))));  -- whose caches are whose
"""
_TASKS = """
CREATE TABLE tasks (                     -- imports from platforms
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,               -- who asked
    namespace_id INTEGER NOT NULL REFERENCES namespaces (id),
    quality TEXT NOT NULL,
    posts_max INTEGER NOT NULL,          -- of each list of posts
    callback TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('WAITING', 'DONE', 'FAILED')),
    cause TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL
);
CREATE INDEX tasks_waiting ON tasks (created_ms) WHERE state = 'WAITING';
CREATE TABLE task_items (
    id INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    listing INTEGER NOT NULL,            -- 1: a list of posts, which become items of their own
    address TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('WAITING', 'DONE', 'FAILED')),
    cause TEXT NOT NULL DEFAULT '',
    video_id INTEGER REFERENCES videos (id) ON DELETE SET NULL,
    told INTEGER NOT NULL DEFAULT 0      -- 1: the end of the video's indexing was called back
);
CREATE INDEX task_items_by_task ON task_items (task_id);
CREATE INDEX task_items_by_video ON task_items (video_id);
CREATE VIEW task_news AS
SELECT task_items.id AS item_id, videos.id AS video_id, tasks.callback AS address,
    json_object(
        'taskId', tasks.id,
        'videoId', CASE namespaces.name WHEN char(30) || 'PUBLIC' THEN 'PI-' ELSE 'VI' END || videos.id,
        'status', CASE videos.status WHEN 'PARSE' THEN 'INDEXING_SUCCEEDED' ELSE 'INDEXING_FAILED' END,
        'message', CASE videos.status WHEN 'PARSE' THEN 'Video indexing succeed' ELSE videos.cause END
    ) AS body
FROM task_items
JOIN tasks ON tasks.id = task_items.task_id
JOIN videos ON videos.id = task_items.video_id
JOIN namespaces ON namespaces.id = videos.namespace_id
WHERE tasks.callback <> '' AND task_items.told = 0 AND videos.status <> 'UNPARSE'
    AND (SELECT count(*) FROM callbacks) < 10000;
-- Whichever comes last, the end of indexing or its being written down as the task's.
CREATE TRIGGER task_video_ended AFTER UPDATE OF status ON videos
WHEN old.status = 'UNPARSE' AND new.status <> 'UNPARSE'
BEGIN
    INSERT INTO callbacks (video_id, address, body)
        SELECT video_id, address, body FROM task_news WHERE video_id = new.id;
    UPDATE task_items SET told = 1 WHERE video_id = new.id;
END;
CREATE TRIGGER task_video_known AFTER UPDATE OF video_id ON task_items
WHEN new.video_id IS NOT NULL
BEGIN
    INSERT INTO callbacks (video_id, address, body)
        SELECT video_id, address, body FROM task_news WHERE item_id = new.id;
    UPDATE task_items SET told = 1
        WHERE id = new.id AND EXISTS (SELECT 1 FROM videos WHERE id = new.video_id AND status <> 'UNPARSE');
END;
"""
_HEARD_BY = """
ALTER TABLE videos ADD COLUMN said_by TEXT NOT NULL DEFAULT '';   -- source of its words; '' without sound
ALTER TABLE videos ADD COLUMN language TEXT NOT NULL DEFAULT '';  -- "en"; '' when it is not known
ALTER TABLE videos ADD COLUMN listen_again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE utterances ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- JSON: [place in text, ms after start] of each word
UPDATE videos SET said_by = coalesce(
    (SELECT source FROM utterances WHERE video_id = videos.id LIMIT 1),
    CASE WHEN has_audio THEN 'pocketsphinx' ELSE '' END
) WHERE status = 'PARSE';
CREATE INDEX videos_to_hear ON videos (id) WHERE said_by = 'pocketsphinx' OR listen_again;
"""
# `vectors` and `vector` hold 12 bits a number now, as engine/vectors/codes.py packs them; they are made anew.
_TWELVE_BITS = """
DELETE FROM meanings;
DELETE FROM image_meanings;
"""
# Which lines have a triple of letters, not where: a third of the room, since the lines are read anyway.
_GRAMS_WITHOUT_PLACES = """
DROP TABLE utterance_grams;
CREATE VIRTUAL TABLE utterance_grams USING fts5 (
    folded, content = 'utterances', content_rowid = 'id', tokenize = 'trigram case_sensitive 1',
    detail = none, columnsize = 0
);
INSERT INTO utterance_grams (utterance_grams) VALUES ('rebuild');
"""
_CAPTIONS = """
ALTER TABLE segments ADD COLUMN caption TEXT NOT NULL DEFAULT '';     -- by a model; '' before, or where it has no words
ALTER TABLE videos ADD COLUMN captioned_by TEXT NOT NULL DEFAULT '';  -- identity of that model
"""
# Of what was indexed before, each piece of a long shot counts as a shot.
_SHOTS = """
ALTER TABLE segments ADD COLUMN starts_shot INTEGER NOT NULL DEFAULT 1;  -- 0: a further piece of a long shot
"""
# Faces go with the segments that they were seen in; a video that is read anew is looked through again.
_PEOPLE = """
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,                  -- '' as long as nobody gave one
    mean BLOB NOT NULL,                  -- 128 numbers of 32 bits, of length 1; empty without faces
    count INTEGER NOT NULL               -- of the faces in the mean
);
CREATE TABLE faces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    height REAL NOT NULL,                -- share of the picture's
    score REAL NOT NULL,
    vector BLOB NOT NULL,
    jpeg BLOB NOT NULL
);
CREATE INDEX faces_by_person ON faces (person_id, segment_id);
CREATE INDEX faces_by_video ON faces (video_id);
CREATE INDEX faces_by_segment ON faces (segment_id);
CREATE TABLE face_readings (
    video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,  -- the first: gone when it is read anew
    models TEXT NOT NULL
);
CREATE INDEX face_readings_by_segment ON face_readings (segment_id);
CREATE TRIGGER person_seen_no_more AFTER DELETE ON faces BEGIN
    DELETE FROM people
        WHERE id = old.person_id AND name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = old.person_id);
END;
"""

# Faces in still images too, and where in the picture each is, by which names are carried over to other models.
_FACES_IN_IMAGES = """
CREATE TABLE placed_faces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    video_id INTEGER REFERENCES videos (id) ON DELETE CASCADE,
    segment_id INTEGER REFERENCES segments (id) ON DELETE CASCADE,
    image_id INTEGER REFERENCES images (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    models TEXT NOT NULL,                -- that found it; only faces by the same can be compared
    x REAL, y REAL, width REAL,          -- of its box, as shares of the picture; NULL for what was found before this
    height REAL NOT NULL,
    score REAL NOT NULL,
    vector BLOB NOT NULL,
    jpeg BLOB NOT NULL,
    CHECK ((segment_id IS NULL) = (video_id IS NULL) AND (image_id IS NULL) <> (video_id IS NULL))
);
INSERT INTO placed_faces (id, video_id, segment_id, person_id, models, height, score, vector, jpeg)
    SELECT id, video_id, segment_id, person_id,
        coalesce((SELECT models FROM face_readings WHERE face_readings.video_id = faces.video_id), ''),
        height, score, vector, jpeg
    FROM faces;
DROP TABLE faces;
ALTER TABLE placed_faces RENAME TO faces;
CREATE INDEX faces_by_person ON faces (person_id, segment_id);
CREATE INDEX faces_by_video ON faces (video_id);
CREATE INDEX faces_by_segment ON faces (segment_id);
CREATE INDEX faces_by_image ON faces (image_id);
CREATE TRIGGER person_seen_no_more AFTER DELETE ON faces BEGIN
    DELETE FROM people
        WHERE id = old.person_id AND name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = old.person_id);
END;
CREATE TABLE image_face_readings (
    image_id INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    models TEXT NOT NULL
);
INSERT INTO settings SELECT 'models of people', models FROM face_readings LIMIT 1;  -- those of the means
"""

_CAUSES_THAT_ARE_TOLD = """
ALTER TABLE images DROP COLUMN cause;    -- told to who sends the image
ALTER TABLE tasks DROP COLUMN cause;     -- told with each address
"""

MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _WORDS_IN_MEMORY,
    _CALLBACKS,
    _MEANINGS,
    _SETTINGS,
    _PLACES,
    _POSTS,
    _LEFTOVERS,
    _CHANGES,
    _TASKS,
    _HEARD_BY,
    _TWELVE_BITS,
    _GRAMS_WITHOUT_PLACES,
    _CAPTIONS,
    _SHOTS,
    _PEOPLE,
    _FACES_IN_IMAGES,
    _CAUSES_THAT_ARE_TOLD,
)

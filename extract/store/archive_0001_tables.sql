-- The archive, version 1. Columns that others rely on are listed in docs/contract.md.
-- Keys are derived from content (extract/store/keys.py); offsets count characters from 0, pages and lines from 1.

-- A letter whose file was replaced by other content stays, superseded by the new one, and out of the views.
CREATE TABLE letters (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  media_type TEXT NOT NULL,
  pages INTEGER NOT NULL,
  number TEXT,
  symbol TEXT,
  doc_type TEXT,
  issuer TEXT,
  parent_issuer TEXT,
  place TEXT,
  date TEXT,
  subject TEXT,
  recipients TEXT NOT NULL,
  copies TEXT NOT NULL,
  signer TEXT,
  signer_title TEXT,
  sign_authority TEXT,
  reference TEXT,
  search_row INTEGER NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  superseded_by TEXT REFERENCES letters (id)
) STRICT;
CREATE INDEX letters_superseded_by ON letters (superseded_by);
CREATE INDEX letters_path ON letters (path);
CREATE INDEX letters_date ON letters (date);
CREATE INDEX letters_reference ON letters (reference);

CREATE TABLE letter_records (
  letter TEXT PRIMARY KEY REFERENCES letters (id),
  records BLOB NOT NULL
) STRICT;

CREATE TABLE readings (
  sha256 TEXT NOT NULL,
  page INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (sha256, page, fingerprint)
) STRICT;

CREATE TABLE pages (
  letter TEXT NOT NULL REFERENCES letters (id),
  page INTEGER NOT NULL,
  width REAL,
  height REAL,
  source TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reasons TEXT NOT NULL,
  numbers TEXT,
  confidence REAL,
  engine TEXT,
  dpi REAL,
  rotation INTEGER,
  skew REAL,
  other_source TEXT,
  other_text TEXT,
  PRIMARY KEY (letter, page)
) STRICT;

CREATE TABLE lines (
  letter TEXT NOT NULL,
  line INTEGER NOT NULL,
  page INTEGER NOT NULL,
  "column" INTEGER,
  raw TEXT NOT NULL,
  text TEXT NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  PRIMARY KEY (letter, line),
  FOREIGN KEY (letter, page) REFERENCES pages (letter, page) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE edits (
  letter TEXT NOT NULL,
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  cause TEXT NOT NULL,
  probability REAL NOT NULL,
  FOREIGN KEY (letter, line) REFERENCES lines (letter, line) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX edits_line ON edits (letter, line);
CREATE INDEX edits_cause ON edits (cause);

CREATE TABLE doubts (
  letter TEXT NOT NULL,
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  raw TEXT NOT NULL,
  reason TEXT NOT NULL,
  probability REAL NOT NULL,
  FOREIGN KEY (letter, line) REFERENCES lines (letter, line) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX doubts_line ON doubts (letter, line);

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  record TEXT NOT NULL,
  kind TEXT NOT NULL,
  page INTEGER NOT NULL,
  line INTEGER NOT NULL,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  raw TEXT NOT NULL,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  component TEXT NOT NULL,
  confidence REAL
) STRICT;
CREATE INDEX evidence_letter ON evidence (letter);
CREATE INDEX evidence_record ON evidence (record);

CREATE TABLE citations (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  doc_type TEXT,
  number TEXT,
  symbol TEXT,
  date TEXT,
  issuer TEXT,
  reference TEXT,
  cited_letter TEXT REFERENCES letters (id)
) STRICT;
CREATE INDEX citations_letter ON citations (letter);
CREATE INDEX citations_reference ON citations (reference);
CREATE INDEX citations_cited_letter ON citations (cited_letter);

CREATE TABLE dates (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  iso TEXT NOT NULL,
  text TEXT NOT NULL,
  precision TEXT NOT NULL,
  role TEXT NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX dates_letter ON dates (letter);

CREATE TABLE scores (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  indicator TEXT,
  indicator_id TEXT,
  model TEXT,
  org TEXT,
  period TEXT,
  value REAL,
  value_text TEXT NOT NULL,
  max REAL,
  as_of TEXT,
  previous REAL,
  change REAL,
  change_unit TEXT
) STRICT;
CREATE INDEX scores_letter ON scores (letter);
CREATE INDEX scores_indicator ON scores (indicator, org, period);

CREATE TABLE ranks (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  indicator TEXT,
  indicator_id TEXT,
  model TEXT,
  org TEXT,
  period TEXT,
  rank INTEGER,
  "of" INTEGER,
  change INTEGER,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX ranks_letter ON ranks (letter);

CREATE TABLE classifications (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  org TEXT,
  "class" TEXT NOT NULL,
  period TEXT
) STRICT;
CREATE INDEX classifications_letter ON classifications (letter);

CREATE TABLE figures (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  what TEXT,
  org TEXT,
  period TEXT,
  value REAL,
  value_text TEXT NOT NULL,
  unit TEXT
) STRICT;
CREATE INDEX figures_letter ON figures (letter);

CREATE TABLE tables (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  title TEXT,
  columns TEXT NOT NULL,
  rows INTEGER NOT NULL
) STRICT;
CREATE INDEX tables_letter ON tables (letter);

CREATE TABLE table_cells (
  "table" TEXT NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  header TEXT,
  text TEXT,
  raw TEXT,
  page INTEGER,
  line INTEGER,
  x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  confidence REAL,
  PRIMARY KEY ("table", row, "column")
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  section TEXT,
  action TEXT NOT NULL,
  deadline TEXT,
  deadline_text TEXT,
  deadline_relation TEXT,
  recurrence TEXT,
  report_to TEXT,
  citations TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_letter ON tasks (letter);
CREATE INDEX tasks_deadline ON tasks (deadline);

CREATE TABLE task_assignees (
  task TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('assignee', 'coordinator')),
  ordinal INTEGER NOT NULL,
  org TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (task, role, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_assignees_org ON task_assignees (org);

CREATE TABLE findings (
  id TEXT PRIMARY KEY,
  letter TEXT NOT NULL REFERENCES letters (id),
  scope TEXT NOT NULL CHECK (scope IN ('letter', 'between')),
  kind TEXT NOT NULL,
  statement TEXT NOT NULL,
  reported TEXT,
  computed TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('agrees', 'rounded', 'misread', 'differs')),
  note TEXT
) STRICT;
CREATE INDEX findings_letter ON findings (letter);
CREATE INDEX findings_scope ON findings (scope);
CREATE INDEX findings_verdict ON findings (verdict);

CREATE TABLE finding_inputs (
  finding TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (finding, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
  letter TEXT NOT NULL REFERENCES letters (id),
  record TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cites', 'same_letter', 'body')),
  target TEXT NOT NULL,
  target_letter TEXT REFERENCES letters (id),
  reason TEXT NOT NULL,
  PRIMARY KEY (letter, record, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_target_letter ON links (target_letter);

CREATE TABLE outcomes (
  path TEXT PRIMARY KEY,
  sha256 TEXT,
  status TEXT NOT NULL CHECK (status IN ('done', 'partial', 'failed', 'skipped')),
  stage TEXT,
  page INTEGER,
  message TEXT,
  fingerprint TEXT NOT NULL
) STRICT;
CREATE INDEX outcomes_sha256 ON outcomes (sha256);
CREATE INDEX outcomes_status ON outcomes (status);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  started TEXT NOT NULL,
  finished TEXT,
  version TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What people decided. A decision names its record and keeps what stood there, so that it finds it again after a new run.
CREATE TABLE decisions (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  letter TEXT NOT NULL REFERENCES letters (id),
  record TEXT NOT NULL,
  kind TEXT NOT NULL,
  field TEXT,
  action TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'reject', 'add', 'undo')),
  "before" TEXT,
  "after" TEXT,
  page INTEGER,
  line INTEGER,
  raw TEXT,
  undoes TEXT REFERENCES decisions (id),
  note TEXT
) STRICT;
CREATE INDEX decisions_letter ON decisions (letter);
CREATE INDEX decisions_record ON decisions (record);
CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

-- "exact" is the repaired text, "folded" the same in lower case without marks; extract/store/search.py asks both.
CREATE VIRTUAL TABLE letters_fts USING fts5 (
  letter UNINDEXED, exact, folded, tokenize = "unicode61 remove_diacritics 0"
);

-- The questions people ask of an archive.

CREATE VIEW tasks_with_deadline AS
SELECT
  tasks.id AS task,
  CASE
    WHEN length(deadline) = 4 THEN deadline || '-12-31'
    WHEN deadline GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'
      THEN date(substr(deadline, 1, 4) || '-01-01', '+' || (3 * substr(deadline, 7, 1)) || ' months', '-1 day')
    WHEN length(deadline) = 7 THEN date(deadline || '-01', '+1 month', '-1 day')
    ELSE substr(deadline, -10)
  END AS due,
  (SELECT group_concat(org, '; ') FROM (
    SELECT org FROM task_assignees WHERE task = tasks.id AND role = 'assignee' ORDER BY ordinal)) AS assignees,
  tasks.action,
  tasks.deadline_text,
  tasks.deadline_relation,
  tasks.section,
  tasks.report_to,
  letters.id AS letter,
  letters.number,
  letters.symbol,
  letters.date AS letter_date,
  letters.issuer,
  letters.path
FROM tasks JOIN letters ON letters.id = tasks.letter
WHERE tasks.deadline IS NOT NULL AND letters.superseded_by IS NULL;

CREATE VIEW tasks_due AS
SELECT * FROM tasks_with_deadline WHERE due >= date('now', 'localtime') ORDER BY due, task;

CREATE VIEW tasks_overdue AS
SELECT *, CAST(julianday('now', 'localtime', 'start of day') - julianday(due) AS INTEGER) AS days_over
FROM tasks_with_deadline WHERE due < date('now', 'localtime') ORDER BY due, task;

CREATE VIEW discrepancies AS
SELECT
  findings.id AS finding,
  findings.verdict,
  findings.kind,
  findings.statement,
  findings.reported,
  findings.computed,
  findings.note,
  (SELECT group_concat(name || ' = ' || value, '; ') FROM (
    SELECT name, value FROM finding_inputs WHERE finding = findings.id ORDER BY ordinal)) AS inputs,
  findings.scope,
  (SELECT page FROM evidence WHERE record = findings.id ORDER BY id LIMIT 1) AS page,
  (SELECT line FROM evidence WHERE record = findings.id ORDER BY id LIMIT 1) AS line,
  (SELECT raw FROM evidence WHERE record = findings.id ORDER BY id LIMIT 1) AS raw,
  letters.id AS letter,
  letters.number,
  letters.symbol,
  letters.date,
  letters.issuer,
  letters.path
FROM findings JOIN letters ON letters.id = findings.letter
WHERE findings.verdict IN ('differs', 'misread') AND letters.superseded_by IS NULL
ORDER BY findings.verdict, letters.date, findings.id;

CREATE VIEW scores_over_time AS
SELECT
  coalesce(scores.indicator_id, scores.indicator) AS series,
  scores.indicator,
  scores.model,
  scores.org,
  coalesce(scores.period, scores.as_of, letters.date) AS "when",
  scores.value,
  scores.max,
  scores.previous,
  scores.change,
  scores.change_unit,
  scores.id AS score,
  letters.id AS letter,
  letters.number,
  letters.symbol,
  letters.date AS letter_date,
  letters.path
FROM scores JOIN letters ON letters.id = scores.letter
WHERE letters.superseded_by IS NULL
ORDER BY series, scores.org, "when", letters.date, scores.id;

CREATE VIEW citation_graph AS
SELECT
  citing.id AS letter,
  citing.number AS letter_number,
  citing.symbol AS letter_symbol,
  citing.date AS letter_date,
  citing.issuer AS letter_issuer,
  citations.doc_type AS cited_doc_type,
  citations.number AS cited_number,
  citations.symbol AS cited_symbol,
  coalesce(citations.date, cited.date) AS cited_date,
  coalesce(citations.issuer, cited.issuer) AS cited_issuer,
  count(*) AS mentions,
  citations.cited_letter,
  cited.path AS cited_path
FROM citations
JOIN letters AS citing ON citing.id = citations.letter
LEFT JOIN letters AS cited ON cited.id = citations.cited_letter
WHERE citing.superseded_by IS NULL
GROUP BY citing.id, citations.doc_type, citations.number, citations.symbol, citations.date, citations.issuer, citations.cited_letter
ORDER BY citing.date, citing.id, cited_number, cited_symbol;

CREATE VIEW unread AS
SELECT path, status, stage, page, message, sha256 FROM outcomes WHERE status <> 'done'
UNION ALL
SELECT letters.path, 'empty page', 'read', pages.page, 'no words on this page', letters.sha256
FROM pages JOIN letters ON letters.id = pages.letter
WHERE letters.superseded_by IS NULL
AND NOT EXISTS (SELECT 1 FROM lines WHERE lines.letter = pages.letter AND lines.page = pages.page);

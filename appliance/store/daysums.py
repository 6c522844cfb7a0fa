"""What is added up of a day: queries for `appliance.store.tallies`, each with kind, key, number and seconds.

`:start` and `:till` are the day's, `:earliest` is before the longest call that goes on at its midnight, `:now` until
when calls are added up that go on, `:early` the seconds until a third ring is over, `:people` the ids of
everybody, who are not told apart: a year's sums would be too many. `day_hours` has the day's hours.
"""

from __future__ import annotations

_SECONDS = "(julianday({until}) - julianday({since})) * 86400"
_TODAY = "started >= :start AND started < :till"
_CAME = f"{_TODAY} AND direction = 'in' AND outcome NOT IN ('blocked', 'interrupted')"
_WAIT = _SECONDS.format(until="answered", since="started")
_LENGTH = _SECONDS.format(until="ended", since="started")
_TALK = _SECONDS.format(until="ended", since="answered")

_SPANS = """
spans AS (
    SELECT max(started, :start) AS since, min(coalesce(ended, :now), :till) AS until FROM calls
    WHERE started >= :earliest AND started < :till AND direction = 'in' AND coalesce(ended, :now) > :start
    UNION ALL
    SELECT max(began, :start), min(coalesce(ended, :now), :till) FROM outside_calls
    WHERE began >= :earliest AND began < :till AND coalesce(ended, :now) > :start
)
"""
"""When lines were busy: each with a call that came in, or with a number outside that was called."""

_BUCKET = (
    "CASE WHEN {seconds} < 10 THEN '000' WHEN {seconds} < 20 THEN '010' WHEN {seconds} < 30 THEN '020'"
    " WHEN {seconds} < 60 THEN '030' WHEN {seconds} < 120 THEN '060' ELSE '120' END"
)
"""From how many seconds on, as a text that is sorted like its number."""

_STEPS = f"""
waits AS (
    SELECT CAST(substr(json_extract(step.value, '$[1]'), 8) AS REAL) AS waited
    FROM calls, json_each(calls.steps) AS step
    WHERE {_CAME} AND steps LIKE '%"waited %' AND json_extract(step.value, '$[1]') GLOB 'waited [0-9]*'
)
"""

_HOUR = "SELECT hour FROM day_hours WHERE began <= started AND day_hours.ended > started"

DAY_SUMS = (
    f"SELECT 'came', ({_HOUR}) AS hour, count(*), 0 FROM calls WHERE {_CAME} GROUP BY hour",
    f"SELECT 'answered', '', count(*), total({_WAIT}) FROM calls WHERE {_CAME} AND answered IS NOT NULL"
    " HAVING count(*)",
    f"SELECT 'by-third-ring', '', count(*), 0 FROM calls WHERE {_CAME} AND {_WAIT} <= :early HAVING count(*)",
    f"SELECT 'gave-up', {_BUCKET.format(seconds=_LENGTH)} AS bucket, count(*), total({_LENGTH}) FROM calls"
    f" WHERE {_CAME} AND outcome = 'abandoned' GROUP BY bucket",
    f"SELECT 'talked', '', count(*), total({_TALK}) FROM calls"
    f" WHERE {_CAME} AND outcome IN ('connected', 'operator', 'forwarded') AND answered IS NOT NULL HAVING count(*)",
    f"WITH {_STEPS} SELECT 'waited', {_BUCKET.format(seconds='waited')} AS bucket, count(*), total(waited) FROM waits"
    " GROUP BY bucket",
    f"SELECT 'outcome', direction || ' ' || outcome AS key, count(*), 0 FROM calls"
    f" WHERE {_TODAY} AND outcome != '' GROUP BY key",
    "SELECT 'choice', CASE WHEN what GLOB 'to *' AND substr(what, 4) IN (SELECT value FROM json_each(:people))"
    " THEN 'to somebody' ELSE what END AS choice, count(*), 0"
    " FROM (SELECT json_extract(step.value, '$[1]') AS what FROM calls, json_each(calls.steps) AS step"
    f" WHERE {_CAME} AND step.key > 0) WHERE what GLOB 'to *' OR what GLOB 'hears *' OR what GLOB 'a message for *'"
    " OR what GLOB 'asks * to call back' GROUP BY choice",
    f"WITH {_SPANS} SELECT 'traffic', hour, 0,"
    f" total({_SECONDS.format(until='min(until, ended)', since='max(since, began)')})"
    " FROM day_hours JOIN spans ON since < ended AND until > began GROUP BY hour",
    f"WITH {_SPANS}, changes AS (SELECT since AS at, 1 AS by FROM spans WHERE until > since UNION ALL"
    " SELECT until, -1 FROM spans WHERE until > since),"
    " levels AS (SELECT at, sum(by) OVER moments AS level, lead(at) OVER moments AS next FROM changes"
    " WINDOW moments AS (ORDER BY at, by ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))"
    f" SELECT 'busy', printf('%03d', level) AS key, 0, total({_SECONDS.format(until='next', since='at')}) FROM levels"
    " WHERE level > 0 AND next > at GROUP BY key",
    f"SELECT 'heard', '', count(*), total({_SECONDS.format(until='heard', since='received')}) FROM messages_heard"
    " WHERE heard >= :start AND heard < :till HAVING count(*)",
)

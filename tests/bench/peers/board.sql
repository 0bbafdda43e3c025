-- The board in SQL: what qbg_board answers about the tenant of tests/bench, one row a buying group.
-- docs/model.md says what each figure is. Tables:
--
--   signals        time (seconds), kind, account, contact (NULL: nobody), solution
--   kinds          kind, milli (thousandths of a point)
--   opportunities  opportunity, account, solution, and as texts opportunity_key, account_key, solution_key
--   members        opportunity, contact, role (NULL: none)
--   decay          age (days), weight (D of docs/model.md)
--   seats          solution, role, bit (1, 2, 4 ... in template order)
--   seat_sets      solution, seats (bits), coverage, completeness, required_filled (0, 1), missing (text):
--                  the coverage of every set of seats, so that no peer has to add up weights
--
-- What the tenant has no facts for is not asked: stances, dated facts, personas, words on the gate.
-- Words with a dollar sign are those in which the dialects differ; peers.py's peers fill them in.
WITH person AS (
  SELECT s.account, s.solution, s.contact,
         sum(k.milli * $weight) AS points_int,
         max(CASE WHEN k.milli > 0 THEN s.time END) AS last_time
  FROM signals s JOIN kinds k ON k.kind = s.kind
  WHERE s.time <= $as_of $and_these_signals
  GROUP BY s.account, s.solution, s.contact
),
-- d: what weight the person has in the intent; a member has 1.
somebody AS (
  SELECT o.opportunity, p.points_int, p.last_time,
         CASE WHEN p.contact IS NULL THEN 1 ELSE 0 END AS is_anonymous,
         CASE WHEN m.contact IS NULL THEN 0 ELSE 1 END AS is_member,
         CASE WHEN p.contact IS NULL THEN 0.5e0 WHEN m.contact IS NULL THEN 0.5e0 ELSE 1e0 END AS d,
         CASE WHEN p.points_int > 0 THEN CAST(p.points_int AS double precision) / 16777216000e0
              ELSE 0e0 END AS points,
         t.bit
  FROM person p
  JOIN opportunities o ON o.account = p.account AND o.solution = p.solution
  LEFT JOIN members m ON m.opportunity = o.opportunity AND m.contact = p.contact
  LEFT JOIN seats t ON t.solution = o.solution AND t.role = m.role
),
-- engaged_points 2.5: 2500 * 2^24
act AS (
  SELECT opportunity,
         sum(CASE WHEN is_member = 1 AND points_int >= 41943040000 THEN 1 ELSE 0 END) AS engaged,
         $engaged_seats AS seats,
         sum(CASE WHEN is_anonymous = 1 AND points_int > 0 THEN 1 ELSE 0 END) AS anonymous,
         1 - $left_open AS intent,
         max(last_time) AS last_time
  FROM somebody
  GROUP BY opportunity
),
team AS (
  SELECT m.opportunity, count(*) AS identified, $team_seats AS seats
  FROM members m
  JOIN opportunities o ON o.opportunity = m.opportunity
  LEFT JOIN seats t ON t.solution = o.solution AND t.role = m.role
  $where_this
  GROUP BY m.opportunity
),
buying_group AS (
  SELECT o.opportunity_key, o.account_key, o.solution_key,
         coalesce(team.identified, 0) AS identified,
         coalesce(act.engaged, 0) AS engaged,
         coalesce(act.anonymous, 0) AS anonymous,
         coalesce(act.intent, 0) AS intent,
         $silent AS silent_days,
         i.coverage AS coverage_identified, e.coverage AS coverage_engaged,
         i.completeness, i.missing, i.required_filled
  FROM opportunities o
  LEFT JOIN team ON team.opportunity = o.opportunity
  LEFT JOIN act ON act.opportunity = o.opportunity
  JOIN seat_sets i ON i.solution = o.solution AND i.seats = coalesce(team.seats, 0)
  JOIN seat_sets e ON e.solution = o.solution AND e.seats = coalesce(act.seats, 0)
  $where_this
)
SELECT opportunity_key AS opportunity, account_key AS account, solution_key AS solution,
       CASE WHEN identified >= 3 AND engaged >= 2 AND required_filled = 1 AND coverage_engaged >= 0.5e0
                 AND intent >= 0.5e0 AND silent_days <= 30 THEN 'qualified'
            WHEN engaged >= 2 THEN 'multi_threaded'
            WHEN engaged = 1 THEN 'single_threaded'
            ELSE 'silent' END AS verdict,
       100 * intent * (0.25e0 + 0.75e0 * coverage_engaged) AS priority,
       intent, coverage_identified, coverage_engaged, 0e0 AS coverage_supportive, completeness,
       identified AS members_identified, engaged AS members_engaged, anonymous AS anonymous_visitors,
       silent_days, missing AS missing_roles, NULL AS next_contact
FROM buying_group
ORDER BY priority DESC, opportunity_key

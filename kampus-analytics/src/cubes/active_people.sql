-- Distinct people by organisation and week.
SELECT actor_org, week, COUNT(DISTINCT actor) AS people, COUNT(*) AS events
FROM {activity}
WHERE actor_org IS NOT NULL
  AND activity_day BETWEEN '{from}' AND '{to}'
GROUP BY actor_org, week
ORDER BY week, actor_org

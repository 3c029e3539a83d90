-- Distinct readers of any news by the organisation they belong to.
SELECT actor_org, COUNT(DISTINCT actor) AS people
FROM {activity}
WHERE actor_org IS NOT NULL
  AND verb = 'view' AND object_kind = 'news'
  AND activity_day BETWEEN '{from}' AND '{to}'
GROUP BY actor_org
ORDER BY actor_org

-- Distinct readers of each news item by the organisation they belong to.
SELECT object, actor_org, COUNT(DISTINCT actor) AS people
FROM {activity}
WHERE actor_org IS NOT NULL AND object IS NOT NULL
  AND verb = 'view' AND object_kind = 'news'
  AND activity_day BETWEEN '{from}' AND '{to}'
GROUP BY object, actor_org
ORDER BY object, actor_org

-- Distinct readers of any news by the organisation they belong to.
SELECT actor_org, COUNT(DISTINCT actor) AS people
FROM {activity}
WHERE actor_org IS NOT NULL
  AND verb = 'view' AND object_kind = 'news'
  AND activity_day >= CAST('{from}' AS DATE) AND activity_day <= CAST('{to}' AS DATE)
GROUP BY actor_org
ORDER BY actor_org

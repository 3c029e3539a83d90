-- Who works in whose spaces: contributions by the organisation of who acts and of what they act on.
SELECT actor_org, object_org, COUNT(*) AS events, COUNT(DISTINCT actor) AS people
FROM {activity}
WHERE actor_org IS NOT NULL AND object_org IS NOT NULL
  AND verb IN ('create', 'edit', 'publish', 'comment', 'react')
  AND activity_day BETWEEN '{from}' AND '{to}'
GROUP BY actor_org, object_org
ORDER BY actor_org, object_org

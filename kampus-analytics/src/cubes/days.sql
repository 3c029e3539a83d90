-- Events a day, and how many of them are by people whom the directory does not know.
SELECT activity_day, COUNT(*) AS events, COUNT(*) - COUNT(actor_org) AS unknown_actors
FROM {activity}
WHERE activity_day >= CAST('{from}' AS DATE) AND activity_day <= CAST('{to}' AS DATE)
GROUP BY activity_day
ORDER BY activity_day

-- Events a day, and how many of them are by people whom the directory does not know.
SELECT activity_day, COUNT(*) AS events, COUNT(*) - COUNT(actor_org) AS unknown_actors
FROM {activity}
WHERE activity_day BETWEEN '{from}' AND '{to}'
GROUP BY activity_day
ORDER BY activity_day

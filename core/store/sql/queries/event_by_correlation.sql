-- What else belongs to this request, on one day.
SELECT seq FROM event INDEXED BY event_correlation WHERE day = :day AND correlation = :correlation;

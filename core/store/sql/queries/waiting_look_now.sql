-- What waited only for its neighbours to be read is looked at as soon as its time has come.
UPDATE waiting_finding SET look_at = due_at WHERE look_at > :now AND due_at <= :now;

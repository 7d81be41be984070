-- An emergency account is to be tried.
INSERT INTO drill (id, account, account_name, author, reason, created_at, starts_at, ends_at)
VALUES (:id, :account, :account_name, :author, :reason, :created_at, :starts_at, :ends_at);

-- What a person did.
INSERT INTO audit (at, actor, action, object, detail) VALUES (:at, :actor, :action, :object, :detail);

-- The SKUs of a listed product are a JSON array in both databases.
alter table products alter column skus type text using array_to_json(skus)::text;

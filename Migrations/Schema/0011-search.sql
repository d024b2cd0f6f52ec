-- Names are found by an index of trigrams over their folded text, and sorted by the keys of the shop's language. `basis` says on what the
-- tables depend besides the events: a projection of another basis makes them anew, as it does after this migration.

create extension if not exists pg_trgm;

truncate products;
alter table products add column sort bytea not null;
drop index products_by_category;
create index products_by_category on products (archived, category);
create index products_by_name on products (archived, sort, id);

-- Without a pending list, which each search would have to read from end to end.
create index products_by_words on products using gin (folded gin_trgm_ops) with (fastupdate = off);

alter table rebuilds add column basis text;

-- Orders are found by number and email address, products by SKU and by words in their names, sorted in the shop's language. `in_stock` says
-- whether a unit of a SKU can be bought: the program's rule decides it, so that no statement repeats the rule. `basis` says on what the
-- tables depend besides the events: a projection with another basis makes them anew, as it does after this migration.

create extension if not exists pg_trgm;

truncate products, stock_levels, orders;

alter table stock_levels add column backorder_limit bigint not null, add column in_stock boolean not null;

alter table orders add column number text collate "C" not null, add column email text collate "C";
create index orders_by_number on orders (number);
create index orders_by_email on orders (email, placed_at, id) where email is not null;

create index product_skus_by_sku on product_skus (sku);

alter table products add column sort bytea not null;
drop index products_by_category;
create index products_by_category on products (archived, category);
create index products_by_name on products (archived, sort, id);

-- Without a pending list, which each search would have to read from end to end.
create index products_by_words on products using gin (folded gin_trgm_ops) with (fastupdate = off);

alter table rebuilds add column basis text;

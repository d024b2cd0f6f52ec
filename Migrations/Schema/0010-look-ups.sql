-- Orders are found by number and email address, products by SKU. `in_stock` says whether a unit of the SKU can be bought: the program's rule
-- decides it, so that no statement repeats the rule.
-- The tables are filled again from the events. The next projection starts it.
truncate products, product_skus, product_prices, sku_prices, categories, stock_levels, orders, sold, corrections;
delete from marks where topic = 'reporting';
insert into rebuilds (topic, started_at, stream, seq, carried, done)
select 'reporting', now(), '', 0, 0, false where exists (select 1 from events)
on conflict (topic) do update set started_at = excluded.started_at, stream = '', seq = 0, carried = 0, done = false;

alter table stock_levels add column backorder_limit bigint not null, add column in_stock boolean not null;

alter table orders add column number text collate "C" not null, add column email text collate "C";
create index orders_by_number on orders (number);
create index orders_by_email on orders (email, placed_at, id) where email is not null;

create index product_skus_by_sku on product_skus (sku);

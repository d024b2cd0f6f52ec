-- Orders are found by number and email address, products by SKU. `in_stock` says whether a unit of the SKU can be bought: the program's rule
-- decides it, so that no statement repeats the rule.
-- The tables are filled again from the events. The next projection starts it.
delete from products;
delete from product_skus;
delete from product_prices;
delete from sku_prices;
delete from categories;
delete from stock_levels;
delete from orders;
delete from sold;
delete from corrections;
delete from marks where topic = 'reporting';
insert into rebuilds (topic, started_at, stream, seq, carried, done)
select 'reporting', cast(unixepoch('subsec') * 1000000 as integer), '', 0, 0, 0 where exists (select 1 from events)
on conflict (topic) do update set started_at = excluded.started_at, stream = '', seq = 0, carried = 0, done = 0;

drop table stock_levels;
create table stock_levels
(
    sku             text    not null primary key,
    on_hand         integer not null,
    reserved        integer not null,
    policy          text    not null,
    backorder_limit integer not null,
    in_stock        integer not null
) without rowid;

drop table orders;
create table orders
(
    id          text    not null primary key,
    number      text    not null,
    email       text,
    status      text    not null,
    total       integer not null,
    currency    text    not null,
    lines       integer not null,
    units       integer not null,
    customer_id text,
    external_id text,
    cart        text,
    placed_at   integer not null,
    placed_day  text    not null,
    counted     integer not null
) without rowid;

create index orders_by_number on orders (number);
create index orders_by_email on orders (email, placed_at, id) where email is not null;
create index orders_by_time on orders (placed_at, id);
create index orders_by_customer on orders (customer_id, placed_at, id) where customer_id is not null;
create index orders_by_external_id on orders (external_id) where external_id is not null;
create index orders_by_day on orders (currency, placed_day);

create index product_skus_by_sku on product_skus (sku);

-- Orders are found by number and email address, products by SKU and by words in their names, sorted in the shop's language. `in_stock` says
-- whether a unit of a SKU can be bought: the program's rule decides it, so that no statement repeats the rule. `basis` says on what the
-- tables depend besides the events: a projection with another basis makes them anew, as it does after this migration.

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

drop table products;
create table products
(
    row        integer not null primary key,
    id         text    not null unique,
    name       text    not null,
    folded     text    not null,
    sort       blob    not null,
    category   text,
    skus       text    not null,
    created_at integer not null,
    archived   integer not null
);

create index products_by_category on products (archived, category);
create index products_by_name on products (archived, sort, id);

create virtual table product_search using fts5
(
    folded, content = 'products', content_rowid = 'row', tokenize = 'trigram case_sensitive 1'
);

create trigger products_added after insert on products
begin
    insert into product_search (rowid, folded) values (new.row, new.folded);
end;

create trigger products_renamed after update of folded on products when new.folded <> old.folded
begin
    insert into product_search (product_search, rowid, folded) values ('delete', old.row, old.folded);
    insert into product_search (rowid, folded) values (new.row, new.folded);
end;

alter table rebuilds add column basis text;

-- The read models: made from the events of topic `reporting`, and made again from all events at any time.

-- The last event of each stream that a topic's read model contains.
create table marks
(
    topic  text    not null,
    stream text    not null,
    seq    integer not null,
    primary key (topic, stream)
) without rowid;

-- The progress of rebuilding a topic's read model; a stopped process continues from there.
create table rebuilds
(
    topic      text    not null primary key,
    started_at integer not null,
    stream     text    not null,
    seq        integer not null,
    carried    integer not null,
    done       integer not null
) without rowid;

-- `folded` is the name in lower case: comparison and order of names ignore case beyond ASCII too.
create table products
(
    id         text    not null primary key,
    name       text    not null,
    folded     text    not null,
    category   text,
    skus       text    not null,
    created_at integer not null,
    archived   integer not null
) without rowid;

create table product_skus
(
    product text not null,
    sku     text not null,
    primary key (product, sku)
) without rowid;

-- The lowest price of a product's variants.
create table product_prices
(
    product  text    not null,
    currency text    not null,
    amount   integer not null,
    primary key (product, currency)
) without rowid;

create table sku_prices
(
    sku      text    not null,
    currency text    not null,
    amount   integer not null,
    product  text    not null,
    primary key (sku, currency)
) without rowid;

create index sku_prices_by_product on sku_prices (product);

create table categories
(
    code     text    not null primary key,
    name     text    not null,
    archived integer not null,
    version  integer not null
) without rowid;

create table stock_levels
(
    sku      text    not null primary key,
    on_hand  integer not null,
    reserved integer not null,
    policy   text    not null
) without rowid;

-- `counted`: the order was confirmed, so it is a sale by the day it was placed, whatever happens to it later.
create table orders
(
    id          text    not null primary key,
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

create index orders_by_time on orders (placed_at, id);
create index orders_by_customer on orders (customer_id, placed_at, id) where customer_id is not null;
create index orders_by_external_id on orders (external_id) where external_id is not null;
create index orders_by_day on orders (currency, placed_day);

create table sold
(
    day      text    not null,
    sku      text    not null,
    currency text    not null,
    units    integer not null,
    revenue  integer not null,
    primary key (day, sku, currency)
) without rowid;

-- What lessens or changes sales afterwards: refunds, credit notes and manual entries, one row per event.
create table corrections
(
    stream   text    not null,
    seq      integer not null,
    day      text    not null,
    currency text    not null,
    document text    not null,
    refunded integer not null,
    credited integer not null,
    entry    integer not null,
    lines    integer not null,
    primary key (stream, seq)
) without rowid;

create index corrections_by_day on corrections (currency, day);

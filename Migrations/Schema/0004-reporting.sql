-- The read models: made from the events of topic `reporting`, and made again from all events at any time.

-- The last event of each stream that a topic's read model contains.
create table marks
(
    topic  text collate "C" not null,
    stream text collate "C" not null,
    seq    bigint           not null,
    primary key (topic, stream)
) with (fillfactor = 80);

-- How far the making anew of a topic's read model has come; a stopped process goes on from there.
create table rebuilds
(
    topic      text collate "C" not null primary key,
    started_at timestamptz      not null,
    stream     text collate "C" not null,
    seq        bigint           not null,
    carried    bigint           not null,
    done       boolean          not null
);

-- `folded` is the name in lower case: comparison and order of names ignore case beyond ASCII too.
create table products
(
    id         text collate "C" not null primary key,
    name       text             not null,
    folded     text collate "C" not null,
    category   text collate "C",
    skus       text[]           not null,
    created_at timestamptz      not null,
    archived   boolean          not null
);

create index products_by_category on products (category) where not archived;

create table product_skus
(
    product text collate "C" not null,
    sku     text collate "C" not null,
    primary key (product, sku)
);

-- The lowest price of a product's variants.
create table product_prices
(
    product  text collate "C" not null,
    currency text collate "C" not null,
    amount   bigint           not null,
    primary key (product, currency)
);

create table sku_prices
(
    sku      text collate "C" not null,
    currency text collate "C" not null,
    amount   bigint           not null,
    product  text collate "C" not null,
    primary key (sku, currency)
);

create index sku_prices_by_product on sku_prices (product);

create table categories
(
    code     text collate "C" not null primary key,
    name     text             not null,
    archived boolean          not null,
    version  bigint           not null
);

create table stock_levels
(
    sku      text collate "C" not null primary key,
    on_hand  bigint           not null,
    reserved bigint           not null,
    policy   text             not null
) with (fillfactor = 80);

-- `counted`: the order was confirmed, so it is a sale by the day it was placed, whatever becomes of it.
create table orders
(
    id          text collate "C" not null primary key,
    status      text             not null,
    total       bigint           not null,
    currency    text collate "C" not null,
    lines       integer          not null,
    units       bigint           not null,
    customer_id text collate "C",
    external_id text collate "C",
    cart        text collate "C",
    placed_at   timestamptz      not null,
    placed_day  date             not null,
    counted     boolean          not null
);

create index orders_by_time on orders (placed_at, id);
create index orders_by_customer on orders (customer_id, placed_at, id) where customer_id is not null;
create index orders_by_external_id on orders (external_id) where external_id is not null;
create index orders_by_day on orders (currency, placed_day);

create table sold
(
    day      date             not null,
    sku      text collate "C" not null,
    currency text collate "C" not null,
    units    bigint           not null,
    revenue  bigint           not null,
    primary key (day, sku, currency)
) with (fillfactor = 80);

-- What lessens or changes sales afterwards: refunds, credit notes and manual entries, one row per event.
create table corrections
(
    stream   text collate "C" not null,
    seq      bigint           not null,
    day      date             not null,
    currency text collate "C" not null,
    document text collate "C" not null,
    refunded bigint           not null,
    credited bigint           not null,
    entry    bigint           not null,
    lines    integer          not null,
    primary key (stream, seq)
);

create index corrections_by_day on corrections (currency, day);

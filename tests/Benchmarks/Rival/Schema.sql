-- The rival's tables. Keys compare by their bytes, whatever the locale of the database.

create table if not exists skus
(
    sku        text collate "C" primary key,
    product_id text collate "C" not null unique,
    name       text             not null,
    price      bigint           not null,
    currency   text             not null
);

-- The only rows that checkouts compete for: narrow, with room for the next version on the same page.
create table if not exists stock
(
    sku     text collate "C" primary key references skus,
    on_hand integer not null check (on_hand >= 0),
    version bigint  not null default 0
) with (fillfactor = 50);

create table if not exists carts
(
    id         text collate "C" primary key,
    currency   text        not null,
    status     text        not null default 'open',
    order_id   text,
    created_at timestamptz not null,
    version    bigint      not null default 1
) with (fillfactor = 70);

create table if not exists cart_lines
(
    cart_id  text collate "C" not null,
    sku      text collate "C" not null,
    quantity integer          not null,
    position bigint generated always as identity,
    primary key (cart_id, sku)
);

create table if not exists orders
(
    id         text collate "C" primary key,
    number     text        not null,
    cart_id    text        not null,
    status     text        not null,
    currency   text        not null,
    total      bigint      not null,
    email      text        not null,
    address    json        not null,
    placed_at  timestamptz not null,
    version    bigint      not null
);

create table if not exists order_lines
(
    order_id text collate "C" not null,
    line     integer          not null,
    sku      text             not null,
    name     text             not null,
    quantity integer          not null,
    price    bigint           not null,
    primary key (order_id, line)
);

create table if not exists order_history
(
    order_id text collate "C" not null,
    seq      bigint           not null,
    at       timestamptz      not null,
    step     text             not null,
    primary key (order_id, seq)
);

create table if not exists payments
(
    id       text collate "C" primary key,
    order_id text        not null,
    key      text        not null,
    state    text        not null,
    amount   bigint      not null,
    currency text        not null,
    at       timestamptz not null
);

-- Every change of a stock, numbered without gaps per SKU.
create table if not exists stock_ledger
(
    sku       text collate "C" not null,
    version   bigint           not null,
    delta     integer          not null,
    reference text             not null,
    at        timestamptz      not null,
    primary key (sku, version)
);

-- What is to be told to others, in the transaction that made it true.
create table if not exists outbox
(
    id       bigint generated always as identity primary key,
    topic    text  not null,
    order_id text  not null,
    data     bytea not null
);

-- What was answered under a key. A row without a status is of a transaction that has not ended.
create table if not exists idempotency
(
    scope       text collate "C" not null,
    key         text collate "C" not null,
    fingerprint bytea            not null,
    at          timestamptz      not null,
    status      integer,
    location    text,
    body        bytea,
    primary key (scope, key)
) with (fillfactor = 50);

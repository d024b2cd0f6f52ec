-- Names are found by an index of trigrams over their folded text, and sorted by the keys of the shop's language. `basis` says on what the
-- tables depend besides the events: a projection of another basis makes them anew, as it does after this migration.

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

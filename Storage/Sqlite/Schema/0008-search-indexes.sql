-- Two indexes that answer searches without the products: the names in their order with what is looked for in them, and what is counted of the
-- products that were found.

drop index products_by_name;
create index products_by_name on products (archived, sort, id, folded, category);
create index products_by_row on products (row, archived, category, id);

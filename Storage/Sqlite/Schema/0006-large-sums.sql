-- The revenue of a SKU's day may need more than 64 bits: its billions stand beside what is left of it.
alter table sold add column revenue_high integer not null default 0;

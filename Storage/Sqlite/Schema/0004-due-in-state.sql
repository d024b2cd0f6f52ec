-- The index of due work is a column of the grain's row, so that it costs a write no statement of its own.
alter table grain_state add column due_at integer;
update grain_state set due_at = (select at from due d where d.state_name = grain_state.state_name and d.key = grain_state.key);
drop table due;

create index grain_state_by_due on grain_state (due_at) where due_at is not null;

create view due as
select state_name, key, due_at as at
from grain_state
where due_at is not null;

-- Due work is read from one index by the one process. Buckets and reminders are gone.
drop table reminders;

create table due_times
(
    state_name text    not null,
    key        text    not null,
    at         integer not null,
    primary key (state_name, key)
) without rowid;

insert into due_times (state_name, key, at) select state_name, key, at from due;
drop table due;
alter table due_times rename to due;
create index due_by_time on due (at);

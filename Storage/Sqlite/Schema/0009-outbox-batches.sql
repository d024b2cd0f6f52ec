-- The outbox has a row for each write, with the numbers of its events as a JSON array, instead of one for each event. A batch is deleted in the
-- transaction that has the effect of its events, so the projection needs no marks. An id is never used again.
create table outbox_batches
(
    id        integer not null primary key autoincrement,
    topic     text    not null,
    at        integer not null,
    events    integer not null,
    stream    text    not null,
    sequences text    not null
);

-- A rebuild that was interrupted contains the events up to the marks.
insert into outbox_batches (topic, at, events, stream, sequences)
select topic, min(at), count(*), stream, json_group_array(seq)
from (select o.*
      from outbox o
      where not exists (select 1 from marks m where m.topic = o.topic and m.stream = o.stream and m.seq >= o.seq)
      order by o.topic, o.stream, o.seq)
group by topic, stream
order by topic, stream;

-- A projection without a row here has projected nothing.
insert into rebuilds (topic, started_at, stream, seq, carried, done)
select distinct topic, 0, '', 0, 0, true
from marks
where true
on conflict do nothing;

drop table outbox;
drop table marks;

-- The events of the outbox.
create view outbox as
select b.topic, b.stream, s.value as seq, b.at, b.id as batch
from outbox_batches b,
     json_each(b.sequences) s;

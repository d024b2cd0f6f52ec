-- The outbox has a row for each transaction of writes instead of one for each event. A batch is deleted in the transaction that has the effect of
-- its events, so the projection needs no marks.
--
-- Silos of the version before continue to write, because the function keeps its parameters, and to read, because the view has the columns of the
-- table. Their projections fail for want of marks, and those of this version project what they write.

lock table outbox, marks in access exclusive mode;

create table outbox_batches
(
    topic     text collate "C"   not null,
    id        bigint             not null generated always as identity,
    at        timestamptz        not null,
    events    integer            not null,
    streams   text[] collate "C" not null,
    sequences bigint[]           not null,
    primary key (topic, id)
);

-- A rebuild that was interrupted contains the events up to the marks.
insert into outbox_batches (topic, at, events, streams, sequences)
select topic, min(at), count(*), array_agg(stream order by stream, seq), array_agg(seq order by stream, seq)
from (select o.*, row_number() over (partition by o.topic order by o.stream, o.seq) / 500 as part
      from outbox o
      where not exists (select from marks m where m.topic = o.topic and m.stream = o.stream and m.seq >= o.seq)) waiting
group by topic, part
order by topic, part;

-- A projection without a row here has projected nothing.
insert into rebuilds (topic, started_at, stream, seq, carried, done)
select distinct topic, now(), '', 0, 0, true
from marks
on conflict do nothing;

drop table outbox;
drop table marks;

-- The events of the outbox.
create view outbox as
select b.topic, e.stream, e.seq, b.at, b.id as batch
from outbox_batches b
         cross join lateral unnest(b.streams, b.sequences) as e (stream, seq);

-- For a write that began under the function of the version before.
create rule outbox_insert as on insert to outbox do instead
    insert into outbox_batches (topic, at, events, streams, sequences) values (new.topic, new.at, 1, array [new.stream], array [new.seq]);

-- The write of many grains at once (see 0008), with its new outbox.
create or replace function actorshop_write_batch(
    service text, states text[], keys text[], expected integer[], sequences bigint[], labels text[],
    due_ats timestamptz[], heads json[],
    event_grains integer[], event_seqs bigint[], event_ats timestamptz[], event_types text[], event_references text[], event_data json[],
    outbox_grains integer[], outbox_seqs bigint[], outbox_topics text[], outbox_ats timestamptz[],
    posting_grains integer[], posting_seqs bigint[], posting_sides integer[], posting_accounts text[], posting_amounts bigint[],
    posting_currencies text[])
    returns table (grain integer, stored integer)
    language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_material = off
    set enable_memoize = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set jit = off
as
$$
declare
    total       integer := cardinality(keys);
    won         integer[];
    made_states text[];
    made_keys   text[];
begin
    with written as (
        update grain_state g
            set version = g.version + 1, sequence = i.sequence, label = i.label,
                due_at = i.due_at, head = i.head
            from unnest(states, keys, expected, sequences, labels, due_ats, heads)
                     with ordinality as i (state, key, expected, sequence, label, due_at, head, n)
                     cross join lateral (select ctid from grain_state
                                         where state_name = i.state and key = i.key and service_id = service limit 1) as here
            where g.ctid = here.ctid and g.version = i.expected
            returning i.n::integer as n)
    select coalesce(array_agg(n), '{}') into won from written;

    if cardinality(won) < total then
        with made as (
            insert into grain_state (service_id, state_name, key, version, sequence, label, due_at, head)
                select service, i.state, i.key, 1, i.sequence, i.label, i.due_at, i.head
                from unnest(states, keys, expected, sequences, labels, due_ats, heads)
                    with ordinality as i (state, key, expected, sequence, label, due_at, head, n)
                where i.expected is null
                order by i.n
                on conflict do nothing
                returning state_name, key)
        select array_agg(state_name), array_agg(key) into made_states, made_keys from made;
    end if;

    if cardinality(won) + coalesce(cardinality(made_keys), 0) = total then
        insert into events (stream, seq, at, type, reference, data)
        select keys[e.grain], e.seq, e.at, e.type, e.reference, e.data
        from unnest(event_grains, event_seqs, event_ats, event_types, event_references, event_data)
            as e (grain, seq, at, type, reference, data);

        insert into outbox_batches (topic, at, events, streams, sequences)
        select o.topic, min(o.at), count(*), array_agg(keys[o.grain]), array_agg(o.seq)
        from unnest(outbox_grains, outbox_seqs, outbox_topics, outbox_ats) as o (grain, seq, topic, at)
        group by o.topic;

        insert into postings (stream, seq, side, account, amount, currency)
        select keys[p.grain], p.seq, p.side, p.account, p.amount, p.currency
        from unnest(posting_grains, posting_seqs, posting_sides, posting_accounts, posting_amounts, posting_currencies)
            as p (grain, seq, side, account, amount, currency);
        return;
    end if;

    won := won || array(
        select i.n::integer
        from unnest(made_states, made_keys) as m (state, key)
                 join unnest(states, keys) with ordinality as i (state, key, n) on i.state = m.state and i.key = m.key);

    insert into events (stream, seq, at, type, reference, data)
    select keys[e.grain], e.seq, e.at, e.type, e.reference, e.data
    from unnest(event_grains, event_seqs, event_ats, event_types, event_references, event_data)
        as e (grain, seq, at, type, reference, data)
    where e.grain = any (won);

    insert into outbox_batches (topic, at, events, streams, sequences)
    select o.topic, min(o.at), count(*), array_agg(keys[o.grain]), array_agg(o.seq)
    from unnest(outbox_grains, outbox_seqs, outbox_topics, outbox_ats) as o (grain, seq, topic, at)
    where o.grain = any (won)
    group by o.topic;

    insert into postings (stream, seq, side, account, amount, currency)
    select keys[p.grain], p.seq, p.side, p.account, p.amount, p.currency
    from unnest(posting_grains, posting_seqs, posting_sides, posting_accounts, posting_amounts, posting_currencies)
        as p (grain, seq, side, account, amount, currency)
    where p.grain = any (won);

    return query
        select i.n::integer, g.version
        from unnest(states, keys) with ordinality as i (state, key, n)
                 left join lateral (select version from grain_state
                                    where state_name = i.state and key = i.key and service_id = service limit 1) as g on true
        where i.n <> all (won);
end
$$;

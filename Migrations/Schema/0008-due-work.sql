-- Due work is taken from one index, under a lease, by a worker in every silo. Buckets and reminders are gone.

drop table reminders;
drop view due;
alter table grain_state drop column due_bucket;

create index grain_state_by_due_at on grain_state (due_at) where due_at is not null;

create view due as
select state_name, key, due_at as at
from grain_state
where due_at is not null;

-- The due grains that a silo has taken, and for how long. A table of its own, because a write to a row of grain_state would refuse the
-- grain's own write that is under way. Unlogged: a lease lost in a crash of the server is work that is done twice.
create unlogged table due_leases
(
    state_name text collate "C" not null,
    key        text collate "C" not null,
    until      timestamptz      not null,
    primary key (state_name, key)
);

drop function actorshop_write_batch(
    text, text[], text[], integer[], bigint[], text[], integer[], timestamptz[], json[],
    integer[], bigint[], timestamptz[], text[], text[], json[],
    integer[], bigint[], text[], timestamptz[],
    integer[], bigint[], integer[], text[], bigint[], text[]);

-- The write of many grains at once (see 0002), without buckets.
create function actorshop_write_batch(
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

        insert into outbox (topic, stream, seq, at)
        select o.topic, keys[o.grain], o.seq, o.at
        from unnest(outbox_grains, outbox_seqs, outbox_topics, outbox_ats) as o (grain, seq, topic, at);

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

    insert into outbox (topic, stream, seq, at)
    select o.topic, keys[o.grain], o.seq, o.at
    from unnest(outbox_grains, outbox_seqs, outbox_topics, outbox_ats) as o (grain, seq, topic, at)
    where o.grain = any (won);

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

delete from OrleansQuery where QueryKey like '%Reminder%' or QueryKey like 'ReadRangeRows%';

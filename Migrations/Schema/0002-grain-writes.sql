-- The one write: head, events, messages, postings and due time, all of them or none.

-- A grain's key as text. Orleans hands it over in parts: a text, a number (0, n), or a Guid whose bytes are the two numbers, each
-- perhaps followed by a text of its own. Grains of one state name have one kind of key, so the parts need no tag here.
-- One expression, so that a statement that uses it has it in its plan, and a text costs one comparison.
create function actorshop_key(n0 bigint, n1 bigint, extension text) returns text
    language sql immutable parallel safe
as
$$
select case
           when n0 = 0 and n1 = 0 and extension is not null then extension
           when n0 = 0 then upper(to_hex(n1)) || coalesce('+' || extension, '')
           else substr(lpad(to_hex(n0), 16, '0'), 9, 8) || substr(lpad(to_hex(n0), 16, '0'), 5, 4) || substr(lpad(to_hex(n0), 16, '0'), 1, 4)
                    || substr(lpad(to_hex(n1), 16, '0'), 15, 2) || substr(lpad(to_hex(n1), 16, '0'), 13, 2)
                    || substr(lpad(to_hex(n1), 16, '0'), 11, 2) || substr(lpad(to_hex(n1), 16, '0'), 9, 2)
                    || substr(lpad(to_hex(n1), 16, '0'), 7, 2) || substr(lpad(to_hex(n1), 16, '0'), 5, 2)
                    || substr(lpad(to_hex(n1), 16, '0'), 3, 2) || substr(lpad(to_hex(n1), 16, '0'), 1, 2)
                    || coalesce('+' || extension, '')
           end
$$;

-- Orleans' write: one grain, its record as JSON. Answers the new version, or the one that was expected where another is stored.
create function actorshop_write(
    service text, state text, grain text, expected integer, payload bytea)
    returns integer
    language plpgsql
as
$$
declare
    document  json    := convert_from(payload, 'UTF8')::json;
    is_cut  boolean := json_typeof(document) = 'object' and document -> 'head' is not null and document -> 'sequence' is not null;
    written integer;
begin
    if expected is null then
        insert into grain_state (service_id, state_name, key, version, sequence, label, due_bucket, due_at, head)
        values (service, state, grain, 1,
                case when is_cut then (document ->> 'sequence')::bigint end,
                case when is_cut then document ->> 'label' end,
                case when is_cut then (document -> 'due' ->> 'bucket')::integer end,
                case when is_cut then (document -> 'due' ->> 'at')::timestamptz end,
                case when is_cut then document -> 'head' else document end)
        on conflict do nothing
        returning version into written;
    else
        update grain_state g
        set version    = g.version + 1,
            sequence   = case when is_cut then (document ->> 'sequence')::bigint end,
            label      = case when is_cut then document ->> 'label' end,
            due_bucket = case when is_cut then (document -> 'due' ->> 'bucket')::integer end,
            due_at     = case when is_cut then (document -> 'due' ->> 'at')::timestamptz end,
            head       = case when is_cut then document -> 'head' else document end
        where g.service_id = service and g.state_name = state and g.key = grain and g.version = expected
        returning g.version into written;
    end if;

    if written is null then
        return expected;
    end if;

    if is_cut then
        insert into events (stream, seq, at, type, reference, data)
        select grain, e.sequence, e.at, e.type, e.reference, e.data
        from json_to_recordset(document -> 'events') as e (sequence bigint, at timestamptz, type text, reference text, data json);

        insert into outbox (topic, stream, seq, at)
        select o.topic, grain, o.sequence, e.at
        from json_to_recordset(document -> 'outbox') as o (sequence bigint, topic text)
                 join events e on e.stream = grain and e.seq = o.sequence;

        insert into postings (stream, seq, side, account, amount, currency)
        select grain, p.sequence, p.n - 1, p.account, p.amount, p.currency
        from rows from (json_to_recordset(document -> 'postings')
            as (sequence bigint, account text, amount bigint, currency text)) with ordinality as p (sequence, account, amount, currency, n);
    end if;

    return written;
end
$$;

-- The same for many grains at once, as columns: a row per grain, and rows of their events, messages and postings, each with the number
-- of its grain. A grain is there once. Answers the grains that were refused, with the version stored; the others were written, their
-- version grown by one.
--
-- Rows are locked in the order in which they come, which the caller makes that of (state, key): first those to change, then those to
-- make. So two batches that meet never wait for each other in a ring. The settings and the
-- lateral joins keep the plan that does so, a loop over the input that finds each row by its key, whatever the statistics of the moment
-- say. (A row that moved on since it was found has another version: it is refused.)
create function actorshop_write_batch(
    service text, states text[], keys text[], expected integer[], sequences bigint[], labels text[],
    due_buckets integer[], due_ats timestamptz[], heads json[],
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
                due_bucket = i.due_bucket, due_at = i.due_at, head = i.head
            from unnest(states, keys, expected, sequences, labels, due_buckets, due_ats, heads)
                     with ordinality as i (state, key, expected, sequence, label, due_bucket, due_at, head, n)
                     cross join lateral (select ctid from grain_state
                                         where state_name = i.state and key = i.key and service_id = service limit 1) as here
            where g.ctid = here.ctid and g.version = i.expected
            returning i.n::integer as n)
    select coalesce(array_agg(n), '{}') into won from written;

    if cardinality(won) < total then
        with made as (
            insert into grain_state (service_id, state_name, key, version, sequence, label, due_bucket, due_at, head)
                select service, i.state, i.key, 1, i.sequence, i.label, i.due_bucket, i.due_at, i.head
                from unnest(states, keys, expected, sequences, labels, due_buckets, due_ats, heads)
                    with ordinality as i (state, key, expected, sequence, label, due_bucket, due_at, head, n)
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

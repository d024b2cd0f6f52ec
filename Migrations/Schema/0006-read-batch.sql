-- The states of many grains at once, in any order: a row per grain that has one, with its place in the question.
--
-- The settings keep the plan that finds each row by its key, whatever the statistics of the moment say: a table that was almost empty
-- when its plan was made is read from end to end for ever after.
create function actorshop_read_batch(service text, states text[], keys text[])
    returns table (grain integer, version integer, sequence bigint, head json)
    language plpgsql stable
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set jit = off
as
$$
begin
    return query
        select i.n::integer, g.version, g.sequence, g.head
        from unnest(states, keys) with ordinality as i (state, key, n)
                 cross join lateral (select s.version, s.sequence, s.head from grain_state s
                                     where s.state_name = i.state and s.key = i.key and s.service_id = service limit 1) as g;
end
$$;

insert into OrleansQuery (QueryKey, QueryText)
values ('ActorShopReadBatchKey', 'select grain, version, sequence, head from actorshop_read_batch($1, $2, $3)');

-- The cluster whose silos work on the tables. Two at once would each think their grains the only ones; writes would stay right, since they
-- depend on versions, and everybody would be in everybody's way.
create table cluster
(
    id         text        not null,
    claimed_at timestamptz not null,
    the_only   boolean     not null default true primary key check (the_only)
);

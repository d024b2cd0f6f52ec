-- What grains write. Names and keys compare by their bytes, whatever the locale of the database.

-- The service whose data the tables hold. Streams are named by keys alone, so there is one.
create table service
(
    id       text    not null,
    the_only boolean not null default true primary key check (the_only)
);

-- One row per state of a grain. A cleared state keeps its row without head: its stream goes on where it ended.
-- The index of due work is two columns of the row, so that it costs a write nothing of its own.
create table grain_state
(
    service_id text collate "C" not null,
    state_name text collate "C" not null,
    key        text collate "C" not null,
    version    integer          not null,
    sequence   bigint,          -- null where the state is a whole of its own, and no head beside events
    label      text collate "C",
    due_bucket integer,
    due_at     timestamptz,
    head       json,
    primary key (state_name, key, service_id)
) with (fillfactor = 80);

-- Operators ask for orders by their step; nobody else is asked for by a label.
create index grain_state_by_step on grain_state (label, key) where state_name = 'order';
create index grain_state_by_due on grain_state (due_bucket, due_at) where due_at is not null;

create view due as
select state_name, key, due_bucket as bucket, due_at as at
from grain_state
where due_at is not null;

-- What happened, for ever. A stream is named by its grain's key.
create table events
(
    stream    text collate "C" not null,
    seq       bigint           not null,
    at        timestamptz      not null,
    type      text             not null,
    reference text collate "C",
    data      json             not null,
    primary key (stream, seq)
);

create index events_by_reference on events (stream, reference) where reference is not null;

-- Messages to deliver; deleted in the transaction that has their effect.
create table outbox
(
    topic  text collate "C" not null,
    stream text collate "C" not null,
    seq    bigint           not null,
    at     timestamptz      not null,
    primary key (topic, stream, seq)
);

-- The account book. The amounts of one event sum to zero. Accounts are few, so an index by them would cost every sale more than it
-- gives to a report.
create table postings
(
    stream   text collate "C" not null,
    seq      bigint           not null,
    side     integer          not null,
    account  text collate "C" not null,
    amount   bigint           not null,
    currency text collate "C" not null,
    primary key (stream, seq, side)
);

-- Hashes are those of Orleans, as signed numbers; the period is in milliseconds.
create table reminders
(
    service_id text collate "C" not null,
    grain_id   text collate "C" not null,
    name       text collate "C" not null,
    grain_hash integer          not null,
    start_time timestamptz      not null,
    period     bigint           not null,
    version    integer          not null,
    primary key (service_id, grain_id, name)
);

create index reminders_by_hash on reminders (service_id, grain_hash);

-- Silos and the one version on which each change is conditional. `renewals` counts the renewals of a silo's lease.
create table membership_version
(
    deployment_id text collate "C" not null primary key,
    version       integer          not null
);

create table membership
(
    deployment_id text collate "C" not null references membership_version on delete cascade,
    address       text collate "C" not null,
    port          integer          not null,
    generation    integer          not null,
    silo_name     text             not null,
    host_name     text             not null,
    status        integer          not null,
    proxy_port    integer          not null,
    suspect_times text,
    start_time    timestamptz      not null,
    alive_time    timestamptz      not null,
    renewals      bigint           not null default 0,
    primary key (deployment_id, address, port, generation)
) with (fillfactor = 50);

-- Every statement of the providers, those of Orleans among them: they ask this table for their SQL when they start.
create table OrleansQuery
(
    QueryKey  varchar(64) not null primary key,
    QueryText text        not null
);

-- The tables that grains write to. Times are microseconds since 1970, UTC.

-- One row per state of a grain. A cleared state keeps its row without head: its stream goes on where it ended.
create table grain_state
(
    state_name text    not null,
    key        text    not null,
    version    integer not null,
    sequence   integer not null,
    label      text,
    head       text,
    primary key (state_name, key)
);

create index grain_state_by_label on grain_state (state_name, label, key) where label is not null;

-- What happened, for ever. A stream is named by its grain's key.
create table events
(
    stream    text    not null,
    seq       integer not null,
    at        integer not null,
    type      text    not null,
    reference text,
    data      text    not null,
    primary key (stream, seq)
) without rowid;

create index events_by_reference on events (stream, reference) where reference is not null;

-- Messages to deliver; deleted in the transaction that has their effect.
create table outbox
(
    topic  text    not null,
    stream text    not null,
    seq    integer not null,
    at     integer not null,
    primary key (topic, stream, seq)
) without rowid;

-- The account book. The amounts of one event sum to zero.
create table postings
(
    stream   text    not null,
    seq      integer not null,
    side     integer not null,
    account  text    not null,
    amount   integer not null,
    currency text    not null,
    primary key (stream, seq, side)
) without rowid;

create index postings_by_account on postings (account);

-- The index of due work: one row per grain that wants to be woken.
create table due
(
    state_name text    not null,
    key        text    not null,
    bucket     integer not null,
    at         integer not null,
    primary key (state_name, key)
) without rowid;

create index due_by_time on due (bucket, at);

-- The hash is that of the grain's id, unsigned: ranges of it belong to silos.
create table reminders
(
    grain_id text    not null,
    name     text    not null,
    hash     integer not null,
    start_at integer not null,
    period   integer not null,
    version  integer not null,
    primary key (grain_id, name)
) without rowid;

create index reminders_by_hash on reminders (hash);

-- Orleans' own states, such as the subscriptions of streams. Orleans' ADO.NET storage reads and writes them; the shop's entities are in
-- grain_state. Orleans passes a key in parts: two numbers and a text, of which any may be unused. The hashes that it passes too are not
-- stored, because the primary key finds the row.
create table orleans_state
(
    service_id    text collate "C" not null,
    state_name    text collate "C" not null,
    key_n0        bigint           not null,
    key_n1        bigint           not null,
    key_extension text collate "C" not null, -- empty where Orleans passes none
    version       integer          not null,
    payload       bytea,                     -- null where the state was cleared
    primary key (service_id, state_name, key_n0, key_n1, key_extension)
);

update OrleansQuery set QueryText = $query$
select payload as PayloadBinary, version as Version
from orleans_state
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_extension = coalesce(@GrainIdExtensionString, '')
$query$ where QueryKey = 'ReadFromStorageKey';

update OrleansQuery set QueryText = $query$
with made as (
    insert into orleans_state (service_id, state_name, key_n0, key_n1, key_extension, version, payload)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), 1, @PayloadBinary
    where @GrainStateVersion::integer is null
    on conflict do nothing
    returning version),
changed as (
    update orleans_state
    set version = version + 1, payload = @PayloadBinary
    where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
      and key_extension = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion::integer
    returning version)
select coalesce((select version from made), (select version from changed), @GrainStateVersion::integer) as NewGrainStateVersion
$query$ where QueryKey = 'WriteToStorageKey';

update OrleansQuery set QueryText = $query$
update orleans_state
set version = version + 1, payload = null
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_extension = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion::integer
returning version as NewGrainStateVersion
$query$ where QueryKey = 'ClearStorageKey';

update OrleansQuery set QueryText = $query$
delete from orleans_state
where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
  and key_extension = coalesce(@GrainIdExtensionString, '') and version = @GrainStateVersion::integer
returning version + 1 as NewGrainStateVersion
$query$ where QueryKey = 'DeleteStorageKey';

-- The shop's storage has its statements in the program, and its keys are text.
drop function actorshop_write;
drop function actorshop_key;
delete from OrleansQuery where QueryKey like 'ActorShop%';

-- Leases of silos belonged to an engine that is gone.
update OrleansQuery set QueryText = replace(QueryText, ', m.renewals as Renewals', '') where QueryKey like 'MembershipRead%';
alter table membership drop column renewals;

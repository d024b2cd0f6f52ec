-- The statements of the providers. The first twenty keep the contract of Orleans' ADO.NET providers: their names, parameters and
-- results are its. Later migrations delete those that begin with ActorShop.

insert into OrleansQuery (QueryKey, QueryText)
values

-- Grain storage.
('ReadFromStorageKey', $query$
select case
           when head is null then null
           when sequence is null then convert_to(head::text, 'UTF8')
           else convert_to('{"head":' || head::text || ',"sequence":' || sequence::text || '}', 'UTF8')
       end as PayloadBinary,
       version as Version,
       sequence as Sequence
from grain_state
where service_id = @ServiceId
  and state_name = @GrainTypeString
  and key = actorshop_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString)
$query$),

('WriteToStorageKey', $query$
select actorshop_write(@ServiceId, @GrainTypeString, actorshop_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString),
                       @GrainStateVersion, @PayloadBinary) as NewGrainStateVersion
$query$),

('ClearStorageKey', $query$
update grain_state
set version = version + 1, label = null, due_bucket = null, due_at = null, head = null
where service_id = @ServiceId
  and state_name = @GrainTypeString
  and key = actorshop_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString)
  and version = @GrainStateVersion
returning version as NewGrainStateVersion
$query$),

('DeleteStorageKey', $query$
delete from grain_state
where service_id = @ServiceId
  and state_name = @GrainTypeString
  and key = actorshop_key(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString)
  and version = @GrainStateVersion
returning version + 1 as NewGrainStateVersion
$query$),

-- Reminders.
('UpsertReminderRowKey', $query$
insert into reminders as r (service_id, grain_id, name, grain_hash, start_time, period, version)
values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
on conflict (service_id, grain_id, name) do update
    set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = r.version + 1
returning version as Version
$query$),

('ReadReminderRowsKey', $query$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
from reminders
where service_id = @ServiceId and grain_id = @GrainId
$query$),

('ReadReminderRowKey', $query$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
from reminders
where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName
$query$),

('ReadRangeRows1Key', $query$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
from reminders
where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$query$),

('ReadRangeRows2Key', $query$
select grain_id as GrainId, name as ReminderName, start_time as StartTime, period as Period, version as Version
from reminders
where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$query$),

('DeleteReminderRowKey', $query$
with gone as (
    delete from reminders
    where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version
    returning 1)
select count(*)::integer from gone
$query$),

('DeleteReminderRowsKey', $query$
delete from reminders where service_id = @ServiceId
$query$),

-- Membership. A change takes the version row first, which puts all changes of a cluster in one line.
('InsertMembershipVersionKey', $query$
with made as (
    insert into membership_version (deployment_id, version) values (@DeploymentId, 0) on conflict do nothing returning 1)
select count(*)::integer from made
$query$),

('InsertMembershipKey', $query$
with moved as (
    update membership_version v
    set version = v.version + 1
    where v.deployment_id = @DeploymentId
      and v.version = @Version
      and not exists (select 1 from membership m
                      where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
    returning 1),
made as (
    insert into membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
    select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from moved
    returning 1)
select count(*)::integer from made
$query$),

('UpdateMembershipKey', $query$
with moved as (
    update membership_version v
    set version = v.version + 1
    where v.deployment_id = @DeploymentId
      and v.version = @Version
      and exists (select 1 from membership m
                  where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
    returning 1),
changed as (
    update membership m
    set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
    from moved
    where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
    returning 1)
select count(*)::integer from changed
$query$),

('UpdateIAmAlivetimeKey', $query$
update membership
set alive_time = @IAmAliveTime
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$query$),

('MembershipReadRowKey', $query$
select v.version as Version, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
       m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
       m.start_time as StartTime, m.alive_time as IAmAliveTime, m.renewals as Renewals
from membership_version v
         left join membership m
                   on m.deployment_id = v.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.deployment_id = @DeploymentId
$query$),

('MembershipReadAllKey', $query$
select v.version as Version, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
       m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
       m.start_time as StartTime, m.alive_time as IAmAliveTime, m.renewals as Renewals
from membership_version v
         left join membership m on m.deployment_id = v.deployment_id
where v.deployment_id = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
select address as Address, proxy_port as ProxyPort, generation as Generation
from membership
where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$query$),

('DeleteMembershipTableEntriesKey', $query$
delete from membership_version where deployment_id = @DeploymentId
$query$),

('CleanupDefunctSiloEntriesKey', $query$
delete from membership
where deployment_id = @DeploymentId and alive_time < @IAmAliveTime and status <> 3
$query$),

-- Leases: a renewal belongs to the silo itself and says whether it still lives; who declares it dead does so only if nothing was renewed
-- since.
('ActorShopRenewLeaseKey', $query$
with renewed as (
    update membership
    set renewals = renewals + 1, alive_time = @IAmAliveTime
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and status <> 6
    returning 1)
select count(*)::integer from renewed
$query$),

('ActorShopDeclareDeadKey', $query$
with locked as materialized (
    select 1 from membership_version where deployment_id = @DeploymentId for update),
dead as (
    update membership
    set status = 6, suspect_times = case when suspect_times is null or suspect_times = '' then @Suspect else suspect_times || '|' || @Suspect end
    from locked
    where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
      and status <> 6 and renewals = @Renewals
    returning 1),
moved as (
    update membership_version set version = version + 1
    where deployment_id = @DeploymentId and exists (select 1 from dead)
    returning 1)
select count(*)::integer from dead
$query$),

-- Writes of many grains.
('ActorShopWriteBatchKey', $query$
select grain, stored
from actorshop_write_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
$query$);

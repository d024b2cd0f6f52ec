-- The category above; null at the top.
alter table categories add column parent text collate "C";

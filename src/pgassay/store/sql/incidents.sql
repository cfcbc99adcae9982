-- Incidents, the worst and newest of the unsettled ones first; a null id: all.
select
    incident.id, incident.incident_type, incident.severity, incident.status, incident.title,
    coalesce(incident.description, ''), incident.detection_method, incident.detected_at,
    incident.last_seen_at, incident.occurrences, coalesce(incident.cause, ''),
    coalesce(incident.assigned_to, ''), incident.acknowledged_at, incident.resolved_at,
    coalesce(incident.resolution_notes, ''), incident.rollback_performed, incident.affected_tables
from prod_test_schema.production_incidents as incident
where (:'id'::uuid is null or incident.id = :'id'::uuid)
    and incident.status = any(:'statuses'::text[])
order by
    incident.status in ('RESOLVED', 'CLOSED'),
    pg_catalog.array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], incident.severity),
    incident.detected_at desc,
    incident.id
limit :'most'::bigint

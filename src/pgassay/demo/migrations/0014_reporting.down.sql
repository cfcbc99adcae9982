drop view crm.organization_summary;
drop view crm.contact_overview;
drop view crm.pipeline;

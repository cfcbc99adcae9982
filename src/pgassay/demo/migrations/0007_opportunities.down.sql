drop table crm.opportunity_stage_history;
drop table crm.opportunities;

drop function private.record_stage();
drop function private.guard_stage();
drop function private.stage_probability(crm.opportunity_stage);
drop function private.stage_may_follow(crm.opportunity_stage, crm.opportunity_stage);

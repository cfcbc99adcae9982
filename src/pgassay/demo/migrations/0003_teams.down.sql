drop policy team_members_delete_self on crm.team_members;
drop policy team_members_write_manager on crm.team_members;
drop policy team_members_select_member on crm.team_members;
drop policy teams_write_manager on crm.teams;
drop policy teams_select_member on crm.teams;

drop function private.my_teams();

drop table crm.team_members;
drop table crm.teams;

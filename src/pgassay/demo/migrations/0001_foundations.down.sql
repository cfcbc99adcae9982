-- Without CASCADE: what a later migration forgot to take away stops this one.

drop function private.touch_updated_at();

drop domain crm.hex_color;
drop domain crm.sku;
drop domain crm.slug;
drop domain crm.percentage;
drop domain crm.currency_code;
drop domain crm.web_domain;
drop domain crm.phone_number;
drop domain crm.email_address;

drop type crm.interaction_kind;
drop type crm.opportunity_stage;
drop type crm.contact_status;
drop type crm.member_role;
drop type crm.tenant_plan;

drop schema private;
drop schema crm;

-- Written by npm run schema:dump from a freshly migrated database; do not edit.

create table behavior_logs (
  id uuid not null,
  event_type text not null,
  "timestamp" timestamp(3) with time zone not null,
  organizer_id uuid,
  invitee_phone text,
  event_id uuid,
  crew_id uuid,
  syncup_id uuid,
  session_id uuid,
  platform text not null,
  version text not null,
  metadata jsonb not null,
  constraint behavior_logs_pkey PRIMARY KEY (id, "timestamp"),
  constraint behavior_logs_event_type CHECK ((event_type = ANY (ARRAY['session_start'::text, 'session_end'::text, 'flow_started'::text, 'flow_step'::text, 'flow_completed'::text, 'user_action'::text, 'contact_picker_opened'::text, 'contact_picker_submitted'::text, 'crew_created'::text, 'crew_updated'::text, 'event_created'::text, 'syncup_created'::text, 'finalize_triggered'::text, 'reminder_sent'::text, 'drop_off'::text, 'push_received'::text, 'push_opened'::text, 'invite_sent'::text, 'invitee_reply_yes'::text, 'invitee_reply_no'::text, 'invitee_reply_unknown'::text, 'invitee_vote'::text, 'invitee_timeout'::text, 'invitee_confirmed'::text, 'sms_sent'::text, 'sms_received'::text, 'error'::text, 'latency'::text, 'state_snapshot'::text]))),
  constraint behavior_logs_metadata CHECK ((jsonb_typeof(metadata) = 'object'::text)),
  constraint behavior_logs_phone CHECK ((invitee_phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  constraint behavior_logs_platform CHECK ((platform = ANY (ARRAY['web'::text, 'ios_app'::text, 'sms'::text, 'system'::text])))
) partition by RANGE ("timestamp");
alter table behavior_logs owner to funlet_projector;
CREATE INDEX behavior_logs_organizer ON ONLY public.behavior_logs USING btree (organizer_id, id);

create table crew_members (
  organizer_id uuid not null,
  crew_id uuid not null,
  phone text not null,
  name text not null,
  constraint crew_members_organizer_id_crew_id_phone_pk PRIMARY KEY (organizer_id, crew_id, phone),
  constraint crew_members_phone CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text))
);

create table crews (
  organizer_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp(3) with time zone not null,
  constraint crews_organizer_id_id_pk PRIMARY KEY (organizer_id, id)
);

create table devices (
  organizer_id uuid not null,
  id uuid not null,
  token text not null,
  registered_at timestamp(3) with time zone not null,
  constraint devices_organizer_id_id_pk PRIMARY KEY (organizer_id, id)
);
CREATE INDEX devices_token ON public.devices USING btree (token);

create table events (
  organizer_id uuid not null,
  id uuid not null,
  crew_id uuid,
  title text not null,
  starts_at timestamp(3) with time zone,
  time_zone text,
  place text,
  details text,
  state text not null,
  created_at timestamp(3) with time zone not null,
  reminders integer not null default 0,
  quorum integer,
  answer_by timestamp(3) with time zone,
  when_all_answered boolean not null default false,
  remind_min integer,
  finalized_at timestamp(3) with time zone,
  constraint events_organizer_id_id_pk PRIMARY KEY (organizer_id, id),
  constraint events_rules CHECK (((quorum >= 1) AND (remind_min >= 1))),
  constraint events_state CHECK ((state = ANY (ARRAY['live'::text, 'finalized'::text, 'cancelled'::text, 'closed'::text])))
);

create table inbound_messages (
  phone text not null,
  sid text not null,
  id uuid not null,
  our_number text not null,
  body_hash text not null,
  readings jsonb not null,
  received_at timestamp(3) with time zone not null,
  constraint inbound_messages_phone_sid_pk PRIMARY KEY (phone, sid)
);

create table instances (
  organizer_id uuid not null,
  id uuid not null,
  machine text not null,
  version text not null,
  status text not null,
  state text not null,
  snapshot json not null,
  seq integer not null,
  entries integer not null,
  timers jsonb not null,
  wake_at timestamp(3) with time zone,
  keys json not null,
  calls jsonb not null,
  trace json not null,
  session_id uuid,
  crew_id uuid,
  event_id uuid,
  syncup_id uuid,
  phone text,
  begun_at timestamp(3) with time zone not null,
  stepped_at timestamp(3) with time zone not null,
  seen_at timestamp(3) with time zone,
  tries integer not null,
  parked_at timestamp(3) with time zone,
  constraint instances_organizer_id_id_pk PRIMARY KEY (organizer_id, id),
  constraint instances_seq CHECK (((seq >= 1) AND (entries >= 0))),
  constraint instances_status CHECK ((status = ANY (ARRAY['active'::text, 'done'::text, 'error'::text])))
) with (fillfactor=60, toast_tuple_target=4080);
CREATE INDEX instances_machine ON public.instances USING btree (machine, organizer_id, begun_at);
CREATE INDEX instances_parked ON public.instances USING btree (parked_at) WHERE (parked_at IS NOT NULL);
CREATE INDEX instances_session ON public.instances USING btree (organizer_id, session_id) WHERE (session_id IS NOT NULL);
CREATE INDEX instances_wake ON public.instances USING btree (wake_at) WHERE (wake_at IS NOT NULL);

create table invitations (
  organizer_id uuid not null,
  id uuid not null,
  event_id uuid,
  syncup_id uuid,
  phone text not null,
  name text not null,
  reply text not null,
  guests integer not null,
  delivery text not null,
  updated_at timestamp(3) with time zone not null,
  reminded_at timestamp(3) with time zone,
  choices jsonb,
  constraint invitations_organizer_id_id_pk PRIMARY KEY (organizer_id, id),
  constraint invitations_reply CHECK ((reply = ANY (ARRAY['none'::text, 'yes'::text, 'no'::text, 'vote'::text, 'unknown'::text])))
);
CREATE INDEX invitations_event ON public.invitations USING btree (organizer_id, event_id);
CREATE INDEX invitations_syncup ON public.invitations USING btree (organizer_id, syncup_id);

create table jobs (
  organizer_id uuid not null,
  id uuid not null,
  kind text not null,
  lane uuid not null,
  payload jsonb not null,
  due_at timestamp(3) with time zone not null,
  tries integer not null,
  leased_until timestamp(3) with time zone,
  constraint jobs_organizer_id_id_pk PRIMARY KEY (organizer_id, id),
  constraint jobs_kind CHECK ((kind = ANY (ARRAY['send'::text, 'start'::text, 'actor'::text])))
);
CREATE INDEX jobs_due ON public.jobs USING btree (due_at);
CREATE INDEX jobs_lane ON public.jobs USING btree (lane, id);

create table log_outbox (
  organizer_id uuid not null,
  source uuid not null,
  seq integer not null,
  at timestamp(3) with time zone not null,
  entries json not null,
  constraint log_outbox_organizer_id_source_seq_pk PRIMARY KEY (organizer_id, source, seq)
);
CREATE INDEX log_outbox_at ON public.log_outbox USING btree (at);

create table log_quarantine (
  id uuid not null,
  at timestamp(3) with time zone not null,
  reason text not null,
  "row" jsonb not null,
  replayed_at timestamp(3) with time zone,
  constraint log_quarantine_id_pk PRIMARY KEY (id),
  constraint log_quarantine_row CHECK ((jsonb_typeof("row") = 'object'::text))
);

create table messages (
  organizer_id uuid not null,
  id uuid not null,
  phone text not null,
  purpose text not null,
  status text not null,
  sid text,
  provider_code integer,
  queued_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  our_number text,
  constraint messages_organizer_id_id_pk PRIMARY KEY (organizer_id, id)
);
CREATE INDEX messages_id ON public.messages USING btree (id);
CREATE INDEX messages_phone ON public.messages USING btree (phone, queued_at);
CREATE INDEX messages_sid ON public.messages USING btree (sid) WHERE (sid IS NOT NULL);

create table organizers (
  organizer_id uuid not null,
  name text not null,
  country text not null,
  time_zone text not null,
  created_at timestamp(3) with time zone not null,
  constraint organizers_organizer_id_pk PRIMARY KEY (organizer_id)
);

create table phones (
  phone text not null,
  opted_out boolean not null,
  updated_at timestamp(3) with time zone not null,
  constraint phones_pkey PRIMARY KEY (phone)
);

create table senders (
  our_number text not null,
  free_at timestamp(3) with time zone not null,
  constraint senders_pkey PRIMARY KEY (our_number)
);

create table sms_prompts (
  phone text not null,
  id uuid not null,
  our_number text not null,
  organizer_id uuid not null,
  kind text not null,
  code text,
  options integer,
  state text not null,
  prompted_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  labels jsonb,
  multi boolean,
  organizer_name text,
  title text,
  constraint sms_prompts_phone_id_pk PRIMARY KEY (phone, id),
  constraint sms_prompts_kind CHECK ((kind = ANY (ARRAY['event'::text, 'syncup'::text]))),
  constraint sms_prompts_state CHECK ((state = ANY (ARRAY['queued'::text, 'open'::text, 'answered'::text, 'timed_out'::text, 'closed'::text])))
);
CREATE INDEX sms_prompts_open ON public.sms_prompts USING btree (phone, our_number, state);

create table syncups (
  organizer_id uuid not null,
  id uuid not null,
  crew_id uuid,
  title text,
  options jsonb not null,
  voting text not null,
  deadline_at timestamp(3) with time zone,
  state text not null,
  reminders integer not null default 0,
  created_at timestamp(3) with time zone not null,
  quorum integer,
  when_all_answered boolean not null default false,
  finalizes boolean not null default false,
  constraint syncups_organizer_id_id_pk PRIMARY KEY (organizer_id, id),
  constraint syncups_options CHECK (((jsonb_array_length(options) >= 2) AND (jsonb_array_length(options) <= 9))),
  constraint syncups_rules CHECK ((quorum >= 1)),
  constraint syncups_state CHECK ((state = ANY (ARRAY['live'::text, 'finalized'::text, 'closed'::text]))),
  constraint syncups_voting CHECK ((voting = ANY (ARRAY['single'::text, 'multi'::text])))
);

grant create, usage on schema public to funlet_projector;
grant delete, insert, select, update on crew_members to funlet_app;
grant delete, insert, select, update on crews to funlet_app;
grant delete, insert, select, update on devices to funlet_app;
grant delete, insert, select, update on events to funlet_app;
grant delete, insert, select, update on inbound_messages to funlet_app;
grant delete, insert, select, update on instances to funlet_app;
grant delete, insert, select, update on invitations to funlet_app;
grant delete, insert, select, update on jobs to funlet_app;
grant delete, insert, select, update on messages to funlet_app;
grant delete, insert, select, update on organizers to funlet_app;
grant delete, insert, select, update on phones to funlet_app;
grant delete, insert, select, update on senders to funlet_app;
grant delete, insert, select, update on sms_prompts to funlet_app;
grant delete, insert, select, update on syncups to funlet_app;
grant delete, select on log_outbox to funlet_projector;
grant insert, select on log_outbox to funlet_app;
grant insert, select, update on log_quarantine to funlet_projector;
grant select on behavior_logs to funlet_app;
grant select on instances to funlet_projector;
grant select on log_quarantine to funlet_app;
grant select on messages to funlet_projector;
grant usage on schema public to funlet_app;
grant usage on schema public to public;

CREATE TABLE "crew_members" (
	"organizer_id" uuid NOT NULL,
	"crew_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "crew_members_organizer_id_crew_id_phone_pk" PRIMARY KEY("organizer_id","crew_id","phone"),
	CONSTRAINT "crew_members_phone" CHECK (phone ~ '^\+[1-9][0-9]{6,14}$')
);
--> statement-breakpoint
CREATE TABLE "crews" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "crews_organizer_id_id_pk" PRIMARY KEY("organizer_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"crew_id" uuid,
	"title" text NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"time_zone" text,
	"place" text,
	"details" text,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "events_organizer_id_id_pk" PRIMARY KEY("organizer_id","id"),
	CONSTRAINT "events_state" CHECK (state in ('live', 'finalized', 'cancelled', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "inbound_messages" (
	"phone" text NOT NULL,
	"sid" text NOT NULL,
	"id" uuid NOT NULL,
	"our_number" text NOT NULL,
	"body_hash" text NOT NULL,
	"readings" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inbound_messages_phone_sid_pk" PRIMARY KEY("phone","sid")
);
--> statement-breakpoint
CREATE TABLE "instances" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"machine" text NOT NULL,
	"version" text NOT NULL,
	"status" text NOT NULL,
	"state" text NOT NULL,
	"snapshot" jsonb NOT NULL,
	"seq" integer NOT NULL,
	"entries" integer NOT NULL,
	"timers" jsonb NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"keys" jsonb NOT NULL,
	"calls" jsonb NOT NULL,
	"trace" jsonb NOT NULL,
	"session_id" uuid,
	"crew_id" uuid,
	"event_id" uuid,
	"syncup_id" uuid,
	"phone" text,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"stepped_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"tries" integer NOT NULL,
	"parked_at" timestamp (3) with time zone,
	CONSTRAINT "instances_organizer_id_id_pk" PRIMARY KEY("organizer_id","id"),
	CONSTRAINT "instances_status" CHECK (status in ('active', 'done', 'error')),
	CONSTRAINT "instances_seq" CHECK (seq >= 1 and entries >= 0)
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid,
	"syncup_id" uuid,
	"phone" text NOT NULL,
	"name" text NOT NULL,
	"reply" text NOT NULL,
	"guests" integer NOT NULL,
	"delivery" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitations_organizer_id_id_pk" PRIMARY KEY("organizer_id","id"),
	CONSTRAINT "invitations_reply" CHECK (reply in ('none', 'yes', 'no', 'vote', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"lane" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"tries" integer NOT NULL,
	CONSTRAINT "jobs_organizer_id_id_pk" PRIMARY KEY("organizer_id","id"),
	CONSTRAINT "jobs_kind" CHECK (kind in ('send', 'start', 'actor'))
);
--> statement-breakpoint
CREATE TABLE "log_outbox" (
	"organizer_id" uuid NOT NULL,
	"source" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entries" jsonb NOT NULL,
	CONSTRAINT "log_outbox_organizer_id_source_seq_pk" PRIMARY KEY("organizer_id","source","seq")
);
--> statement-breakpoint
CREATE TABLE "log_quarantine" (
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"row" jsonb NOT NULL,
	"replayed_at" timestamp (3) with time zone,
	CONSTRAINT "log_quarantine_id_pk" PRIMARY KEY("id"),
	CONSTRAINT "log_quarantine_row" CHECK (jsonb_typeof("row") = 'object')
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"phone" text NOT NULL,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"sid" text,
	"provider_code" integer,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_organizer_id_id_pk" PRIMARY KEY("organizer_id","id")
);
--> statement-breakpoint
CREATE TABLE "organizers" (
	"organizer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organizers_organizer_id_pk" PRIMARY KEY("organizer_id")
);
--> statement-breakpoint
CREATE TABLE "phones" (
	"phone" text PRIMARY KEY NOT NULL,
	"opted_out" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sms_prompts" (
	"phone" text NOT NULL,
	"id" uuid NOT NULL,
	"our_number" text NOT NULL,
	"organizer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"code" text,
	"options" integer,
	"state" text NOT NULL,
	"prompted_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "sms_prompts_phone_id_pk" PRIMARY KEY("phone","id"),
	CONSTRAINT "sms_prompts_kind" CHECK (kind in ('event', 'syncup', 'confirm')),
	CONSTRAINT "sms_prompts_state" CHECK (state in ('queued', 'open', 'answered', 'timed_out', 'closed'))
);
--> statement-breakpoint
CREATE INDEX "instances_wake" ON "instances" USING btree ("wake_at") WHERE wake_at is not null;--> statement-breakpoint
CREATE INDEX "instances_session" ON "instances" USING btree ("organizer_id","session_id") WHERE session_id is not null;--> statement-breakpoint
CREATE INDEX "instances_machine" ON "instances" USING btree ("organizer_id","machine","begun_at");--> statement-breakpoint
CREATE INDEX "instances_parked" ON "instances" USING btree ("parked_at") WHERE parked_at is not null;--> statement-breakpoint
CREATE INDEX "invitations_event" ON "invitations" USING btree ("organizer_id","event_id");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "jobs_lane" ON "jobs" USING btree ("organizer_id","lane","id");--> statement-breakpoint
CREATE INDEX "log_outbox_at" ON "log_outbox" USING btree ("at");--> statement-breakpoint
CREATE INDEX "messages_phone" ON "messages" USING btree ("phone","queued_at");--> statement-breakpoint
CREATE INDEX "messages_id" ON "messages" USING btree ("id");--> statement-breakpoint
CREATE INDEX "messages_sid" ON "messages" USING btree ("sid") WHERE sid is not null;--> statement-breakpoint
CREATE INDEX "sms_prompts_open" ON "sms_prompts" USING btree ("phone","our_number","state");
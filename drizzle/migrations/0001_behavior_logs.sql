-- The log itself: partitioned by month, which drizzle cannot say, and owned by the one role that may
-- write it. The server's other connections act as funlet_app and can only read it.
DO $$ BEGIN CREATE ROLE funlet_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN CREATE ROLE funlet_projector NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN
	EXECUTE format('GRANT funlet_app, funlet_projector TO %I', current_user);
EXCEPTION WHEN unique_violation THEN NULL;
END $$;--> statement-breakpoint
CREATE TABLE "behavior_logs" (
	"id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL,
	"organizer_id" uuid,
	"invitee_phone" text,
	"event_id" uuid,
	"crew_id" uuid,
	"syncup_id" uuid,
	"session_id" uuid,
	"platform" text NOT NULL,
	"version" text NOT NULL,
	"metadata" jsonb NOT NULL,
	CONSTRAINT "behavior_logs_pkey" PRIMARY KEY ("id", "timestamp"),
	CONSTRAINT "behavior_logs_event_type" CHECK (event_type IN (
		'session_start', 'session_end', 'flow_started', 'flow_step', 'flow_completed', 'user_action',
		'contact_picker_opened', 'contact_picker_submitted', 'crew_created', 'crew_updated',
		'event_created', 'syncup_created', 'finalize_triggered', 'reminder_sent', 'drop_off',
		'push_received', 'push_opened', 'invite_sent', 'invitee_reply_yes', 'invitee_reply_no',
		'invitee_reply_unknown', 'invitee_vote', 'invitee_timeout', 'invitee_confirmed', 'sms_sent',
		'sms_received', 'error', 'latency', 'state_snapshot')),
	CONSTRAINT "behavior_logs_phone" CHECK (invitee_phone ~ '^\+[1-9][0-9]{6,14}$'),
	CONSTRAINT "behavior_logs_platform" CHECK (platform IN ('web', 'ios_app', 'sms', 'system')),
	CONSTRAINT "behavior_logs_metadata" CHECK (jsonb_typeof(metadata) = 'object')
) PARTITION BY RANGE ("timestamp");--> statement-breakpoint
CREATE INDEX "behavior_logs_organizer" ON "behavior_logs" ("organizer_id", "id");--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO funlet_app;--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO funlet_projector;--> statement-breakpoint
ALTER TABLE "behavior_logs" OWNER TO funlet_projector;--> statement-breakpoint
GRANT SELECT ON "behavior_logs" TO funlet_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
	"instances", "jobs", "organizers", "crews", "crew_members", "events", "invitations", "messages",
	"inbound_messages", "sms_prompts", "phones" TO funlet_app;--> statement-breakpoint
GRANT SELECT, INSERT ON "log_outbox" TO funlet_app;--> statement-breakpoint
GRANT SELECT ON "log_quarantine", "instances" TO funlet_app;--> statement-breakpoint
GRANT SELECT, DELETE ON "log_outbox" TO funlet_projector;--> statement-breakpoint
GRANT SELECT ON "instances", "messages" TO funlet_projector;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "log_quarantine" TO funlet_projector;

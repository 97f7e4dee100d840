CREATE TABLE "syncups" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"crew_id" uuid,
	"title" text,
	"options" jsonb NOT NULL,
	"voting" text NOT NULL,
	"deadline_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"reminders" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "syncups_organizer_id_id_pk" PRIMARY KEY("organizer_id","id"),
	CONSTRAINT "syncups_voting" CHECK (voting in ('single', 'multi')),
	CONSTRAINT "syncups_options" CHECK (jsonb_array_length(options) between 2 and 9),
	CONSTRAINT "syncups_state" CHECK (state in ('live', 'finalized', 'cancelled', 'closed'))
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "choices" jsonb;--> statement-breakpoint
ALTER TABLE "sms_prompts" ADD COLUMN "labels" jsonb;--> statement-breakpoint
ALTER TABLE "sms_prompts" ADD COLUMN "multi" boolean;--> statement-breakpoint
CREATE INDEX "invitations_syncup" ON "invitations" USING btree ("organizer_id","syncup_id");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "syncups" TO funlet_app;

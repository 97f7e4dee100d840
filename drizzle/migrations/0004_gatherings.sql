ALTER TABLE "events" ADD COLUMN "quorum" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "answer_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "when_all_answered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "remind_min" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "finalized_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_rules" CHECK (quorum >= 1 and remind_min >= 1);
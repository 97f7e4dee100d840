CREATE TABLE "senders" (
	"our_number" text PRIMARY KEY NOT NULL,
	"free_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "our_number" text;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "senders" TO funlet_app;

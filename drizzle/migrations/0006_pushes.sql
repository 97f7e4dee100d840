CREATE TABLE "devices" (
	"organizer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token" text NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "devices_organizer_id_id_pk" PRIMARY KEY("organizer_id","id")
);
--> statement-breakpoint
CREATE INDEX "devices_token" ON "devices" USING btree ("token");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "devices" TO funlet_app;

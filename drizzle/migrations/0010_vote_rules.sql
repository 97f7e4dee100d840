ALTER TABLE "syncups" ADD COLUMN "quorum" integer;--> statement-breakpoint
ALTER TABLE "syncups" ADD COLUMN "when_all_answered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "syncups" ADD COLUMN "finalizes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "syncups" ADD CONSTRAINT "syncups_rules" CHECK (quorum >= 1);--> statement-breakpoint
UPDATE "syncups" s SET
	"when_all_answered" = (i.snapshot #>> '{context,rules,whenAllAnswered}')::boolean,
	"finalizes" = (i.snapshot #>> '{context,rules,finalizes}')::boolean
FROM "instances" i
WHERE i.machine = 'syncup-gathering' AND i.organizer_id = s.organizer_id
	AND (i.snapshot #>> '{context,syncupId}')::uuid = s.id;

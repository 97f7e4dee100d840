ALTER TABLE "syncups" DROP CONSTRAINT "syncups_state";--> statement-breakpoint
ALTER TABLE "syncups" ADD CONSTRAINT "syncups_state" CHECK (state in ('live', 'finalized', 'closed'));
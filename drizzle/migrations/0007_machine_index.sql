DROP INDEX "instances_machine";--> statement-breakpoint
CREATE INDEX "instances_machine" ON "instances" USING btree ("machine","organizer_id","begun_at");
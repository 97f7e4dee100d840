DROP INDEX "jobs_lane";--> statement-breakpoint
CREATE INDEX "jobs_lane" ON "jobs" USING btree ("lane","id");
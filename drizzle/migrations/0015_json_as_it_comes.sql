-- breaking: the projector of an older build asks for jsonb. The tables are written anew, under a lock.
-- What each step writes is kept as it comes: making jsonb of it, and compressing it as soon as a row had 2 kB, was a sixth
-- of what a step costs PostgreSQL.
ALTER TABLE "instances" SET (toast_tuple_target = 4080);--> statement-breakpoint
ALTER TABLE "instances" ALTER COLUMN "snapshot" SET DATA TYPE json, ALTER COLUMN "keys" SET DATA TYPE json, ALTER COLUMN "trace" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "log_outbox" ALTER COLUMN "entries" SET DATA TYPE json;

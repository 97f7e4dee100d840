ALTER TABLE "sms_prompts" DROP CONSTRAINT "sms_prompts_kind";--> statement-breakpoint
ALTER TABLE "sms_prompts" ADD CONSTRAINT "sms_prompts_kind" CHECK (kind in ('event', 'syncup'));
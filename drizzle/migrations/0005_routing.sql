ALTER TABLE "sms_prompts" ADD COLUMN "organizer_name" text;--> statement-breakpoint
ALTER TABLE "sms_prompts" ADD COLUMN "title" text;
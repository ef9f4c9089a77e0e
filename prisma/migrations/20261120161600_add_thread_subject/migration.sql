-- AlterTable
ALTER TABLE "heartbeat"."alert_message" ADD COLUMN     "subject" TEXT;

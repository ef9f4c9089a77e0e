-- AlterTable
ALTER TABLE "heartbeat"."delivery" ADD COLUMN     "held_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "heartbeat"."metric_state" ADD COLUMN     "last_fault" TEXT,
ADD COLUMN     "source_alert_id" UUID,
ADD COLUMN     "stale_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "heartbeat"."owner" ADD COLUMN     "fallback" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "phone" TEXT;

-- CreateTable
CREATE TABLE "heartbeat"."source_alert" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "open_source" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "recovered_at" TIMESTAMPTZ(3),
    "metrics" TEXT[],
    "ever_metrics" TEXT[],

    CONSTRAINT "source_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."alert_note" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "alert_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."alert_feedback" (
    "workspace_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_feedback_pkey" PRIMARY KEY ("alert_id","actor")
);

-- CreateTable
CREATE TABLE "heartbeat"."maintenance_window" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "metrics" TEXT[],
    "domains" TEXT[],
    "sources" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "maintenance_window_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."storm" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "place" TEXT NOT NULL,
    "open_place" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_push_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "over_at" TIMESTAMPTZ(3),

    CONSTRAINT "storm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."storm_alert" (
    "workspace_id" TEXT NOT NULL,
    "storm_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "storm_alert_pkey" PRIMARY KEY ("storm_id","alert_id")
);

-- CreateTable
CREATE TABLE "heartbeat"."unsubscribed" (
    "workspace_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unsubscribed_pkey" PRIMARY KEY ("workspace_id","place")
);

-- CreateTable
CREATE TABLE "heartbeat"."conversation" (
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "source_alert_workspace_id_open_source_key" ON "heartbeat"."source_alert"("workspace_id", "open_source");

-- CreateIndex
CREATE UNIQUE INDEX "source_alert_workspace_id_number_key" ON "heartbeat"."source_alert"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "alert_note_alert_id_id_idx" ON "heartbeat"."alert_note"("alert_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "maintenance_window_number_key" ON "heartbeat"."maintenance_window"("number");

-- CreateIndex
CREATE INDEX "maintenance_window_workspace_id_ends_at_idx" ON "heartbeat"."maintenance_window"("workspace_id", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "storm_number_key" ON "heartbeat"."storm"("number");

-- CreateIndex
CREATE INDEX "storm_workspace_id_place_opened_at_idx" ON "heartbeat"."storm"("workspace_id", "place", "opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "storm_workspace_id_open_place_key" ON "heartbeat"."storm"("workspace_id", "open_place");

-- CreateIndex
CREATE INDEX "storm_alert_alert_id_idx" ON "heartbeat"."storm_alert"("alert_id");

-- CreateIndex
CREATE INDEX "conversation_expires_at_idx" ON "heartbeat"."conversation"("expires_at");

-- CreateIndex
CREATE INDEX "metric_state_stale_at_idx" ON "heartbeat"."metric_state"("stale_at");

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "heartbeat";

-- CreateTable
CREATE TABLE "heartbeat"."alerts" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "metric_id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" DOUBLE PRECISION,
    "value_at" TIMESTAMPTZ(3),
    "worst_value" DOUBLE PRECISION,
    "worst_level" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "acked_by" TEXT,
    "acked_at" TIMESTAMPTZ(3),
    "snoozed_by" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."alert_event" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "edge" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."delivery" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "alert_id" UUID,
    "edge" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "silent" BOOLEAN NOT NULL DEFAULT false,
    "priority" INTEGER NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "give_up_at" TIMESTAMPTZ(3),
    "lease_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "maybe_sent" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "message_id" TEXT,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."delivery_attempt" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "worker" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "status_code" INTEGER,
    "error" TEXT,
    "retry_after_ms" INTEGER,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."alert_message" (
    "workspace_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "has_picture" BOOLEAN NOT NULL DEFAULT false,
    "content_hash" TEXT,
    "picture_hash" TEXT,
    "edited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_message_pkey" PRIMARY KEY ("alert_id","place")
);

-- CreateTable
CREATE TABLE "heartbeat"."place" (
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "is_group" BOOLEAN NOT NULL DEFAULT false,
    "moved_to" TEXT,
    "topic_gone" BOOLEAN NOT NULL DEFAULT false,
    "gone_reason" TEXT,
    "gone_at" TIMESTAMPTZ(3),
    "recent" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "busy_by" TEXT,
    "busy_until" TIMESTAMPTZ(3),
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "place_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "heartbeat"."picture_file" (
    "channel" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "file_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "picture_file_pkey" PRIMARY KEY ("channel","bot","content_hash")
);

-- CreateTable
CREATE TABLE "heartbeat"."handled_update" (
    "channel" TEXT NOT NULL,
    "update_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handled_update_pkey" PRIMARY KEY ("channel","update_id")
);

-- CreateTable
CREATE TABLE "heartbeat"."journal" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,

    CONSTRAINT "journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."api_request" (
    "workspace_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_request_pkey" PRIMARY KEY ("workspace_id","actor","key")
);

-- CreateTable
CREATE TABLE "heartbeat"."metric_history" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "metric_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."metric_state" (
    "workspace_id" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "next_due_at" TIMESTAMPTZ(3),
    "lease_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "last_tick_at" TIMESTAMPTZ(3),
    "last_outcome" TEXT,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),
    "last_duration_ms" INTEGER,
    "last_late" BOOLEAN NOT NULL DEFAULT false,
    "as_of" TIMESTAMPTZ(3),
    "value" DOUBLE PRECISION,
    "computed_at" TIMESTAMPTZ(3),
    "reading_level" TEXT,
    "series" BOOLEAN NOT NULL DEFAULT false,
    "judge" JSONB,
    "wake_at" TIMESTAMPTZ(3),
    "alert_id" UUID,

    CONSTRAINT "metric_state_pkey" PRIMARY KEY ("workspace_id","metric_id")
);

-- CreateTable
CREATE TABLE "heartbeat"."workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "next_alert_number" INTEGER NOT NULL DEFAULT 1001,
    "link_secret" TEXT NOT NULL DEFAULT (gen_random_uuid()::text || gen_random_uuid()::text),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."owner" (
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "teams" TEXT[],
    "telegram_id" BIGINT,
    "telegram_handle" TEXT,
    "slack_id" TEXT,
    "locale" TEXT,
    "timezone" TEXT,
    "quiet_hours" JSONB,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "owner_pkey" PRIMARY KEY ("workspace_id","email")
);

-- CreateTable
CREATE TABLE "heartbeat"."metric_registry" (
    "workspace_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "norm_value" DOUBLE PRECISION,
    "alert_value" DOUBLE PRECISION,
    "target_value" DOUBLE PRECISION,
    "target_due" DATE,
    "owner_email" TEXT,
    "file" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "verification_state" TEXT NOT NULL,
    "verified_by" TEXT,
    "verified_at" TEXT,
    "verified_hash" TEXT,
    "backfilled_hash" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "metric_registry_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "heartbeat"."audit_cut_registry" (
    "workspace_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "chart" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "owner_email" TEXT,
    "verification_state" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_cut_registry_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "heartbeat"."metric_cut_link" (
    "workspace_id" TEXT NOT NULL,
    "metric_id" TEXT NOT NULL,
    "cut_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "metric_cut_link_pkey" PRIMARY KEY ("workspace_id","metric_id","cut_id","role")
);

-- CreateIndex
CREATE INDEX "alerts_workspace_id_state_opened_at_idx" ON "heartbeat"."alerts"("workspace_id", "state", "opened_at");

-- CreateIndex
CREATE INDEX "alerts_workspace_id_metric_id_opened_at_idx" ON "heartbeat"."alerts"("workspace_id", "metric_id", "opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_workspace_id_number_key" ON "heartbeat"."alerts"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "alert_event_alert_id_id_idx" ON "heartbeat"."alert_event"("alert_id", "id");

-- CreateIndex
CREATE INDEX "alert_event_workspace_id_at_idx" ON "heartbeat"."alert_event"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "delivery_status_next_attempt_at_idx" ON "heartbeat"."delivery"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "delivery_workspace_id_lane_status_idx" ON "heartbeat"."delivery"("workspace_id", "lane", "status");

-- CreateIndex
CREATE INDEX "delivery_alert_id_place_idx" ON "heartbeat"."delivery"("alert_id", "place");

-- CreateIndex
CREATE INDEX "delivery_workspace_id_created_at_idx" ON "heartbeat"."delivery"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_workspace_id_key_key" ON "heartbeat"."delivery"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "delivery_attempt_delivery_id_idx" ON "heartbeat"."delivery_attempt"("delivery_id");

-- CreateIndex
CREATE INDEX "alert_message_workspace_id_place_message_id_idx" ON "heartbeat"."alert_message"("workspace_id", "place", "message_id");

-- CreateIndex
CREATE INDEX "handled_update_at_idx" ON "heartbeat"."handled_update"("at");

-- CreateIndex
CREATE INDEX "journal_workspace_id_at_idx" ON "heartbeat"."journal"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "journal_workspace_id_subject_idx" ON "heartbeat"."journal"("workspace_id", "subject");

-- CreateIndex
CREATE INDEX "api_request_at_idx" ON "heartbeat"."api_request"("at");

-- CreateIndex
CREATE INDEX "metric_history_workspace_id_metric_id_as_of_computed_at_idx" ON "heartbeat"."metric_history"("workspace_id", "metric_id", "as_of" DESC, "computed_at" DESC);

-- CreateIndex
CREATE INDEX "metric_state_next_due_at_idx" ON "heartbeat"."metric_state"("next_due_at");

-- CreateIndex
CREATE INDEX "metric_state_wake_at_idx" ON "heartbeat"."metric_state"("wake_at");

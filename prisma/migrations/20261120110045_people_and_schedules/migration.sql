-- CreateTable
CREATE TABLE "heartbeat"."person_setting" (
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "locale" TEXT,
    "timezone" TEXT,
    "quiet" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "person_setting_pkey" PRIMARY KEY ("workspace_id","email")
);

-- CreateTable
CREATE TABLE "heartbeat"."linked_account" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(3) NOT NULL,
    "unlinked_at" TIMESTAMPTZ(3),
    "unlinked_reason" TEXT,
    "live_account" TEXT,
    "live_email" TEXT,

    CONSTRAINT "linked_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."link_code" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat"."access_request" (
    "number" SERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "open_account" TEXT,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,

    CONSTRAINT "access_request_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "heartbeat"."people_version" (
    "workspace_id" TEXT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "people_version_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "heartbeat"."schedule" (
    "number" SERIAL NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "argument" TEXT NOT NULL DEFAULT '',
    "cron" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "last_posted_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "heartbeat"."pinned_cockpit" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "live_place" TEXT,
    "scope" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "content_hash" TEXT,
    "pinned_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "pinned_cockpit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "linked_account_workspace_id_channel_live_account_key" ON "heartbeat"."linked_account"("workspace_id", "channel", "live_account");

-- CreateIndex
CREATE UNIQUE INDEX "linked_account_workspace_id_channel_live_email_key" ON "heartbeat"."linked_account"("workspace_id", "channel", "live_email");

-- CreateIndex
CREATE INDEX "link_code_workspace_id_channel_account_created_at_idx" ON "heartbeat"."link_code"("workspace_id", "channel", "account", "created_at");

-- CreateIndex
CREATE INDEX "link_code_workspace_id_email_created_at_idx" ON "heartbeat"."link_code"("workspace_id", "email", "created_at");

-- CreateIndex
CREATE INDEX "access_request_workspace_id_channel_account_requested_at_idx" ON "heartbeat"."access_request"("workspace_id", "channel", "account", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "access_request_workspace_id_channel_open_account_key" ON "heartbeat"."access_request"("workspace_id", "channel", "open_account");

-- CreateIndex
CREATE INDEX "schedule_workspace_id_next_at_idx" ON "heartbeat"."schedule"("workspace_id", "next_at");

-- CreateIndex
CREATE INDEX "schedule_workspace_id_place_idx" ON "heartbeat"."schedule"("workspace_id", "place");

-- CreateIndex
CREATE UNIQUE INDEX "pinned_cockpit_workspace_id_live_place_key" ON "heartbeat"."pinned_cockpit"("workspace_id", "live_place");

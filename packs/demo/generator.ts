/** Eighteen months of a shop, and every further second of it, out of nothing but the calendar and a seed. */
import { DAY, HOUR } from '../../src/lib/time.ts';
import { dayText, listDays, listSteps, localMidnight, localTime } from './calendar.ts';
import { listDeliveryRows } from './generator-deliveries.ts';
import {
  findBankEnd,
  getBankRow,
  listCustomerRows,
  listSalesRows,
  listStockRows,
} from './generator-goods.ts';
import { LIVE_KEPT_MS, listFloorRows, listSiteRows, SLOT_MS } from './generator-live.ts';
import type { DemoEffect } from './generator-live.ts';
import { listTicketRows } from './generator-tickets.ts';
import { computeTradeHour, getOrderRow, listPaymentRows, listSessionRows } from './generator-trade.ts';
import type { TradeHour } from './generator-trade.ts';
import { listProductRows } from './products.ts';
import * as tables from './tables.ts';
import type { DemoTable } from './tables.ts';
import type { DemoTarget, Row } from './target.ts';

/** Changes when the tables or the numbers in them do: data of another version are made anew. */
export const SEED_VERSION = 1;
const HISTORY_MS = 548 * DAY;
const SLICE_MS = 45 * DAY;

/** Makes the whole warehouse: eighteen months up to `now`, which is cut to a whole five seconds. */
export async function seedDemo(target: DemoTarget, now: Date): Promise<void> {
  const toMs = floorToSlot(now);
  const fromMs = localMidnight(localTime(toMs - HISTORY_MS).day);
  await target.load(tables.CREATE_TABLES);
  await copyRows(target, tables.PRODUCTS, listProductRows());
  await addPast(target, fromMs, toMs);
  await copyRows(target, tables.TICKETS, listTicketRows(fromMs, toMs, toMs));
  await addLive(target, { fromMs: toMs - LIVE_KEPT_MS, toMs, effects: [] });
  await target.load(`${tables.CREATE_INDEXES}
    insert into marts.demo_meta values (${SEED_VERSION}, ${quote(toMs)});`);
}

/**
 * Adds what happened after `from` and not after `to`. What an interrupted run may have left beyond `from` is removed first, so
 * it can be repeated. `effects` are the falls in the live tables.
 */
export async function advanceDemo(
  target: DemoTarget,
  from: Date,
  to: Date,
  effects: readonly DemoEffect[],
): Promise<void> {
  const fromMs = floorToSlot(from);
  const toMs = floorToSlot(to);
  await removeAfter(target, fromMs);
  await addPast(target, fromMs, toMs);
  await replaceTickets(target, listTicketRows(fromMs, toMs, toMs));
  await addLive(target, { fromMs: Math.max(fromMs, toMs - LIVE_KEPT_MS), toMs, effects });
  const hasNewHour = Math.floor(fromMs / HOUR) < Math.floor(toMs / HOUR);
  await target.load((hasNewHour ? forgetLive(toMs - LIVE_KEPT_MS) : '') + setProgress(toMs));
}

/** Takes back everything between `to` and `from`, up to which the data reach: the clock was moved back. */
export async function rewindDemo(target: DemoTarget, from: Date, to: Date): Promise<void> {
  const toMs = floorToSlot(to);
  await removeAfter(target, toMs);
  await replaceTickets(target, listTicketRows(toMs, floorToSlot(from), toMs));
  await target.load(forgetLive(toMs));
  await addLive(target, { fromMs: toMs - LIVE_KEPT_MS, toMs, effects: [] });
  await target.load(setProgress(toMs));
}

/** Adds what hours and days leave behind, some weeks at a time, so that the service is not held up. */
async function addPast(target: DemoTarget, fromMs: number, toMs: number): Promise<void> {
  for (let start = fromMs; start < toMs; start += SLICE_MS) {
    await addSlice(target, start, Math.min(toMs, start + SLICE_MS));
  }
}

async function addSlice(target: DemoTarget, fromMs: number, toMs: number): Promise<void> {
  const hours = listSteps(HOUR, fromMs, toMs);
  const trade = hours.map(computeTradeHour);
  await copyRows(target, tables.SESSIONS, trade.flatMap(listSessionRows));
  await copyRows(target, tables.ORDERS, trade.map(getOrderRow));
  await copyRows(target, tables.PAYMENTS, trade.flatMap(listPaymentRows));
  await copyRows(target, tables.DELIVERIES, hours.flatMap(listDeliveryRows));
  const paid = createPaidByDay(trade);
  const days = listDays(fromMs, toMs);
  const sales = days.flatMap((day) => listSalesRows(day, paid(day)));
  const bank = listDays(findBankEnd(fromMs), findBankEnd(toMs)).map((day) => getBankRow(day, paid(day)));
  await copyRows(target, tables.SALES, sales);
  await copyRows(target, tables.CUSTOMERS, days.flatMap(listCustomerRows));
  await copyRows(target, tables.STOCK, days.flatMap(listStockRows));
  await copyRows(target, tables.BANK, bank);
}

/** Gives what customers paid on a local day; hours that are not at hand are computed again. */
function createPaidByDay(trade: readonly TradeHour[]): (day: number) => number {
  const paidIn = (hour: TradeHour): number => hour.grossEur - hour.discountEur;
  const known = new Map(trade.map((hour) => [hour.startMs, paidIn(hour)]));
  return (day) =>
    listSteps(HOUR, localMidnight(day), localMidnight(day + 1))
      .map((startMs) => known.get(startMs) ?? paidIn(computeTradeHour(startMs)))
      .reduce((total, eur) => total + eur, 0);
}

async function addLive(
  target: DemoTarget,
  live: { fromMs: number; toMs: number; effects: readonly DemoEffect[] },
): Promise<void> {
  await copyRows(target, tables.LIVE_SITE, listSiteRows(live.fromMs, live.toMs, live.effects));
  await copyRows(target, tables.LIVE_FLOOR, listFloorRows(live.fromMs, live.toMs, live.effects));
}

async function replaceTickets(target: DemoTarget, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await target.load(`delete from marts.tickets where ticket in (${rows.map((row) => row[0]).join(', ')})`);
  await copyRows(target, tables.TICKETS, rows);
}

async function copyRows(target: DemoTarget, table: DemoTable, rows: readonly Row[]): Promise<void> {
  if (rows.length > 0) await target.copy(table.name, table.columns, rows);
}

/** Removes the rows that were not complete at an instant: an hour's row, say, arrives when the hour is over. */
async function removeAfter(target: DemoTarget, ms: number): Promise<void> {
  const day = dayText(localTime(ms).day);
  const bankDay = dayText(localTime(findBankEnd(ms)).day);
  await target.load(
    [
      ...tables.HOURLY.map(({ name }) => `delete from ${name} where hour > ${quote(ms - HOUR)};`),
      ...tables.DAILY.map(({ name }) => `delete from ${name} where day >= '${day}';`),
      ...tables.LIVE.map(({ name }) => `delete from ${name} where at >= ${quote(ms)};`),
      `delete from ${tables.BANK.name} where day >= '${bankDay}';`,
      `delete from ${tables.TICKETS.name} where opened_at > ${quote(ms)};`,
    ].join('\n'),
  );
}

function forgetLive(beforeMs: number): string {
  return tables.LIVE.map(({ name }) => `delete from ${name} where at < ${quote(beforeMs)};`).join('\n');
}

function setProgress(ms: number): string {
  return `update marts.demo_meta set progress = ${quote(ms)};`;
}

function quote(ms: number): string {
  return `'${new Date(ms).toISOString()}'`;
}

function floorToSlot(at: Date): number {
  return Math.floor(at.getTime() / SLOT_MS) * SLOT_MS;
}

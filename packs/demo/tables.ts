/** The tables of the demo's warehouse. Each row is complete when it arrives and, tickets apart, never changes. */

/** Name and columns in the order of the generator's rows. */
export type DemoTable = { name: string; columns: readonly string[] };

export const SESSIONS: DemoTable = {
  name: 'marts.sessions',
  columns: ['hour', 'device', 'visits', 'bot_visits', 'bounced', 'baskets', 'checkouts', 'orders'],
};
export const ORDERS: DemoTable = {
  name: 'marts.orders',
  columns: ['hour', 'orders', 'returning_orders', 'items', 'gross_eur', 'discount_eur', 'refunded_eur'],
};
export const PAYMENTS: DemoTable = {
  name: 'marts.payments',
  columns: ['hour', 'provider', 'attempts', 'approved', 'amount_eur', 'fee_eur'],
};
export const DELIVERIES: DemoTable = {
  name: 'marts.deliveries',
  columns: ['hour', 'zone', 'delivered', 'on_time', 'failed', 'minutes', 'age_required', 'age_checked'],
};
export const SALES: DemoTable = {
  name: 'marts.sales',
  columns: ['day', 'category', 'units', 'revenue_eur', 'cost_eur'],
};
export const CUSTOMERS: DemoTable = {
  name: 'marts.customers',
  columns: ['day', 'channel', 'sign_ups', 'first_orders', 'spend_eur'],
};
export const STOCK: DemoTable = {
  name: 'marts.stock',
  columns: ['day', 'sku', 'on_hand', 'sold'],
};
export const BANK: DemoTable = {
  name: 'marts.bank_bookings',
  columns: ['day', 'announced_eur', 'booked_eur'],
};
export const TICKETS: DemoTable = {
  name: 'marts.tickets',
  columns: ['ticket', 'topic', 'opened_at', 'first_reply_at', 'closed_at', 'score'],
};
export const LIVE_SITE: DemoTable = {
  name: 'marts.live_site',
  columns: ['at', 'calls', 'failed', 'p95_ms', 'visitors'],
};
export const LIVE_FLOOR: DemoTable = {
  name: 'marts.live_floor',
  columns: ['at', 'chats_waiting', 'orders_waiting'],
};
export const PRODUCTS: DemoTable = {
  name: 'marts.products',
  columns: ['sku', 'name', 'category', 'price_eur', 'cost_eur'],
};

/** Tables by what a row begins with: an hour, a local day, or a five-second slot. */
export const HOURLY: readonly DemoTable[] = [SESSIONS, ORDERS, PAYMENTS, DELIVERIES];
export const DAILY: readonly DemoTable[] = [SALES, CUSTOMERS, STOCK];
export const LIVE: readonly DemoTable[] = [LIVE_SITE, LIVE_FLOOR];

export const CREATE_TABLES = `
drop schema if exists marts cascade;
create schema marts;
create table marts.demo_meta (version int not null, progress timestamptz not null);
create table marts.products (sku text, name text, category text, price_eur numeric(8,2), cost_eur numeric(8,2));
create table marts.sessions (hour timestamptz, device text, visits int, bot_visits int, bounced int, baskets int,
  checkouts int, orders int);
create table marts.orders (hour timestamptz, orders int, returning_orders int, items int, gross_eur numeric(12,2),
  discount_eur numeric(12,2), refunded_eur numeric(12,2));
create table marts.payments (hour timestamptz, provider text, attempts int, approved int, amount_eur numeric(12,2),
  fee_eur numeric(12,2));
create table marts.deliveries (hour timestamptz, zone text, delivered int, on_time int, failed int, minutes int,
  age_required int, age_checked int);
create table marts.sales (day date, category text, units int, revenue_eur numeric(12,2), cost_eur numeric(12,2));
create table marts.customers (day date, channel text, sign_ups int, first_orders int, spend_eur numeric(12,2));
create table marts.stock (day date, sku text, on_hand int, sold int);
create table marts.bank_bookings (day date, announced_eur numeric(12,2), booked_eur numeric(12,2));
create table marts.tickets (ticket int, topic text, opened_at timestamptz, first_reply_at timestamptz,
  closed_at timestamptz, score int);
create table marts.live_site (at timestamptz, calls int, failed int, p95_ms int, visitors int);
create table marts.live_floor (at timestamptz, chats_waiting int, orders_waiting int);
`;

/** Made after the first load, which is faster than keeping them up to date during it. */
export const CREATE_INDEXES = `
create unique index on marts.sessions (hour, device);
create unique index on marts.orders (hour);
create unique index on marts.payments (hour, provider);
create unique index on marts.deliveries (hour, zone);
create unique index on marts.sales (day, category);
create unique index on marts.customers (day, channel);
create unique index on marts.stock (day, sku);
create unique index on marts.bank_bookings (day);
create unique index on marts.tickets (ticket);
create index on marts.tickets (opened_at);
create index on marts.tickets (closed_at);
create unique index on marts.live_site (at);
create unique index on marts.live_floor (at);
analyze;
`;

/** Functions that write, sleep, lock, read files, change settings, reach out, or run SQL handed to them as text. */
const REFUSED: readonly RegExp[] = [
  /^set_config$/,
  /^(nextval|setval)$/,
  /^dblink/,
  /^postgres_fdw_/,
  /^(lo_|loread$|lowrite$)/,
  /^(query|cursor|table|schema|database)_to_xml/,
  /^(ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table)$/,
  /^txid_(current|status)/,
  /^http(_(get|post|put|patch|delete|head|set_curlopt|reset_curlopt))?$/,
  /^(brin_(de)?summarize|gin_clean_pending_list|binary_upgrade_)/,
];

/** Schemas of extensions that act on the world. */
const REFUSED_SCHEMAS = new Set(['cron', 'net', 'aws_s3', 'aws_lambda', 'aws_commons']);

/** Of PostgreSQL's own pg_ functions these only look; all others of that name are refused. */
const HARMLESS_PG = new RegExp(
  `^pg_(${[
    'typeof|column_size|column_compression|backend_pid|is_in_recovery|encoding_to_char|collation_for',
    'size_pretty|size_bytes|relation_size|total_relation_size|table_size|indexes_size|database_size|tablespace_size',
    'postmaster_start_time|conf_load_time|wal_lsn_diff|current_wal_lsn|last_wal_\\w+_lsn|last_xact_replay_timestamp',
    'table_is_visible|get_\\w+|stat_get_\\w+|input_is_valid',
  ].join('|')})$`,
);

/** Tells whether SQL of a file may call a function, by its name and schema (undefined when not named). */
export function isRefusedFunction(name: string, schema: string | undefined): boolean {
  if (schema !== undefined && REFUSED_SCHEMAS.has(schema)) return true;
  if (name.startsWith('pg_')) return !HARMLESS_PG.test(name);
  return REFUSED.some((pattern) => pattern.test(name));
}

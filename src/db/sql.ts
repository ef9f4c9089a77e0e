import { Prisma } from './generated/client.ts';

/** Parts of SQL statements with bound values: ``db.prisma.$queryRaw(sql`select ${value}`)``. */
export const { sql, join, raw, empty } = Prisma;
